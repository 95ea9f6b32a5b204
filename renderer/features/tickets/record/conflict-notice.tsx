import { GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './conflict-notice.module.css';

/** Which fields of the open ticket need a choice, and the way to it. Nothing is in the way of going on working. */
export function ConflictNotice({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const { id, conflicts } = record;
  if (conflicts.length === 0) return null;
  const names = conflicts.map(({ field }) => fieldText(text, 'ticket', field.split('/', 1)[0] ?? field));
  return (
    <div role="status" className={classNames(styles, 'notice')}>
      <GitBranch size={14} aria-hidden />
      <span className={classNames(styles, 'words')}>
        {text('notice.conflicts', { count: conflicts.length, names: names.join(', ') })}
      </span>
      <Button
        keys="v"
        onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'conflict-review', ids: [id] }))}
      >
        {text('notice.review')}
      </Button>
    </div>
  );
}
