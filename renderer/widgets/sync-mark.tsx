import { CloudUpload, GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../services/text.ts';
import { classNames } from '../ui/class-names.ts';
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
  if (!isConflict && !isPending) return null;
  const words = text(isConflict ? 'mark.conflict' : 'mark.pending');
  const Mark = isConflict ? GitBranch : CloudUpload;
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className={classNames(styles, 'glyph', isConflict ? 'conflict' : 'pending')}
    >
      <Mark size={14} aria-hidden />
    </span>
  );
}
