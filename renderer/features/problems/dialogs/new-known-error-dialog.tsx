import { useState, type ReactNode } from 'react';
import { knownError } from '../../../../shared/domain/problem/known-error.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { problemsScreen } from '../problem-lists.ts';
import { useProblemText } from '../problem-text.ts';

/** A known error that did not come of a problem here, e.g. one that a vendor has told of. */
export function NewKnownErrorDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const name = useDraft('new-known-error/name');
  const workaround = useDraft('new-known-error/workaround');
  const [asset, setAsset] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const submit = () => {
    const fields: Record<string, FieldValue> = {
      name: name.text,
      workaround: workaround.text,
      status: workaround.text.trim() === '' ? 'draft' : 'published',
    };
    if (asset !== null) fields['assets'] = [asset.id];
    const told = { done: text('done.known-error-created'), showsRefusal: true } as const;
    return runner.run('record.create', { entity: 'known-error', fields }, told);
  };
  return (
    <FormDialog
      title={text('command.known-error-new')}
      submit={submit}
      onClose={onClose}
      onDone={([id]) => {
        name.discard();
        workaround.discard();
        if (id !== undefined)
          dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'known-errors', record: id }));
      }}
    >
      <TextField
        label={fieldText(text, 'known-error', 'name')}
        value={name.text}
        onChange={name.setText}
        maxLength={knownError.fields.name.maxLength}
        isRequired
        autoFocus
      />
      <RecordCombo
        label={fieldText(text, 'problem', 'asset')}
        entity="asset"
        value={asset}
        onChange={(id, title) => setAsset(id === null ? null : { id, title })}
      />
      <TextArea
        label={fieldText(text, 'known-error', 'workaround')}
        value={workaround.text}
        onChange={workaround.setText}
        maxLength={knownError.fields.workaround.maxLength}
        rows={4}
        description={text('known-error.draft-hint')}
      />
    </FormDialog>
  );
}
