import { Bug, ChevronDown, ChevronRight, EyeOff, Repeat } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { RecurrenceView } from '../../../data/problems/problem-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { LinkedRow } from '../../../widgets/record-frame.tsx';
import { problemsScreen } from '../problem-lists.ts';
import { useProblemText } from '../problem-text.ts';
import styles from './proposals-panel.module.css';

const shownAtMost = 6;
const dayMs = 24 * 3_600_000;
/** Incidents of a proposal that are shown under it. */
const incidentsShown = 5;

/** What seems to recur, with the reasons: one key makes a problem of it, another puts it aside. */
export function ProposalsPanel(): ReactNode {
  const text = useProblemText();
  const { result } = useWatch({ type: 'recurrences', limit: shownAtMost });
  const [isOpen, setOpen] = useState(true);
  if (result === undefined || result.length === 0) return null;
  return (
    <section aria-label={text('proposals.title')} className={classNames(styles, 'panel')}>
      <button
        type="button"
        aria-expanded={isOpen}
        className={classNames(styles, 'head')}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        <Repeat size={14} aria-hidden />
        <span>{text('proposals.count', { count: result.length })}</span>
      </button>
      {isOpen ? (
        <ul className={classNames(styles, 'list')}>
          {result.map((each) => (
            <Proposal key={each.incidents[0]?.id ?? ''} proposal={each} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Proposal({ proposal }: { readonly proposal: RecurrenceView }): ReactNode {
  const text = useProblemText();
  const intl = useIntl();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const [isOpen, setOpen] = useState(false);
  const { incidents, open, asset, service, category, words, from, to } = proposal;
  const days = Math.max(1, Math.ceil((to - from) / dayMs));
  const ids = incidents.map(({ id }) => id);
  const newest = incidents.at(-1)?.title ?? '';
  const place = asset ?? service ?? category;
  const title = asset === null ? newest : text('proposals.title-on', { title: newest, place: asset.title });
  const reasons = [
    text('proposals.reason', { count: incidents.length, days }),
    place === null ? '' : text('proposals.reason-place', { place: place.title, count: place.count }),
    words.length === 0 ? '' : text('proposals.reason-words', { words: intl.formatList(words, { type: 'unit' }) }),
    text('proposals.reason-open', { open }),
  ].filter((each) => each !== '');
  const create = async (): Promise<void> => {
    // The newest first: what it says is taken over.
    const input = { fields: { title: title.slice(0, 200) }, incidents: ids.toReversed() };
    const outcome = await runner.run('problem.create', input, { done: text('done.problem.create') });
    const [id] = outcome.ok ? outcome.value.ids : [];
    if (id !== undefined)
      dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'open', record: id }));
  };
  const dismiss = (): void =>
    void runner.run('problem.dismiss-recurrence', { incidents: ids }, { done: text('done.proposal-dismissed') });
  return (
    <li className={classNames(styles, 'proposal')}>
      <p className={classNames(styles, 'title')}>
        <bdi>{title}</bdi>
      </p>
      <p className={classNames(styles, 'reasons')}>{reasons.join(' · ')}</p>
      <div className={classNames(styles, 'actions')}>
        <Button icon={<Bug size={14} />} label={text('proposals.create-of', { title })} onPress={() => void create()}>
          {text('proposals.create')}
        </Button>
        <Button variant="quiet" label={text('proposals.show-of', { title })} onPress={() => setOpen(!isOpen)}>
          {text(isOpen ? 'proposals.hide' : 'proposals.show')}
        </Button>
        <IconButton label={text('proposals.dismiss-of', { title })} icon={<EyeOff size={14} />} onPress={dismiss} />
      </div>
      {isOpen
        ? incidents.slice(-incidentsShown).map((each) => (
            <LinkedRow key={each.id} onOpen={() => dispatch(navigationSlice.actions.openedTicket(each.id))}>
              <bdi className="one-line">{each.title}</bdi>
            </LinkedRow>
          ))
        : null}
    </li>
  );
}
