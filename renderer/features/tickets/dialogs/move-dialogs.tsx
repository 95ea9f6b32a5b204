import { useState } from 'react';
import type { ReactNode } from 'react';
import { ticketMachines } from '../../../../shared/domain/ticket/ticket-lifecycle.ts';
import { typeOf } from '../../../../shared/domain/ticket/ticket-values.ts';
import { cancelReasons, onHoldReasons, resolutionCodes } from '../../../../shared/domain/ticket/ticket.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { useDraft, type DraftText } from '../../../services/use-draft.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { runOnTickets, useTargets } from '../ticket-actions.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { useTicketText } from '../ticket-text.ts';
import { useTargetRecord } from './use-target-record.ts';

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

type MachineList = 'onHoldReasons' | 'resolutionCodes' | 'cancelReasons';
const everywhere = { onHoldReasons, resolutionCodes, cancelReasons } as const;

/** What a ticket of this type offers; for many tickets, what any type does. The rules refuse where it does not fit. */
function useMachineChoices(ids: readonly string[], list: MachineList): readonly string[] {
  const record = useTargetRecord(ids);
  return record === null ? everywhere[list] : ticketMachines[typeOf(record.values)][list];
}

export function ResolveDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, count, run } = useRun(overlay);
  const codes = useMachineChoices(ids, 'resolutionCodes');
  const [chosen, setCode] = useState<string | null>(null);
  const code = chosen ?? codes[0] ?? '';
  const { text: notes, setText: setNotes, discard } = useDialogDraft(ids, 'resolve');
  return (
    <FormDialog
      width="normal"
      title={text('dialog.resolve', { count })}
      submitLabel={text('command.resolve')}
      submit={() => run('ticket.resolve', { code, notes }, text('done.resolve'))}
      onClose={onClose}
      onDone={discard}
    >
      <ChoiceSelect field="resolutionCode" choices={codes} value={code} onChange={setCode} />
      <TextArea label={text('dialog.what-was-done')} value={notes} onChange={setNotes} rows={5} isRequired autoFocus />
    </FormDialog>
  );
}

export function HoldDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, run } = useRun(overlay);
  const reasons = useMachineChoices(ids, 'onHoldReasons');
  const [reason, setReason] = useState('awaiting-caller');
  const { text: comment, setText: setComment, discard } = useDialogDraft(ids, 'hold');
  const input: Input = comment.trim() === '' ? { reason } : { reason, comment };
  return (
    <FormDialog
      width="normal"
      title={text('dialog.hold')}
      submitLabel={text('dialog.hold')}
      submit={() => run('ticket.hold', input, text('done.hold'))}
      onClose={onClose}
      onDone={discard}
    >
      <ChoiceSelect field="onHoldReason" choices={reasons} value={reason} onChange={setReason} />
      <TextArea
        label={text('dialog.comment-to-caller')}
        value={comment}
        onChange={setComment}
        rows={4}
        isRequired={reason === 'awaiting-caller'}
        autoFocus
      />
    </FormDialog>
  );
}

export function CancelDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, run } = useRun(overlay);
  const reasons = useMachineChoices(ids, 'cancelReasons');
  const [reason, setReason] = useState('unnecessary');
  const [duplicateOf, setDuplicateOf] = useState<Picked | null>(null);
  const input: Input =
    reason === 'duplicate' && duplicateOf !== null ? { reason, duplicateOf: duplicateOf.id } : { reason };
  return (
    <FormDialog
      width="normal"
      title={text('dialog.cancel')}
      submitLabel={text('dialog.cancel-do')}
      submit={() => run('ticket.cancel', input, text('done.cancel'))}
      onClose={onClose}
    >
      <ChoiceSelect field="cancelReason" choices={reasons} value={reason} onChange={setReason} />
      {reason === 'duplicate' ? (
        <Pick label={text('entity.ticket')} entity="ticket" value={duplicateOf} onChange={setDuplicateOf} />
      ) : null}
    </FormDialog>
  );
}

export function CommentDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { ids, count, run } = useRun(overlay);
  const { text: body, setText: setBody, discard } = useDialogDraft(ids, 'bulk-note');
  return (
    <FormDialog
      width="normal"
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
    </FormDialog>
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
  readonly entity: 'ticket';
  readonly value: Picked | null;
  readonly onChange: (picked: Picked | null) => void;
}

function Pick({ onChange, ...props }: PickProps): ReactNode {
  return <RecordCombo {...props} onChange={(id, title) => onChange(id === null ? null : { id, title })} />;
}
