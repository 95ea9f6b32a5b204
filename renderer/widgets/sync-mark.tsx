import { CloudUpload, GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../services/text.ts';
import { classNames } from '../ui/class-names.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './glyphs.module.css';

/** What the record waits for: the network, or a choice between values. Nothing when it waits for nothing. */
export function SyncMark({
  isPending,
  isConflict,
}: {
  readonly isPending: boolean;
  readonly isConflict: boolean;
}): ReactNode {
  const text = useText();
  if (isConflict) {
    return (
      <Tooltip hint={text('mark.conflict')}>
        <GitBranch
          size={14}
          role="img"
          aria-label={text('mark.conflict')}
          className={classNames(styles, 'glyph', 'conflict')}
        />
      </Tooltip>
    );
  }
  if (!isPending) return null;
  return (
    <Tooltip hint={text('mark.pending')}>
      <CloudUpload
        size={14}
        role="img"
        aria-label={text('mark.pending')}
        className={classNames(styles, 'glyph', 'pending')}
      />
    </Tooltip>
  );
}
