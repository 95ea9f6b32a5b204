import { useState, type ReactNode } from 'react';
import { minUpOf, readMinUp, redundancyOf, writeRedundancy } from '../../../../shared/domain/asset/redundancy.ts';
import { carrierOf, type RelationType } from '../../../../shared/domain/asset/relation-types.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { textValue } from '../../../widgets/row-title.ts';
import { useAssetText } from '../asset-text.ts';
import styles from './redundancy-field.module.css';

interface RedundancyFieldProps {
  readonly record: RecordView;
  readonly type: RelationType;
  readonly isReverse: boolean;
  readonly count: number;
}

/** How many of the neighbours must be up; only where a failure comes from them, and there is more than one. */
export function RedundancyField({ record, type, isReverse, count }: RedundancyFieldProps): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const stored = textValue(record.values, 'redundancy');
  const [typed, setTyped] = useState<string | null>(null);
  if (carrierOf(type) !== (isReverse ? 'from' : 'to') || count < 2) return null;
  const minUp = redundancyOf(stored, type);
  const shown = minUp === null ? '' : minUp.unit === 'count' ? String(minUp.count) : `${minUp.percent}%`;
  const isWrong = typed !== null && typed.trim() !== '' && readMinUp(typed) === null;
  const commit = async (): Promise<void> => {
    if (typed === null || typed.trim() === shown || isWrong)
      return typed?.trim() === shown ? setTyped(null) : undefined;
    const amount = typed.trim() === '' ? 'all' : typed.trim();
    const fields = { redundancy: writeRedundancy(stored, type, amount) };
    const done = text('done.asset-field', { field: text('field.asset.redundancy') });
    const outcome = await runner.run('record.edit', { entity: 'asset', id: record.id, fields }, { done });
    if (outcome.ok || outcome.failure.kind === 'nothing-to-change') setTyped(null);
  };
  return (
    <div className={classNames(styles, 'redundancy')}>
      <TextField
        label={text('relations.needed')}
        value={typed ?? shown}
        onChange={setTyped}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void commit();
        }}
        placeholder={text('relations.needed-all', { count })}
        description={minUp === null ? undefined : text('relations.needed-of', { needed: minUpOf(minUp, count), count })}
        error={isWrong ? text('refusal.bad-redundancy', { got: typed }) : undefined}
      />
    </div>
  );
}
