import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../services/text.ts';
import { useDeskDispatch } from '../store/desk-state.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './bulk-bar.module.css';

/** Room (px) the rows leave for it at their end. */
export const bulkBarRoom = 64;

export interface BulkAction {
  /** The overlay that does it. */
  readonly id: string;
  readonly label: string;
  readonly keys: string;
}

export interface BulkBarProps {
  readonly label: string;
  readonly actions: readonly BulkAction[];
  readonly count: number;
  /** Room for the keys beside the words. */
  readonly isWide: boolean;
  readonly onClear: () => void;
}

/** What can be done with everything that is chosen, with the keys that do it too. */
export function BulkBar({ label, actions, count, isWide, onClear }: BulkBarProps): ReactNode {
  const text = useText();
  const dispatch = useDeskDispatch();
  return (
    <div role="toolbar" aria-label={label} className={classNames(styles, 'bar', !isWide && 'tight')}>
      <span className={classNames(styles, 'count')} aria-live="polite">
        {text('bulk.count', { count })}
      </span>
      {actions.map(({ id, label, keys }) => (
        <Button
          key={id}
          {...(isWide ? { keys } : {})}
          onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id }))}
        >
          {label}
        </Button>
      ))}
      <IconButton label={text('bulk.clear')} keys="Escape" icon={<X size={16} />} onPress={onClear} />
    </div>
  );
}
