import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { useServices } from '../../services/services.ts';
import { translate } from '../../services/text.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { classNames } from '../../ui/class-names.ts';
import { useTicketText } from './ticket-text.ts';
import { builtInViews, isOpen, mainViews, queueView, savedTicketView } from './ticket-views.ts';
import type { TicketView } from './ticket-views.ts';
import styles from './navigation.module.css';

const shownQueues = 14;

/** The rail's part for tickets: my work and the other lists, views, the busiest queues, each with its live count. */
export function TicketNavigation(): ReactNode {
  const text = useTicketText();
  const { actor } = useServices();
  const saved = useDesk((desk) => desk.savedViews);
  const { result: queues } = useWatch({ type: 'facet', entity: 'ticket', field: 'queue', where: [isOpen] });
  const groups: readonly {
    readonly id: string;
    readonly title: string | null;
    readonly views: readonly TicketView[];
  }[] = [
    { id: 'main', title: null, views: mainViews(actor.id) },
    { id: 'views', title: text('view.views'), views: [...builtInViews, ...saved.map(savedTicketView)] },
    {
      id: 'queues',
      title: text('view.queues'),
      views: (queues ?? [])
        .slice(0, shownQueues)
        .map(({ value, title }) => queueView(value, title || text('view.no-queue'))),
    },
  ];
  const of = Object.fromEntries(groups.flatMap(({ views }) => views.map(({ id, where }) => [id, where])));
  const { result: counts } = useWatch({ type: 'counts', entity: 'ticket', of });
  return (
    <div className={classNames(styles, 'navigation')}>
      {groups.map(({ id, title, views }) => (
        <section key={id}>
          {title === null ? null : <h2 className={classNames(styles, 'heading')}>{title}</h2>}
          <ul>
            {views.map((view) => (
              <ViewEntry key={view.id} view={view} count={counts?.[view.id]} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ViewEntry({ view, count }: { readonly view: TicketView; readonly count: number | undefined }): ReactNode {
  const intl = useIntl();
  const dispatch = useDeskDispatch();
  const isCurrent = useDesk((desk) => desk.navigation.place.view === view.id);
  const name = 'key' in view.title ? translate(intl, view.title.key) : view.title.text;
  return (
    <li>
      <button
        type="button"
        title={name}
        aria-current={isCurrent ? 'page' : undefined}
        className={classNames(styles, 'entry', isCurrent && 'current')}
        onClick={() => dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view: view.id, record: null }))}
      >
        <bdi className="one-line">{name}</bdi>
        <span className={classNames(styles, 'count')}>{count === undefined ? '' : intl.formatNumber(count)}</span>
      </button>
    </li>
  );
}
