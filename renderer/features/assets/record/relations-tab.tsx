import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { readRelationType, type RelationType } from '../../../../shared/domain/asset/relation-types.ts';
import type { RecordView, Row } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { LinkedRow, RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useAssetText } from '../asset-text.ts';
import { relationText } from '../link-text.ts';
import { RedundancyField } from './redundancy-field.tsx';

const shownAtMost = 500;

/** One reading and everything that is related by it. */
interface Reading {
  readonly key: string;
  readonly type: RelationType;
  readonly isReverse: boolean;
  readonly related: readonly { readonly relation: string; readonly id: string; readonly title: string }[];
}

/** The relations of an asset, each read from where it stands (CMDB-1). */
export function RelationsTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const forward = useRelations('from', record.id);
  const backward = useRelations('to', record.id);
  const readings = [...readingsOf(forward ?? [], false), ...readingsOf(backward ?? [], true)];
  const relate = (): void =>
    void dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-relate', ids: [record.id] }));
  const unrelate = (relation: string): void =>
    void runner.run('asset.unrelate', { id: relation }, { done: text('done.unrelated') });
  if (forward === undefined || backward === undefined) return null;
  return (
    <RecordTab>
      {readings.map(({ key, type, isReverse, related }) => {
        const reading = relationText(text, type, isReverse);
        return (
          <RecordGroup key={key} title={reading} isTight>
            <ul>
              {related.map(({ relation, id, title }) => (
                <li key={relation}>
                  <LinkedRow
                    onOpen={() => dispatch(navigationSlice.actions.openedRecord(id))}
                    onRemove={() => unrelate(relation)}
                    removeLabel={text('asset.unrelate', { relation: reading, title })}
                  >
                    <bdi>{title === '' ? text('value.missing') : title}</bdi>
                  </LinkedRow>
                </li>
              ))}
            </ul>
            <RedundancyField record={record} type={type} isReverse={isReverse} count={related.length} />
          </RecordGroup>
        );
      })}
      {readings.length === 0 ? (
        <EmptyState glyph={<Link2 size={20} />} title={text('relations.none')}>
          {text('relations.none-hint')}
        </EmptyState>
      ) : null}
      <div>
        <Button icon={<Link2 size={14} />} keys="r" onPress={relate}>
          {text('command.asset-relate')}
        </Button>
      </div>
    </RecordTab>
  );
}

function useRelations(field: 'from' | 'to', id: string): readonly Row[] | undefined {
  const { result } = useWatch({
    type: 'list',
    entity: 'asset-relation',
    where: [
      { field, op: 'in', values: [id] },
      { field: 'active', op: 'not-in', values: ['false'] },
    ],
    search: '',
    sort: [{ field: field === 'from' ? 'to' : 'from', direction: 'ascending' }],
    offset: 0,
    limit: shownAtMost,
  });
  return result?.rows;
}

function readingsOf(rows: readonly Row[], isReverse: boolean): readonly Reading[] {
  const end = isReverse ? 'from' : 'to';
  const byType = new Map<RelationType, Reading['related'][number][]>();
  for (const row of rows) {
    const type = readRelationType(row.values['type']);
    if (type === undefined) continue;
    const related = { relation: row.id, id: textValue(row.values, end), title: row.titles[end] ?? '' };
    byType.set(type, [...(byType.get(type) ?? []), related]);
  }
  return [...byType].map(([type, related]) => ({
    key: `${type}${isReverse ? '-reverse' : ''}`,
    type,
    isReverse,
    related,
  }));
}
