import { useState, type ReactNode } from 'react';
import { problem } from '../../../../shared/domain/problem/problem.ts';
import { levels } from '../../../../shared/domain/ticket/ticket.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { rowTitle, textValue } from '../../../widgets/row-title.ts';
import { problemsScreen } from '../problem-lists.ts';
import { useProblemText } from '../problem-text.ts';

interface DialogProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

/** A new problem: of nothing, or of the incidents the overlay names, of which it takes over what they say. */
export function NewProblemDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const incidents = overlay.ids ?? [];
  const [first] = incidents;
  const { result: origin } = useWatch(first === undefined ? null : { type: 'record', id: first });
  const title = useDraft(`new-problem/${first ?? ''}`);
  const [asset, setAsset] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const [impact, setImpact] = useState<string | null>(null);
  const [urgency, setUrgency] = useState<string | null>(null);
  if (first !== undefined && !origin) return null;
  const of = origin?.values ?? {};
  const given = title.text === '' && origin ? rowTitle(origin) : title.text;
  const ownAsset =
    asset ??
    (textValue(of, 'asset') === '' ? null : { id: textValue(of, 'asset'), title: origin?.titles['asset'] ?? '' });
  const submit = () => {
    const fields: Record<string, FieldValue> = { title: given };
    if (asset !== null) fields['asset'] = asset.id;
    if (impact !== null) fields['impact'] = impact;
    if (urgency !== null) fields['urgency'] = urgency;
    return runner.run(
      'problem.create',
      { fields, incidents },
      { done: text('done.problem.create'), showsRefusal: true },
    );
  };
  const level = (field: 'impact' | 'urgency', value: string | null, set: (value: string) => void): ReactNode => (
    <Select
      label={fieldText(text, 'problem', field)}
      choices={levels.map((id) => ({ id, label: choiceText(text, field, id) }))}
      value={value ?? (textValue(of, field) || '3')}
      onChange={set}
      placeholder={text('value.none')}
    />
  );
  return (
    <FormDialog
      title={text(first === undefined ? 'command.problem-new' : 'command.problem-from-incident')}
      submit={submit}
      onClose={onClose}
      onDone={([id]) => {
        title.discard();
        if (id !== undefined)
          dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'open', record: id }));
      }}
    >
      {incidents.length === 0 ? null : <p>{text('problem.new-of', { count: incidents.length })}</p>}
      <TextField
        label={fieldText(text, 'problem', 'title')}
        value={given}
        onChange={title.setText}
        maxLength={problem.fields.title.maxLength}
        isRequired
        autoFocus
      />
      <RecordCombo
        label={fieldText(text, 'problem', 'asset')}
        entity="asset"
        value={ownAsset}
        onChange={(id, name) => setAsset(id === null ? null : { id, title: name })}
      />
      {level('impact', impact, setImpact)}
      {level('urgency', urgency, setUrgency)}
    </FormDialog>
  );
}
