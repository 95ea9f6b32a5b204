import type { Space } from '../../../../renderer/data/engine/space.ts';
import { queueCount } from '../../data/tickets.ts';
import { timeEach } from '../../measure.ts';
import type { Times } from '../../measure.ts';
import { countQuery, groupQueries, pageQuery } from './queries.ts';

/** The reads without the way to the page and back: what the columns themselves take. */
export async function timeReads(space: Space, count: number): Promise<Readonly<Record<string, Times>>> {
  return {
    'page in the worker': await timeEach(count, async (turn) => space.answer(pageQuery(turn % queueCount))),
    'count in the worker': await timeEach(count, async (turn) => space.answer(countQuery(turn % queueCount))),
    'group in the worker': await timeEach(count, async () =>
      Promise.all(groupQueries.map(async (query) => space.answer(query))),
    ),
  };
}
