import type { CountsQuery, FacetQuery, ListQuery } from '../../../../renderer/data/data-api.ts';
import { priorities } from '../../../../shared/domain/ticket/ticket.ts';
import { queueId } from '../../data/tickets.ts';
import { pageSize } from '../subject.ts';

/** The reads of the benchmark as this program's queries. */

export function pageQuery(queue: number): ListQuery {
  return {
    type: 'list',
    entity: 'ticket',
    where: [
      { field: 'queue', op: 'in', values: [queueId(queue)] },
      { field: 'state', op: 'in', values: ['in-progress'] },
    ],
    search: '',
    sort: [{ field: '$updatedAt', direction: 'descending' }],
    offset: 0,
    limit: pageSize,
  };
}

export function countQuery(queue: number): CountsQuery {
  return {
    type: 'counts',
    entity: 'ticket',
    of: {
      closed: [
        { field: 'queue', op: 'in', values: [queueId(queue)] },
        { field: 'state', op: 'in', values: ['closed'] },
      ],
    },
  };
}

/** Tickets by state, for each priority: together the table of a dashboard. */
export const groupQueries: readonly FacetQuery[] = priorities.map((priority) => ({
  type: 'facet',
  entity: 'ticket',
  field: 'state',
  where: [{ field: 'priority', op: 'in', values: [priority] }],
}));
