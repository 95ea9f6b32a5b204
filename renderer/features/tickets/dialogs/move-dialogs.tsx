import { useState } from 'react';
import type { ReactNode } from 'react';
import {
  cancelReasons,
  levels,
  onHoldReasons,
  resolutionCodes,
  ticketStates,
} from '../../../../shared/domain/ticket/ticket.ts';
import { succeed } from '../../../../shared/result.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { Condition } from '../../../data/data-api.ts';
import { useDraft, type DraftText } from '../../../services/use-draft.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { openOverlay, runOnTickets } from '../ticket-actions.ts';
import { useTicketText } from '../ticket-text.ts';
import { TicketDialog } from './ticket-dialog.tsx';
import { useTargets } from './use-targets.ts';

export interface OverlayProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

/** A record chosen in a dialog, with the title its field shows. */
export interface Picked {
  readonly id: string;
  readonly title: string;
}

type Input = Readonly<Record<string, FieldValue>>;

const agents: readonly Condition[] = [{ field: 'agent', op: 'in', values: ['true'] }];

/** Runs one command on the dialog's tickets. */
function useRun(overlay: Overlay): {
  readonly ids: readonly string[];
  readonly count: number;
  readonly run: (command: string, input: Input, done: string) => ReturnType<typeof runOnTickets>;
} {
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  return {
    ids,
    count: ids.length,
    run: (command, input, done) => runOnTickets(desk, ids, command, input, { done, showsRefusal: true }),
  };
}

/** Text of a dialog, kept while it is written: under its ticket, or as the one of a bulk. */
function useDialogDraft(ids: readonly string[], name: string): DraftText {
  return useDraft(ids.length === 1 ? `ticket/${ids[0] ?? ''}/${name}` : `bulk/${name}`);
}

export function ResolveDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, count, run } = useRun(overlay);
  const [code, setCode] = useState('solved-permanently');
  const { text: notes, setText: setNotes, discard } = useDialogDraft(ids, 'resolve');
  return (
    <TicketDialog
      title={text('dialog.resolve', { count })}
      submitLabel={text('command.resolve')}
      submit={() => run('ticket.resolve', { code, notes }, text('done.resolve'))}
      onClose={onClose}
      onDone={discard}
    >
      <ChoiceSelect field="resolutionCode" choices={resolutionCodes} value={code} onChange={setCode} />
      <TextArea label={text('dialog.what-was-done')} value={notes} onChange={setNotes} rows={5} isRequired autoFocus />
    </TicketDialog>
  );
}

export function HoldDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, run } = useRun(overlay);
  const [reason, setReason] = useState('awaiting-caller');
  const { text: comment, setText: setComment, discard } = useDialogDraft(ids, 'hold');
  const input: Input = comment.trim() === '' ? { reason } : { reason, comment };
  return (
    <TicketDialog
      title={text('dialog.hold')}
      submitLabel={text('dialog.hold')}
      submit={() => run('ticket.hold', input, text('done.hold'))}
      onClose={onClose}
      onDone={discard}
    >
      <ChoiceSelect field="onHoldReason" choices={onHoldReasons} value={reason} onChange={setReason} />
      <TextArea
        label={text('dialog.comment-to-caller')}
        value={comment}
        onChange={setComment}
        rows={4}
        isRequired={reason === 'awaiting-caller'}
        autoFocus
      />
    </TicketDialog>
  );
}

export function CancelDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { run } = useRun(overlay);
  const [reason, setReason] = useState('unnecessary');
  const [duplicateOf, setDuplicateOf] = useState<Picked | null>(null);
  const input: Input =
    reason === 'duplicate' && duplicateOf !== null ? { reason, duplicateOf: duplicateOf.id } : { reason };
  return (
    <TicketDialog
      title={text('dialog.cancel')}
      submitLabel={text('dialog.cancel-do')}
      submit={() => run('ticket.cancel', input, text('done.cancel'))}
      onClose={onClose}
    >
      <ChoiceSelect field="cancelReason" choices={cancelReasons} value={reason} onChange={setReason} />
      {reason === 'duplicate' ? (
        <Pick label={text('entity.ticket')} entity="ticket" value={duplicateOf} onChange={setDuplicateOf} />
      ) : null}
    </TicketDialog>
  );
}

const dialogOfState: Readonly<Record<string, string>> = {
  'on-hold': 'ticket-hold',
  resolved: 'ticket-resolve',
  canceled: 'ticket-cancel',
};

export function StateDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const { ids, run } = useRun(overlay);
  const [state, setState] = useState('in-progress');
  const next = dialogOfState[state];
  // A state that needs a reason or a resolution is asked for in its own dialog.
  const submit = () =>
    next === undefined
      ? run('ticket.change-state', { state }, text('done.state'))
      : Promise.resolve(succeed({ dots: [], ids: [] }));
  const openNext = (): void => {
    if (next !== undefined) openOverlay(desk, next, ids);
  };
  return (
    <TicketDialog
      title={text('dialog.state')}
      submitLabel={text(next === undefined ? 'action.save' : 'dialog.next')}
      submit={submit}
      onClose={onClose}
      onDone={openNext}
    >
      <ChoiceSelect field="state" choices={ticketStates} value={state} onChange={setState} />
    </TicketDialog>
  );
}

export function PriorityDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { run } = useRun(overlay);
  const [impact, setImpact] = useState('3');
  const [urgency, setUrgency] = useState('3');
  return (
    <TicketDialog
      title={text('dialog.priority')}
      submitLabel={text('action.save')}
      submit={() => run('ticket.edit', { fields: { impact, urgency } }, text('done.priority'))}
      onClose={onClose}
    >
      <ChoiceSelect field="impact" choices={levels} value={impact} onChange={setImpact} />
      <ChoiceSelect field="urgency" choices={levels} value={urgency} onChange={setUrgency} />
      <p>{text('dialog.priority-result')}</p>
    </TicketDialog>
  );
}

export function AssignDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { count, run } = useRun(overlay);
  const [queue, setQueue] = useState<Picked | null>(null);
  const [assignee, setAssignee] = useState<Picked | null>(null);
  const input: Input = {
    ...(queue === null ? {} : { queue: queue.id }),
    ...(assignee === null ? {} : { assignee: assignee.id }),
  };
  return (
    <TicketDialog
      title={text('dialog.assign', { count })}
      submitLabel={text('command.assign')}
      submit={() => run('ticket.assign', input, text('done.assigned'))}
      onClose={onClose}
    >
      <Pick
        label={fieldText(text, 'ticket', 'assignee')}
        entity="person"
        where={agents}
        value={assignee}
        onChange={setAssignee}
        autoFocus
      />
      <Pick label={fieldText(text, 'ticket', 'queue')} entity="queue" value={queue} onChange={setQueue} />
    </TicketDialog>
  );
}

export function CommentDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, count, run } = useRun(overlay);
  const { text: body, setText: setBody, discard } = useDialogDraft(ids, 'bulk-note');
  return (
    <TicketDialog
      title={text('dialog.comment', { count })}
      submitLabel={text('composer.add-note')}
      submit={() => run('ticket.comment', { audience: 'work-note', body }, text('done.comment'))}
      onClose={onClose}
      onDone={discard}
    >
      <TextArea
        label={text('choice.audience.work-note')}
        value={body}
        onChange={setBody}
        rows={5}
        isRequired
        autoFocus
      />
    </TicketDialog>
  );
}

function ChoiceSelect({
  field,
  choices,
  value,
  onChange,
}: {
  readonly field: string;
  readonly choices: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const text = useTicketText();
  return (
    <Select
      label={fieldText(text, 'ticket', field)}
      choices={choices.map((id) => ({ id, label: choiceText(text, field, id) }))}
      value={value}
      onChange={onChange}
      placeholder={text('value.none')}
    />
  );
}

interface PickProps {
  readonly label: string;
  readonly entity: 'person' | 'queue' | 'ticket';
  readonly where?: readonly Condition[];
  readonly value: Picked | null;
  readonly onChange: (picked: Picked | null) => void;
  readonly autoFocus?: boolean;
}

function Pick({ onChange, ...props }: PickProps): ReactNode {
  return <RecordCombo {...props} onChange={(id, title) => onChange(id === null ? null : { id, title })} />;
}
