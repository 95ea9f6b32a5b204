import type { PlacedChange } from '../../shared/domain/change-schedule/find-conflicts.ts';
import {
  conflictKinds,
  type PlannedChange,
  type ScheduleWindow,
} from '../../shared/domain/change-schedule/planned-change.ts';
import { TouchedItems } from '../../shared/domain/change-schedule/touched-items.ts';
import { scriptGraph } from './impact-script.ts';

export const allChecks = new Set(conflictKinds);

/** A schedule over a graph as `scriptGraph` writes it; nodes whose name begins with `Service` are services. */
export function scriptSchedule(script: string) {
  const graph = scriptGraph(script);
  const touched = new TouchedItems(graph.graph, (node) => graph.names[node]?.startsWith('Service') === true);
  const place = (
    id: string,
    from: number,
    to: number,
    items: readonly string[],
    more: Partial<PlannedChange> = {},
  ): PlacedChange => {
    const change = { id, from, to, items: items.map(graph.nodeOf), service: null, owner: '', ...more };
    return { change, touched: touched.of(change) };
  };
  const window = (
    kind: ScheduleWindow['kind'],
    from: number,
    to: number,
    covers: readonly string[] | null,
  ): ScheduleWindow => ({
    id: kind,
    kind,
    covers: covers === null ? null : new Set(covers.map(graph.nodeOf)),
    occurrences: [{ from, to }],
  });
  return { ...graph, place, window };
}
