import { Link2, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { isFixApplied } from '../../../../shared/domain/problem/problem-lifecycle.ts';
import { stateOf } from '../../../../shared/domain/ticket/ticket-values.ts';
import type { RecordView, Row } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { LinkedRow, RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { StateGlyph } from '../../../widgets/state-glyph.tsx';
import { useProblemText } from '../problem-text.ts';

const shownAtMost = 200;

/** The incidents of the problem, newest first, and those that a finished problem still keeps waiting. */
export function IncidentsTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const { id, values } = record;
  const linked = [{ field: 'problem', op: 'in', values: [id] }] as const;
  const waiting = [...linked, { field: 'onHoldReason', op: 'in', values: ['awaiting-problem'] }] as const;
  const { result } = useWatch({
    type: 'list',
    entity: 'ticket',
    where: linked,
    search: '',
    sort: [{ field: 'openedAt', direction: 'descending' }],
    offset: 0,
    limit: shownAtMost,
  });
  const { result: counts } = useWatch({ type: 'counts', entity: 'ticket', of: { waiting } });
  const late = isFixApplied(values) ? (counts?.['waiting'] ?? 0) : 0;
  const rows = result?.rows ?? [];
  const link = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'problem-link', ids: [id] }));
  const tell = (): void =>
    void runner.run('problem.communicate-outcome', { id }, { done: text('done.problem.communicate-outcome') });
  return (
    <RecordTab>
      {late === 0 ? null : (
        <Banner
          tone="notice"
          actions={
            <Button icon={<Send size={14} />} onPress={tell}>
              {text('command.problem-outcome')}
            </Button>
          }
        >
          {text('problem.still-waiting', { count: late })}
        </Banner>
      )}
      <RecordGroup title={text('tab.incidents')} isTight>
        {rows.map((row) => (
          <Incident
            key={row.id}
            row={row}
            onRemove={() =>
              void runner.run('problem.unlink', { id, incidents: [row.id] }, { done: text('done.problem.unlink') })
            }
          />
        ))}
        {result?.total === 0 ? (
          <EmptyState glyph={<Link2 size={20} />} title={text('problem.no-incidents')}>
            {text('problem.no-incidents-hint')}
          </EmptyState>
        ) : null}
        {(result?.total ?? 0) > rows.length ? (
          <p>{text('problem.more', { count: (result?.total ?? 0) - rows.length })}</p>
        ) : null}
      </RecordGroup>
      <div>
        <Button icon={<Link2 size={14} />} keys="l" onPress={link}>
          {text('command.problem-link')}
        </Button>
      </div>
    </RecordTab>
  );
}

function Incident({ row, onRemove }: { readonly row: Row; readonly onRemove: () => void }): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const { values } = row;
  const openedAt = values['openedAt'];
  return (
    <LinkedRow
      onOpen={() => dispatch(navigationSlice.actions.openedTicket(row.id))}
      onRemove={onRemove}
      removeLabel={text('problem.unlink', { name: rowTitle(row) })}
    >
      <StateGlyph state={stateOf(values) ?? 'new'} />
      <span className="visually-hidden">{choiceText(text, 'state', textValue(values, 'state') || 'new')}</span>
      <bdi className="mono">{referenceOf(values)}</bdi>
      <bdi className="one-line">{rowTitle(row)}</bdi>
      {typeof openedAt === 'number' ? <Moment at={openedAt} /> : null}
    </LinkedRow>
  );
}
