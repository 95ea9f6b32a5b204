import { useEffect, useRef, type ReactNode } from 'react';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { referenceOf, rowTitle } from '../../../widgets/row-title.ts';
import { useSyncText } from '../sync-text.ts';
import { RecordReview } from './record-review.tsx';
import { pressInReview } from './review-keys.ts';

/** What needs a choice in the open record, over it. Closes by itself when the last field is settled. */
export function ReviewDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useSyncText();
  const [id = ''] = overlay.ids ?? [];
  const { result: record } = useWatch({ type: 'record', id });
  const { runner } = useDeskContext();
  const hadConflicts = useRef(false);
  const conflicts = record?.conflicts.length;
  useEffect(() => {
    if (conflicts === undefined) return;
    if (conflicts > 0) hadConflicts.current = true;
    else {
      if (!hadConflicts.current) runner.tell(text('conflicts.none'));
      onClose();
    }
  }, [conflicts, runner, text, onClose]);
  if (record === undefined || record === null || record.conflicts.length === 0) return null;
  const { entity, conflicts: fields, values } = record;
  const reviewed = { entity, id, title: rowTitle(record), reference: referenceOf(values), fields };
  return (
    <Dialog
      title={text('conflict.title', { title: reviewed.reference || reviewed.title })}
      closeLabel={text('action.close')}
      onClose={onClose}
      width="wide"
      footer={
        <Button keys="Mod+Enter" onPress={() => pressInReview('Enter', true)}>
          {text('conflicts.keep-record')}
        </Button>
      }
    >
      <RecordReview record={reviewed} hearsKeys onLeave={() => undefined} />
    </Dialog>
  );
}
