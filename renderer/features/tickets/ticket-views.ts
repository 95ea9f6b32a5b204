import type { TicketState } from '../../../shared/domain/ticket/ticket.ts';
import type { FilterCondition, SortKey } from '../../store/lists-slice.ts';
import type { SavedView } from '../../store/saved-views-slice.ts';
import type { TicketKey } from './ticket-text.ts';

/** A list with a name: what it holds and how it is sorted until the person changes it. */
export interface TicketView {
  readonly id: string;
  readonly title: { readonly key: TicketKey } | { readonly text: string };
  readonly where: readonly FilterCondition[];
  readonly sort: readonly SortKey[];
  /** What is searched for in it, beside what is typed over it. */
  readonly search?: string;
  readonly keys?: string;
}

export const openStates: readonly TicketState[] = ['new', 'in-progress', 'on-hold'];
export const isOpen: FilterCondition = { field: 'state', op: 'in', values: openStates };

const newestFirst: readonly SortKey[] = [{ field: '$updatedAt', direction: 'descending' }];
const mostUrgentFirst: readonly SortKey[] = [
  { field: 'priority', direction: 'ascending' },
  { field: 'openedAt', direction: 'ascending' },
];
const only = (field: string, ...values: readonly (string | null)[]): FilterCondition => ({ field, op: 'in', values });

export function mainViews(actor: string): readonly TicketView[] {
  return [
    {
      id: 'my-work',
      title: { key: 'view.my-work' },
      where: [isOpen, only('assignee', actor)],
      sort: mostUrgentFirst,
      keys: 'g w',
    },
    {
      id: 'unassigned',
      title: { key: 'view.unassigned' },
      where: [isOpen, only('assignee', null)],
      sort: newestFirst,
      keys: 'g u',
    },
    {
      id: 'due-soon',
      title: { key: 'view.due-soon' },
      where: [isOpen, only('dueStage', 'breached', 'due-soon')],
      sort: [{ field: 'due', direction: 'ascending' }],
      keys: 'g d',
    },
    { id: 'all-open', title: { key: 'view.all-open' }, where: [isOpen], sort: newestFirst, keys: 'g o' },
    { id: 'all', title: { key: 'view.all' }, where: [], sort: newestFirst, keys: 'g a' },
  ];
}

export const builtInViews: readonly TicketView[] = [
  { id: 'urgent', title: { key: 'view.urgent' }, where: [isOpen, only('priority', '1', '2')], sort: mostUrgentFirst },
  {
    id: 'awaiting-caller',
    title: { key: 'view.awaiting-caller' },
    where: [only('state', 'on-hold'), only('onHoldReason', 'awaiting-caller')],
    sort: newestFirst,
  },
  { id: 'requests', title: { key: 'view.requests' }, where: [isOpen, only('type', 'request')], sort: newestFirst },
  {
    id: 'resolved',
    title: { key: 'view.resolved' },
    where: [only('state', 'resolved')],
    sort: [{ field: 'resolvedAt', direction: 'descending' }],
  },
];

const queuePrefix = 'queue:';
export const savedPrefix = 'saved:';

export function queueView(id: string | null, title: string): TicketView {
  return {
    id: `${queuePrefix}${id ?? ''}`,
    title: { text: title },
    where: [isOpen, only('queue', id)],
    sort: newestFirst,
  };
}

export function savedTicketView(view: SavedView): TicketView {
  return {
    id: `${savedPrefix}${view.id}`,
    title: { text: view.name },
    where: view.where,
    sort: view.sort,
    ...(view.search === undefined ? {} : { search: view.search }),
  };
}

/** The view of an id. A queue's name comes from outside; an id nobody knows any more is the list of all open tickets. */
export function findTicketView(
  id: string,
  actor: string,
  saved: readonly SavedView[],
  queueTitle: (id: string) => string,
): TicketView {
  if (id.startsWith(queuePrefix)) {
    const queue = id.slice(queuePrefix.length);
    return queueView(queue === '' ? null : queue, queueTitle(queue));
  }
  const views = [...mainViews(actor), ...builtInViews, ...saved.map(savedTicketView)];
  return views.find((view) => view.id === id) ?? views.find((view) => view.id === 'all-open') ?? queueView(null, '');
}
