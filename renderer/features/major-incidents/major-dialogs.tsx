import { useState, type ReactNode } from 'react';
import { majorIdOf, majorIncident } from '../../../shared/domain/major-incident/major-incident.ts';
import { acceptances, type Acceptance } from '../../../shared/domain/major-incident/trigger-rules.ts';
import { ticketMachines } from '../../../shared/domain/ticket/ticket-lifecycle.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import type { Overlay } from '../../store/overlay-slice.ts';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../widgets/choice-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { textValue } from '../../widgets/row-title.ts';
import { majorScreen } from './major-lists.ts';
import { useMajorText } from './major-text.ts';

interface DialogProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

const { maxLength } = majorIncident.fields.reason;

export function ProposeDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const ticket = overlay.ids?.[0] ?? '';
  const [reason, setReason] = useState('');
  const [businessImpact, setBusinessImpact] = useState('');
  const field = (name: string, value: string, set: (value: string) => void, isFirst: boolean): ReactNode => (
    <TextArea
      label={fieldText(text, 'major-incident', name)}
      value={value}
      onChange={set}
      maxLength={maxLength}
      isRequired
      autoFocus={isFirst}
    />
  );
  return (
    <FormDialog
      width="normal"
      title={text('command.major-propose')}
      submit={() =>
        runner.run(
          'major-incident.propose',
          { ticket, reason, businessImpact },
          { done: text('done.major-propose'), showsRefusal: true },
        )
      }
      onClose={onClose}
      onDone={() =>
        dispatch(navigationSlice.actions.wentTo({ screen: majorScreen, view: '', record: majorIdOf(ticket) }))
      }
    >
      {field('reason', reason, setReason, true)}
      {field('businessImpact', businessImpact, setBusinessImpact, false)}
    </FormDialog>
  );
}

export function AcceptDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const [way, setWay] = useState<Acceptance>('promote');
  const [decision, setDecision] = useState('');
  const submit = () =>
    runner.run(
      'major-incident.accept',
      { id, as: way, decision },
      { done: text('done.major-accept'), showsRefusal: true },
    );
  return (
    <FormDialog width="normal" title={text('command.major-accept')} submit={submit} onClose={onClose}>
      <Select
        label={text('major.how')}
        choices={acceptances.map((each) => ({ id: each, label: text(`acceptance.${each}`) }))}
        value={way}
        onChange={(chosen) => setWay(acceptances.find((each) => each === chosen) ?? 'promote')}
        placeholder={text('value.none')}
      />
      <TextArea
        label={fieldText(text, 'major-incident', 'decision')}
        value={decision}
        onChange={setDecision}
        maxLength={maxLength}
        autoFocus
      />
      <p>{text('major.accept-hint')}</p>
    </FormDialog>
  );
}

export function RejectDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const [decision, setDecision] = useState('');
  const submit = () =>
    runner.run('major-incident.reject', { id, decision }, { done: text('done.major-reject'), showsRefusal: true });
  return (
    <FormDialog width="normal" title={text('command.major-reject')} submit={submit} onClose={onClose}>
      <TextArea
        label={fieldText(text, 'major-incident', 'decision')}
        value={decision}
        onChange={setDecision}
        maxLength={maxLength}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

/** Resolves the one that leads and all below it, and tells their callers. */
export function ResolveMajorDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const codes = ticketMachines.incident.resolutionCodes;
  const [code, setCode] = useState<string>(codes[0] ?? '');
  const [notes, setNotes] = useState('');
  const [comment, setComment] = useState('');
  const { result: record } = useWatch({ type: 'record', id });
  if (!record) return null;
  const lead = textValue(record.values, 'lead');
  const submit = () =>
    runner.run(
      'major-incident.resolve',
      { id, lead, code, notes, comment },
      { done: text('done.major-resolve'), showsRefusal: true },
    );
  return (
    <FormDialog title={text('command.major-resolve')} submit={submit} onClose={onClose}>
      <Select
        label={fieldText(text, 'ticket', 'resolutionCode')}
        choices={codes.map((each) => ({ id: each, label: choiceText(text, 'resolutionCode', each) }))}
        value={code}
        onChange={setCode}
        placeholder={text('value.none')}
      />
      <TextArea label={fieldText(text, 'ticket', 'resolutionNotes')} value={notes} onChange={setNotes} isRequired />
      <TextArea label={text('major.to-callers')} value={comment} onChange={setComment} />
    </FormDialog>
  );
}
