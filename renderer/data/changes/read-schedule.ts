import type { Interval } from '../../../shared/domain/calendar/interval.ts';
import { choiceAmong } from '../../../shared/domain/ticket/ticket-values.ts';
import { changeStates } from '../../../shared/domain/change-request/change-words.ts';
import type { PlacedChange } from '../../../shared/domain/change-schedule/find-conflicts.ts';
import type { PlannedChange, ScheduleWindow } from '../../../shared/domain/change-schedule/planned-change.ts';
import { TouchedItems } from '../../../shared/domain/change-schedule/touched-items.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { kindOfNode, type AssetGraph } from '../impact/asset-graph.ts';
import { isInUse } from '../impact/referred-rows.ts';
import type { Tables } from '../storage/tables.ts';
import type * as scheduleRoom from './schedule-room.ts';

/** Phases in which a change takes its place in the schedule. */
const active: ReadonlySet<unknown> = new Set(['new', 'assess', 'authorize', 'scheduled', 'implement']);
/** Occurrences are reckoned this far around now. */
const lookBackMs = 40 * 86_400_000;
const lookAheadMs = 400 * 86_400_000;

/** Every planned change and every window of a space, as nodes of the impact graph. */
export interface Schedule {
  readonly placed: ReadonlyMap<string, PlacedChange>;
  readonly windows: readonly ScheduleWindow[];
  readonly touched: TouchedItems;
}

export function nodeIn(tables: Tables, assets: AssetGraph, id: string): number | null {
  const asset = tables.of('asset').rowOf(id);
  if (asset !== undefined) return asset;
  const service = tables.of('service').rowOf(id);
  return service === undefined ? null : assets.assets + service;
}

export function readSchedule(tables: Tables, assets: AssetGraph, room: typeof scheduleRoom, now: number): Schedule {
  const touched = new TouchedItems(assets.graph, (node) => kindOfNode(assets, node) === 'service');
  const changes = tables.of('change');
  const placed = new Map<string, PlacedChange>();
  for (let row = 0; row < changes.size; row += 1) {
    if (changes.isDeleted(row)) continue;
    const phase = choiceAmong(changeStates, changes.columns.get('phase')?.get(row));
    if (!active.has(phase)) continue;
    const change = plannedChange(tables, assets, changes.idAt(row), changes.valuesAt(row));
    if (change !== null) placed.set(change.id, { change, touched: touched.of(change) });
  }
  return {
    placed,
    windows: readWindows(tables, assets, room, { from: now - lookBackMs, to: now + lookAheadMs }),
    touched,
  };
}

/** Null for a change without a planned window. */
export function plannedChange(
  tables: Tables,
  assets: AssetGraph,
  id: string,
  values: RecordValues,
): PlannedChange | null {
  const { plannedStart: from, plannedEnd: to, asset, service, assignee, requestedBy } = values;
  if (typeof from !== 'number' || typeof to !== 'number' || to <= from) return null;
  const ids = [typeof asset === 'string' ? asset : '', ...String(values['affected'] ?? '').split(' ')];
  const items = new Set(ids.flatMap((each) => (each === '' ? [] : (nodeIn(tables, assets, each) ?? []))));
  return {
    id,
    from,
    to,
    items: [...items],
    service: typeof service === 'string' ? nodeIn(tables, assets, service) : null,
    owner: String(assignee ?? requestedBy ?? ''),
  };
}

function readWindows(
  tables: Tables,
  assets: AssetGraph,
  room: typeof scheduleRoom,
  bounds: Interval,
): readonly ScheduleWindow[] {
  return (['blackout', 'maintenance-window'] as const).flatMap((kind) => {
    const table = tables.of(kind);
    return Array.from({ length: table.size }, (_, row) => row)
      .filter((row) => isInUse(table, row))
      .map((row): ScheduleWindow => {
        const values = table.valuesAt(row);
        const covers = String(values['covers'] ?? '');
        const occurrences = room.occurrencesOf(
          {
            timeZone: String(values['timeZone']),
            startsAt: String(values['startsAt']),
            endsAt: String(values['endsAt']),
            recurrence: typeof values['recurrence'] === 'string' ? values['recurrence'] : null,
          },
          bounds,
        );
        const nodes = covers.split(' ').flatMap((id) => nodeIn(tables, assets, id) ?? []);
        return { id: table.idAt(row), kind, covers: covers === '' ? null : new Set(nodes), occurrences };
      });
  });
}
