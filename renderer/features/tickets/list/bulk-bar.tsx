import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './bulk-bar.module.css';

const actions = [
  { id: 'ticket-assign', key: 'bulk.assign', keys: 'a' },
  { id: 'ticket-state', key: 'bulk.state', keys: 's' },
  { id: 'ticket-priority', key: 'bulk.priority', keys: 'p' },
  { id: 'ticket-comment', key: 'bulk.comment', keys: 'm' },
] as const;

/** What can be done with everything that is chosen, with the keys that do it too. */
export function BulkBar({
  count,
  isWide,
  onClear,
}: {
  readonly count: number;
  readonly isWide: boolean;
  readonly onClear: () => void;
}): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  return (
    <div role="toolbar" aria-label={text('bulk.label')} className={classNames(styles, 'bar', !isWide && 'tight')}>
      <span className={classNames(styles, 'count')} aria-live="polite">
        {text('bulk.count', { count })}
      </span>
      {actions.map(({ id, key, keys }) => (
        <Button
          key={id}
          {...(isWide ? { keys } : {})}
          onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id }))}
        >
          {text(key)}
        </Button>
      ))}
      <IconButton label={text('bulk.clear')} keys="Escape" icon={<X size={16} />} onPress={onClear} />
    </div>
  );
}
