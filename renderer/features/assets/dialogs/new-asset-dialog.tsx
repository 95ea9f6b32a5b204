import { useState, type ReactNode } from 'react';
import { asset } from '../../../../shared/domain/asset/asset.ts';
import { baseClasses } from '../../../../shared/domain/asset/asset-words.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { CommandOutcome } from '../../../data/data-api.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { layoutSlice } from '../../../store/layout-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { assetsScreen } from '../asset-list.ts';
import { useAssetText } from '../asset-text.ts';

interface Picked {
  readonly id: string;
  readonly title: string;
}

/** A new asset: what it is and where; the rest is filled in where it stands. */
export function NewAssetDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const name = useDraft('new-asset/name');
  const [baseClass, setBaseClass] = useState('hardware');
  const [assetClass, setAssetClass] = useState('');
  const [site, setSite] = useState<Picked | null>(null);
  const [assignedTo, setAssignedTo] = useState<Picked | null>(null);
  const submit = async (): Promise<CommandOutcome> => {
    const fields: Record<string, FieldValue> = { name: name.text, baseClass, status: 'production' };
    if (assetClass.trim() !== '') fields['assetClass'] = assetClass;
    if (site !== null) fields['site'] = site.id;
    if (assignedTo !== null) fields['assignedTo'] = assignedTo.id;
    const told = { done: text('done.asset-created'), showsRefusal: true } as const;
    const outcome = await runner.run('record.create', { entity: 'asset', fields }, told);
    const [id] = outcome.ok ? outcome.value.ids : [];
    if (id !== undefined) {
      name.discard();
      dispatch(layoutSlice.actions.changedLayout({ assetTab: 'details' }));
      dispatch(navigationSlice.actions.wentTo({ screen: assetsScreen, view: '', record: id }));
    }
    return outcome;
  };
  const picked = (set: (value: Picked | null) => void) => (id: string | null, title: string) =>
    set(id === null ? null : { id, title });
  return (
    <FormDialog title={text('command.asset-new')} submit={submit} onClose={onClose}>
      <TextField
        label={fieldText(text, 'asset', 'name')}
        value={name.text}
        onChange={name.setText}
        maxLength={asset.fields.name.maxLength}
        isRequired
        autoFocus
      />
      <Select
        label={fieldText(text, 'asset', 'baseClass')}
        choices={baseClasses.map((id) => ({ id, label: choiceText(text, 'baseClass', id) }))}
        value={baseClass}
        onChange={setBaseClass}
        placeholder={text('value.none')}
      />
      <TextField
        label={fieldText(text, 'asset', 'assetClass')}
        value={assetClass}
        onChange={setAssetClass}
        maxLength={asset.fields.assetClass.maxLength}
        placeholder={text('asset.type-hint')}
      />
      <RecordCombo label={fieldText(text, 'asset', 'site')} entity="site" value={site} onChange={picked(setSite)} />
      <RecordCombo
        label={fieldText(text, 'asset', 'assignedTo')}
        entity="person"
        value={assignedTo}
        onChange={picked(setAssignedTo)}
      />
    </FormDialog>
  );
}
