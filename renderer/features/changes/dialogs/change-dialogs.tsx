import { useState, type ReactNode } from 'react';
import { approvalAnswers, type ApprovalAnswer } from '../../../../shared/domain/approval/approval.ts';
import { closureCodes, workOrderTypes } from '../../../../shared/domain/change-request/change-words.ts';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { useTimeText } from '../../../widgets/moment.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { useChangeText } from '../change-text.ts';

interface DialogProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

/** What closing and cancelling need to know. */
export function MoveChangeDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const isClose = overlay.detail === 'close';
  const [code, setCode] = useState('successful');
  const [notes, setNotes] = useState('');
  const [id = ''] = overlay.ids ?? [];
  const submit = () =>
    runner.run(isClose ? 'change.close' : 'change.cancel', isClose ? { id, code, notes } : { id, reason: notes }, {
      done: text(isClose ? 'done.change.close' : 'done.change.cancel'),
      showsRefusal: true,
    });
  return (
    <FormDialog title={text(isClose ? 'move.close' : 'move.cancel')} submit={submit} onClose={onClose} width="normal">
      {isClose ? (
        <Select
          label={fieldText(text, 'change', 'closureCode')}
          choices={closureCodes.map((each) => ({ id: each, label: choiceText(text, 'closureCode', each) }))}
          value={code}
          onChange={setCode}
          placeholder={text('value.none')}
        />
      ) : null}
      <TextArea
        label={fieldText(text, 'change', isClose ? 'closureNotes' : 'cancelReason')}
        value={notes}
        onChange={setNotes}
        autoFocus={!isClose}
      />
    </FormDialog>
  );
}

/** Approves or rejects the plan as it is here. */
export function DecideDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const { actor } = useServices();
  const [answer, setAnswer] = useState<ApprovalAnswer>('approved');
  const [comment, setComment] = useState('');
  const [onBehalfOf, setOnBehalfOf] = useState<string | null>(null);
  const { result: delegations } = useWatch({
    type: 'list',
    entity: 'delegation',
    where: [
      { field: 'to', op: 'in', values: [actor.id] },
      { field: 'active', op: 'not-in', values: ['false'] },
    ],
    search: '',
    sort: [],
    offset: 0,
    limit: 50,
  });
  const [id = ''] = overlay.ids ?? [];
  const submit = () =>
    runner.run(
      'change.decide',
      { id, answer, comment, ...(onBehalfOf === null ? {} : { onBehalfOf }) },
      { done: text(`done.decided.${answer}`), showsRefusal: true },
    );
  const others = (delegations?.rows ?? []).map((row) => ({
    id: String(row.values['from']),
    label: row.titles['from'] ?? '',
  }));
  return (
    <FormDialog title={text('command.change-decide')} submit={submit} onClose={onClose} width="normal">
      <Segmented
        label={text('approval.answer')}
        segments={approvalAnswers.map((each) => ({ id: each, label: text(`decide.${each}`) }))}
        value={answer}
        onChange={setAnswer}
      />
      {others.length === 0 ? null : (
        <Select
          label={text('approval.on-behalf')}
          choices={[{ id: '', label: text('approval.myself') }, ...others]}
          value={onBehalfOf ?? ''}
          onChange={(person) => setOnBehalfOf(person === '' ? null : person)}
          placeholder={text('approval.myself')}
        />
      )}
      <TextArea label={text('approval.comment')} value={comment} onChange={setComment} maxLength={4_000} autoFocus />
    </FormDialog>
  );
}

/** A piece of work of the change. */
export function WorkOrderDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const [type, setType] = useState<string>('implement');
  const [title, setTitle] = useState('');
  const [instructions, setInstructions] = useState('');
  const [assignee, setAssignee] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const [change = ''] = overlay.ids ?? [];
  const submit = () =>
    runner.run(
      'record.create',
      {
        entity: 'work-order',
        fields: { change, type, title, instructions, ...(assignee === null ? {} : { assignee: assignee.id }) },
      },
      { done: text('done.work-order-new'), showsRefusal: true },
    );
  return (
    <FormDialog title={text('command.work-order-new')} submit={submit} onClose={onClose} width="normal">
      <Select
        label={text('work.type')}
        choices={workOrderTypes.map((id) => ({ id, label: choiceText(text, 'type', id) }))}
        value={type}
        onChange={setType}
        placeholder={text('value.none')}
      />
      <TextField label={text('work.what')} value={title} onChange={setTitle} maxLength={200} isRequired autoFocus />
      <RecordCombo
        label={fieldText(text, 'change', 'assignee')}
        entity="person"
        value={assignee}
        onChange={(id, name) => setAssignee(id === null ? null : { id, title: name })}
      />
      <TextArea label={text('work.instructions')} value={instructions} onChange={setInstructions} />
    </FormDialog>
  );
}

const slotsShown = 12;

/** When the change could be without conflict: 90 days ahead. */
export function FreeSlotsDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useChangeText();
  const { exact } = useTimeText();
  const { now } = useServices();
  const { runner } = useDeskContext();
  const [from] = useState(() => now());
  const [limit, setLimit] = useState(slotsShown);
  const [id = ''] = overlay.ids ?? [];
  const { result } = useWatch({ type: 'free-slots', id, from });
  const take = async (slot: { readonly from: number; readonly to: number }): Promise<void> => {
    const fields = { plannedStart: slot.from, plannedEnd: slot.to };
    const outcome = await runner.run('change.edit', { id, fields }, { done: text('done.change-moved') });
    if (outcome.ok) onClose();
  };
  return (
    <Dialog title={text('command.change-slots')} closeLabel={text('action.close')} onClose={onClose}>
      {result === undefined ? null : result.length === 0 ? (
        <p>{text('slots.none')}</p>
      ) : (
        <>
          <p>{text('slots.found', { count: result.length })}</p>
          <ul>
            {result.slice(0, limit).map((slot) => (
              <li key={slot.from}>
                <Button variant="quiet" onPress={() => void take(slot)}>
                  {`${exact(slot.from)} – ${exact(slot.to)}`}
                </Button>
              </li>
            ))}
          </ul>
          {result.length > limit ? <Button onPress={() => setLimit(result.length)}>{text('slots.all')}</Button> : null}
        </>
      )}
    </Dialog>
  );
}
