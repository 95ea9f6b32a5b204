import { useState, type ReactNode } from 'react';
import { changeRequest } from '../../../../shared/domain/change-request/change-request.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { useServices } from '../../../services/services.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { minuteInstant } from '../../../widgets/date-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { rowTitle } from '../../../widgets/row-title.ts';
import { changesScreen } from '../change-list.ts';
import { useChangeText } from '../change-text.ts';

interface Picked {
  readonly id: string;
  readonly title: string;
}

/** A new change: of nothing, of a template, or of the incident the overlay names (INC-8). */
export function NewChangeDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useChangeText();
  const { info } = useServices();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const ticket = overlay.ids?.[0];
  const { result: origin } = useWatch(ticket === undefined ? null : { type: 'record', id: ticket });
  const title = useDraft(`new-change/${ticket ?? ''}/title`);
  const plan = useDraft(`new-change/${ticket ?? ''}/plan`);
  const backout = useDraft(`new-change/${ticket ?? ''}/backout`);
  const [type, setType] = useState('normal');
  const [template, setTemplate] = useState<Picked | null>(null);
  const [asset, setAsset] = useState<Picked | null>(null);
  const [queue, setQueue] = useState<Picked | null>(null);
  const [start, setStart] = useState('');
  const [end, setEnd] = useState('');
  if (ticket !== undefined && !origin) return null;
  const isStandard = type === 'standard';
  const shown = title.text === '' && origin ? rowTitle(origin) : title.text;
  const submit = () => {
    const fields: Record<string, FieldValue> = {};
    if (shown.trim() !== '') fields['title'] = shown;
    if (!isStandard) {
      fields['type'] = type;
      if (plan.text.trim() !== '') fields['implementationPlan'] = plan.text;
      if (backout.text.trim() !== '') fields['backoutPlan'] = backout.text;
    }
    if (asset !== null) fields['asset'] = asset.id;
    if (queue !== null) fields['queue'] = queue.id;
    if (start !== '') fields['plannedStart'] = minuteInstant(start);
    if (end !== '') fields['plannedEnd'] = minuteInstant(end);
    return runner.run(
      'change.create',
      {
        fields,
        ...(ticket === undefined ? {} : { ticket }),
        ...(isStandard && template !== null ? { template: template.id } : {}),
      },
      { done: text('done.change.create'), showsRefusal: true },
    );
  };
  const picked = (set: (value: Picked | null) => void) => (id: string | null, name: string) =>
    set(id === null ? null : { id, title: name });
  return (
    <FormDialog
      title={text(ticket === undefined ? 'command.change-new' : 'command.change-from-incident')}
      submit={submit}
      onClose={onClose}
      onDone={([id]) => {
        for (const draft of [title, plan, backout]) draft.discard();
        if (id !== undefined)
          dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view: 'open', record: id }));
      }}
    >
      <Select
        label={fieldText(text, 'change', 'type')}
        choices={changeRequest.fields.type.choices.map((id) => ({ id, label: choiceText(text, 'type', id) }))}
        value={type}
        onChange={setType}
        placeholder={text('value.none')}
      />
      {isStandard ? (
        <RecordCombo
          label={fieldText(text, 'change', 'template')}
          entity="change-template"
          where={[{ field: 'active', op: 'not-in', values: ['false'] }]}
          value={template}
          onChange={picked(setTemplate)}
          isRequired
        />
      ) : null}
      <TextField
        label={fieldText(text, 'change', 'title')}
        value={shown}
        onChange={title.setText}
        maxLength={changeRequest.fields.title.maxLength}
        isRequired={!isStandard}
        autoFocus
      />
      <RecordCombo
        label={fieldText(text, 'change', 'asset')}
        entity="asset"
        value={asset}
        onChange={picked(setAsset)}
      />
      <RecordCombo
        label={fieldText(text, 'change', 'queue')}
        entity="queue"
        value={queue}
        onChange={picked(setQueue)}
      />
      <TextField
        type="datetime-local"
        label={fieldText(text, 'change', 'plannedStart')}
        description={info.timeZone}
        value={start}
        onChange={setStart}
      />
      <TextField
        type="datetime-local"
        label={fieldText(text, 'change', 'plannedEnd')}
        description={info.timeZone}
        value={end}
        onChange={setEnd}
      />
      {isStandard ? null : (
        <>
          <TextArea
            label={fieldText(text, 'change', 'implementationPlan')}
            value={plan.text}
            onChange={plan.setText}
            maxLength={changeRequest.fields.implementationPlan.maxLength}
          />
          <TextArea
            label={fieldText(text, 'change', 'backoutPlan')}
            value={backout.text}
            onChange={backout.setText}
            maxLength={changeRequest.fields.backoutPlan.maxLength}
          />
        </>
      )}
    </FormDialog>
  );
}
