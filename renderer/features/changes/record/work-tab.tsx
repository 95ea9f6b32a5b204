import { ClipboardList, Plus, ScanSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { workOrderStates } from '../../../../shared/domain/change-request/change-words.ts';
import { workOrderMoves } from '../../../../shared/domain/change-request/move-work-order.ts';
import type { Row } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { LinkedRow, RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { useChangeText } from '../change-text.ts';
import type { ChangeTabProps } from './plan-tab.tsx';

const shownAtMost = 200;

/** Work orders with their review, and the incidents about it. */
export function WorkTab({ record, view }: ChangeTabProps): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const { result } = useWatch({
    type: 'list',
    entity: 'work-order',
    where: [
      { field: 'change', op: 'in', values: [record.id] },
      { field: 'active', op: 'not-in', values: ['false'] },
    ],
    search: '',
    sort: [{ field: 'type', direction: 'ascending' }],
    offset: 0,
    limit: shownAtMost,
  });
  const rows = result?.rows ?? [];
  return (
    <RecordTab>
      <RecordGroup title={text('work.title')} isTight>
        {result?.total === 0 ? (
          <EmptyState glyph={<ClipboardList size={20} />} title={text('work.none')}>
            {text('work.none-hint')}
          </EmptyState>
        ) : null}
        <ul>
          {rows.map((row) => (
            <WorkOrder key={row.id} row={row} />
          ))}
        </ul>
        <div>
          <Button
            icon={<Plus size={14} />}
            keys="w"
            onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'work-order', ids: [record.id] }))}
          >
            {text('command.work-order-new')}
          </Button>{' '}
          {rows.some(({ values }) => values['type'] === 'review') ? null : (
            <Button
              icon={<ScanSearch size={14} />}
              onPress={() => void runner.run('change.add-review', { id: record.id }, { done: text('done.review') })}
            >
              {text('work.add-review')}
            </Button>
          )}
        </div>
      </RecordGroup>
      <Incidents title={text('work.caused', { count: view.causedIncidents })} field="causedBy" id={record.id} />
      <Incidents title={text('work.solves')} field="change" id={record.id} />
    </RecordTab>
  );
}

function WorkOrder({ row }: { readonly row: Row }): ReactNode {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const state = workOrderStates.find((each) => each === row.values['state']) ?? 'open';
  return (
    <li>
      <bdi className="mono">{referenceOf(row.values)}</bdi> <bdi>{rowTitle(row)}</bdi> (
      {choiceText(text, 'type', textValue(row.values, 'type'))}, {choiceText(text, 'state', state)}
      {row.titles['assignee'] ? <bdi>, {row.titles['assignee']}</bdi> : null}){' '}
      {workOrderMoves[state].map((to) => (
        <Button
          key={to}
          variant="quiet"
          label={text('work.move-of', { move: text(`work.to-${to}`), title: rowTitle(row) })}
          onPress={() =>
            void runner.run('work-order.move', { id: row.id, state: to }, { done: text('done.work-order') })
          }
        >
          {text(`work.to-${to}`)}
        </Button>
      ))}
    </li>
  );
}

function Incidents({
  title,
  field,
  id,
}: {
  readonly title: string;
  readonly field: 'causedBy' | 'change';
  readonly id: string;
}): ReactNode {
  const dispatch = useDeskDispatch();
  const { result } = useWatch({
    type: 'list',
    entity: 'ticket',
    where: [{ field, op: 'in', values: [id] }],
    search: '',
    sort: [{ field: 'openedAt', direction: 'descending' }],
    offset: 0,
    limit: shownAtMost,
  });
  if (result === undefined || result.total === 0) return null;
  return (
    <RecordGroup title={title} isTight>
      {result.rows.map((row) => (
        <LinkedRow key={row.id} onOpen={() => dispatch(navigationSlice.actions.openedTicket(row.id))}>
          <bdi className="mono">{referenceOf(row.values)}</bdi> <bdi className="one-line">{rowTitle(row)}</bdi>
        </LinkedRow>
      ))}
    </RecordGroup>
  );
}
