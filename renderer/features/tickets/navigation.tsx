import { X } from 'lucide-react';
import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { useServices } from '../../services/services.ts';
import { translate } from '../../services/text.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { savedViewsSlice } from '../../store/saved-views-slice.ts';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { RailEntry } from '../../widgets/rail-entry.tsx';
import { useTicketText } from './ticket-text.ts';
import { builtInViews, isOpen, mainViews, queueView, savedPrefix, savedTicketView } from './ticket-views.ts';
import type { TicketView } from './ticket-views.ts';
import { ViewGlyph } from './view-glyph.tsx';
import styles from './navigation.module.css';

const shownQueues = 14;

interface ViewGroup {
  readonly id: string;
  readonly title: string | null;
  readonly views: readonly TicketView[];
}

/** The rail's part for tickets: my work and the other lists, views, the busiest queues, each with its live count. */
export function TicketNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useTicketText();
  const { actor } = useServices();
  const saved = useDesk((desk) => desk.savedViews);
  const { result: queues } = useWatch({ type: 'facet', entity: 'ticket', field: 'queue', where: [isOpen] });
  const queueViews = (queues ?? [])
    .slice(0, shownQueues)
    .map(({ value, title }) => queueView(value, title || text('view.no-queue')));
  const groups: readonly ViewGroup[] = [
    { id: 'main', title: null, views: mainViews(actor.id) },
    { id: 'views', title: text('view.views'), views: [...builtInViews, ...saved.map(savedTicketView)] },
    { id: 'queues', title: text('view.queues'), views: queueViews },
  ];
  const of = Object.fromEntries(groups.flatMap(({ views }) => views.map(({ id, where }) => [id, where])));
  const { result: counts } = useWatch({ type: 'counts', entity: 'ticket', of });
  return (
    <div className={classNames(styles, 'navigation')}>
      {groups.map(({ id, title, views }) =>
        // Queues all look alike without their names.
        views.length === 0 || (isFolded && id === 'queues') ? null : (
          <section key={id}>
            {title === null ? null : (
              <h2 className={isFolded ? 'visually-hidden' : classNames(styles, 'heading')}>{title}</h2>
            )}
            <ul>
              {views.map((view) => (
                <ViewEntry key={view.id} view={view} count={counts?.[view.id]} isFolded={isFolded} />
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
}

interface ViewEntryProps {
  readonly view: TicketView;
  readonly count: number | undefined;
  readonly isFolded: boolean;
}

function ViewEntry({ view, count, isFolded }: ViewEntryProps): ReactNode {
  const intl = useIntl();
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const isCurrent = useDesk(
    (desk) => desk.navigation.place.screen === 'tickets' && desk.navigation.place.view === view.id,
  );
  const name = 'key' in view.title ? translate(intl, view.title.key) : view.title.text;
  return (
    <li className={classNames(styles, 'item')}>
      <RailEntry
        name={name}
        glyph={<ViewGlyph view={view.id} />}
        isFolded={isFolded}
        isHere={isCurrent}
        isView
        onPress={() => dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view: view.id, record: null }))}
      >
        {isFolded ? null : (
          <span className={classNames(styles, 'count')}>{count === undefined ? '' : intl.formatNumber(count)}</span>
        )}
      </RailEntry>
      {isFolded || !view.id.startsWith(savedPrefix) ? null : (
        <span className={classNames(styles, 'remove')}>
          <IconButton
            size="small"
            label={text('view.remove', { name })}
            icon={<X size={12} />}
            onPress={() => dispatch(savedViewsSlice.actions.removedView(view.id.slice(savedPrefix.length)))}
          />
        </span>
      )}
    </li>
  );
}
