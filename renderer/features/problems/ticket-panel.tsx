import { BookOpenCheck, Bug, MessageSquarePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { isFinished } from '../../../shared/domain/ticket/ticket-values.ts';
import type { RecordView } from '../../data/data-api.ts';
import type { KnownErrorMatch } from '../../data/problems/problem-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { useDeskContext } from '../../widgets/desk.ts';
import { referenceOf, rowTitle, textValue } from '../../widgets/row-title.ts';
import { SideCard, SideCardHeading, SideCardName, SideCardText } from '../../widgets/side-card.tsx';
import { problemsScreen } from './problem-lists.ts';
import { ProblemStateChip } from './problem-state.tsx';
import { useProblemText } from './problem-text.ts';

const shownAtMost = 4;

/** Beside an incident: the known errors of its configuration item (PRB-4), and its problem, or the way to one. */
export function ProblemTicketPanel({ record }: { readonly record: RecordView }): ReactNode {
  if (textValue(record.values, 'type') === 'request') return null;
  return (
    <>
      <KnownErrorCard record={record} />
      <ProblemCard record={record} />
    </>
  );
}

function KnownErrorCard({ record }: { readonly record: RecordView }): ReactNode {
  const text = useProblemText();
  const { values } = record;
  const asset = textValue(values, 'asset') || null;
  const service = textValue(values, 'service') || null;
  const { result } = useWatch(
    asset === null && service === null ? null : { type: 'known-errors', asset, service, limit: shownAtMost },
  );
  if (result === undefined || result.length === 0) return null;
  return (
    <SideCard label={text('known-errors.title')}>
      <SideCardHeading>{text('known-errors.title')}</SideCardHeading>
      {result.map((match) => (
        <KnownErrorHelp key={match.id} match={match} record={record} />
      ))}
    </SideCard>
  );
}

function KnownErrorHelp({
  match,
  record,
}: {
  readonly match: KnownErrorMatch;
  readonly record: RecordView;
}): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const help = match.workaround || match.solution;
  const open = (): void =>
    void dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'known-errors', record: match.id }));
  const note = (): void =>
    void runner.run(
      'ticket.comment',
      { id: record.id, audience: 'work-note', body: `${match.reference} ${match.name}\n\n${help}` },
      { done: text('done.known-error-noted') },
    );
  return (
    <>
      <Button variant="quiet" icon={<BookOpenCheck size={14} />} onPress={open}>
        <bdi>{match.name}</bdi>
      </Button>
      <SideCardText>
        {text(`known-error.by-${match.by}`)} <bdi>{help}</bdi>
      </SideCardText>
      {isFinished(record.values) ? null : (
        <Button variant="quiet" icon={<MessageSquarePlus size={14} />} onPress={note}>
          {text('known-error.note')}
        </Button>
      )}
    </>
  );
}

function ProblemCard({ record }: { readonly record: RecordView }): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const id = textValue(record.values, 'problem');
  const { result: found } = useWatch(id === '' ? null : { type: 'record', id });
  if (id === '')
    return (
      <SideCard label={text('entity.problem')}>
        <SideCardHeading>{text('entity.problem')}</SideCardHeading>
        <Button
          variant="quiet"
          icon={<Bug size={14} />}
          onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'problem-new', ids: [record.id] }))}
        >
          {text('command.problem-from-incident')}
        </Button>
      </SideCard>
    );
  // Until the new record is read the watch still holds the one before.
  if (found?.id !== id) return null;
  return (
    <SideCard label={text('entity.problem')}>
      <SideCardHeading>
        {text('entity.problem')} <bdi className="mono">{referenceOf(found.values)}</bdi>
      </SideCardHeading>
      <SideCardName name={rowTitle(found)} />
      <div>
        <ProblemStateChip values={found.values} />
      </div>
      {textValue(found.values, 'workaround') === '' ? null : (
        <SideCardText>
          <bdi>{textValue(found.values, 'workaround')}</bdi>
        </SideCardText>
      )}
      <Button
        variant="quiet"
        icon={<Bug size={14} />}
        onPress={() => dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'all', record: id }))}
      >
        {text('problem.show')}
      </Button>
    </SideCard>
  );
}
