import { useState, type ReactNode } from 'react';
import { readRelationType, relationTypes } from '../../../../shared/domain/asset/relation-types.ts';
import type { CommandOutcome } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { rowTitle } from '../../../widgets/row-title.ts';
import { useAssetText } from '../asset-text.ts';
import { relationText } from '../link-text.ts';

const reverseMark = 'reverse ';

/** Relates the asset to another in either reading: `runs on` and `runs` are the same relation from its two ends. */
export function RelateDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const { result: record } = useWatch({ type: 'record', id });
  const [reading, setReading] = useState<string>('depends-on');
  const [other, setOther] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const [isMissing, setMissing] = useState(false);
  const isReverse = reading.startsWith(reverseMark);
  const type = readRelationType(isReverse ? reading.slice(reverseMark.length) : reading);
  const submit = async (): Promise<CommandOutcome | null> => {
    setMissing(other === null);
    if (other === null || type === undefined) return null;
    const told = { done: text('done.related'), showsRefusal: true } as const;
    return runner.run('asset.relate', { id, type, other: other.id, reverse: isReverse }, told);
  };
  if (!record) return null;
  return (
    <FormDialog title={text('relate.title', { name: rowTitle(record) })} submit={submit} onClose={onClose}>
      <Select
        label={text('relate.reading', { name: rowTitle(record) })}
        choices={relationTypes.flatMap((each) => [
          { id: each, label: relationText(text, each, false) },
          { id: `${reverseMark}${each}`, label: relationText(text, each, true) },
        ])}
        value={reading}
        onChange={setReading}
        placeholder={text('value.none')}
        autoFocus
      />
      <RecordCombo
        label={text('relate.other')}
        entity="asset"
        where={[{ field: 'active', op: 'not-in', values: ['false'] }]}
        value={other}
        onChange={(chosen, title) => setOther(chosen === null ? null : { id: chosen, title })}
        error={isMissing && other === null ? text('refusal.required-field') : undefined}
        isRequired
      />
      {other === null || type === undefined ? null : (
        <p>
          {text('relate.reads', {
            name: other.title,
            reading: relationText(text, type, !isReverse),
            other: rowTitle(record),
          })}
        </p>
      )}
    </FormDialog>
  );
}
