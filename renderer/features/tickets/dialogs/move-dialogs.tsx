import { useState } from 'react';
import type { ReactNode } from 'react';
import {
  cancelReasons,
  levels,
  onHoldReasons,
  resolutionCodes,
  ticketStates,
} from '../../../../shared/domain/ticket/ticket.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { runOnTickets } from '../ticket-actions.ts';
import { useTicketText } from '../ticket-text.ts';
import { TicketDialog } from './ticket-dialog.tsx';
import { useTargets } from './use-targets.ts';

export interface OverlayProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

type Input = Readonly<Record<string, FieldValue>>;

/** Runs one command on the dialog's tickets. */
function useRun(overlay: Overlay): {
  readonly count: number;
  readonly run: (command: string, input: Input, done: string) => ReturnType<typeof runOnTickets>;
} {
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  return {
    count: ids.length,
    run: (command, input, done) => runOnTickets(desk, ids, command, input, { done, showsRefusal: true }),
  };
}

export function ResolveDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { count, run } = useRun(overlay);
  const [code, setCode] = useState('solved-permanently');
  const [notes, setNotes] = useState('');
  return (
    <TicketDialog
      title={text('dialog.resolve', { count })}
      submitLabel={text('command.resolve')}
      submit={() => run('ticket.resolve', { code, notes }, text('done.resolve'))}
      onClose={onClose}
    >
      <ChoiceSelect field="resolutionCode" choices={resolutionCodes} value={code} onChange={setCode} />
      <TextArea label={text('dialog.what-was-done')} value={notes} onChange={setNotes} rows={5} isRequired autoFocus />
    </TicketDialog>
  );
}

export function HoldDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { run } = useRun(overlay);
  const [reason, setReason] = useState('awaiting-caller');
  const [comment, setComment] = useState('');
  const input: Input = comment.trim() === '' ? { reason } : { reason, comment };
  return (
    <TicketDialog
      title={text('dialog.hold')}
      submitLabel={text('dialog.hold')}
      submit={() => run('ticket.hold', input, text('done.hold'))}
      onClose={onClose}
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
  const [duplicateOf, setDuplicateOf] = useState<string | null>(null);
  const input: Input = reason === 'duplicate' && duplicateOf !== null ? { reason, duplicateOf } : { reason };
  return (
    <TicketDialog
      title={text('dialog.cancel')}
      submitLabel={text('dialog.cancel-do')}
      submit={() => run('ticket.cancel', input, text('done.cancel'))}
      onClose={onClose}
    >
      <ChoiceSelect field="cancelReason" choices={cancelReasons} value={reason} onChange={setReason} />
      {reason === 'duplicate' ? <Pick label={text('dialog.link')} entity="ticket" onChange={setDuplicateOf} /> : null}
    </TicketDialog>
  );
}

export function StateDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { run } = useRun(overlay);
  const [state, setState] = useState('in-progress');
  return (
    <TicketDialog
      title={text('dialog.state')}
      submitLabel={text('action.save')}
      submit={() => run('ticket.change-state', { state }, text('done.state'))}
      onClose={onClose}
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
  const [queue, setQueue] = useState<string | null>(null);
  const [assignee, setAssignee] = useState<string | null>(null);
  const input: Input = { ...(queue === null ? {} : { queue }), ...(assignee === null ? {} : { assignee }) };
  return (
    <TicketDialog
      title={text('dialog.assign', { count })}
      submitLabel={text('command.assign')}
      submit={() => run('ticket.assign', input, text('done.assigned'))}
      onClose={onClose}
    >
      <Pick label={fieldText(text, 'ticket', 'assignee')} entity="person" onChange={setAssignee} autoFocus />
      <Pick label={fieldText(text, 'ticket', 'queue')} entity="queue" onChange={setQueue} />
    </TicketDialog>
  );
}

export function CommentDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { count, run } = useRun(overlay);
  const [body, setBody] = useState('');
  return (
    <TicketDialog
      title={text('dialog.comment', { count })}
      submitLabel={text('composer.add-note')}
      submit={() => run('ticket.comment', { audience: 'work-note', body }, text('done.comment'))}
      onClose={onClose}
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

function Pick({
  label,
  entity,
  onChange,
  autoFocus = false,
}: {
  readonly label: string;
  readonly entity: 'person' | 'queue' | 'ticket';
  readonly onChange: (id: string | null) => void;
  readonly autoFocus?: boolean;
}): ReactNode {
  return <RecordCombo label={label} entity={entity} value={null} onChange={onChange} autoFocus={autoFocus} />;
}
