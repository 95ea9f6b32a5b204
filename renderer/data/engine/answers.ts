import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { listRefused } from './refused.ts';
import type { RecordView, TimelineEntry, WatchQuery, WatchResults, Row } from '../data-api.ts';
import type { ExchangeQuery } from '../sync-api.ts';
import type { Database } from '../storage/database.ts';
import { findMajorTriggers } from '../problems/major-triggers.ts';
import { conflictsOf, listConflicts } from './conflicts.ts';
import { isShown, valuesOf } from './derive-row.ts';
import { operationsOf } from './operation-log.ts';
import { ownNumber, ownTotal } from './own-number.ts';
import type { SpaceState } from './space-state.ts';
import { answerSearch } from '../search/answer-search.ts';
import { buildTimeline } from './timeline.ts';

/** What the space itself answers; status and jobs are the service's. */
export type SpaceQuery = Exclude<WatchQuery, ExchangeQuery | { type: 'status' } | { type: 'job' }>;

export function acknowledgedSeq(state: SpaceState): number {
  return state.meta.acknowledgedSeq ?? Number.POSITIVE_INFINITY;
}

/** Own operations no authority has; none while the space has no authority. */
export function waitingOperations(state: SpaceState): number {
  const acknowledged = state.meta.acknowledgedSeq;
  return acknowledged === null ? 0 : ownTotal(state.meta) - acknowledged;
}

/** Answers every query but `status`, which the space answers. */
export function answerQuery(
  state: SpaceState,
  database: Database,
  query: SpaceQuery,
  now: number,
): WatchResults[WatchQuery['type']] | Promise<WatchResults[WatchQuery['type']]> {
  switch (query.type) {
    case 'list':
      return state.lists.list(query);
    case 'counts':
      return Object.fromEntries(
        Object.entries(query.of).map(([key, where]) => [key, state.lists.count(query.entity, where)]),
      );
    case 'facet':
      return state.lists.facet(query.entity, query.field, query.where);
    case 'choices':
      return choices(state, query);
    case 'search':
      return answerSearch(state, query, now);
    case 'record':
      return recordView(state, database, query.id);
    case 'targets':
      return state.serviceLevels.targets(query.id);
    case 'impact':
      return state.impact.impact(query);
    case 'health':
      return state.impact.health(query);
    case 'licence':
      return state.impact.licence(query);
    case 'known-errors':
      return state.problems.knownErrors.matches(query);
    case 'major-triggers':
      return findMajorTriggers(state.tables, (name) => state.settings.get(name), query);
    case 'recurrences':
      return state.problems.recurrences.view(query);
    case 'change':
      return state.changes.change(query);
    case 'change-slot':
      return state.changes.slot(query);
    case 'free-slots':
      return state.changes.freeSlots(query);
    case 'change-schedule':
      return state.changes.schedule(query);
    case 'change-conflicts':
      return state.changes.ownConflicts(query);
    case 'timeline':
      return timeline(state, database, query.id);
    case 'conflicts':
      return listConflicts(state, database, query);
    case 'refused':
      return listRefused(state);
  }
}

function choices(state: SpaceState, query: Extract<WatchQuery, { type: 'choices' }>): readonly Row[] {
  const sort = [{ field: state.tables.of(query.entity).definition.titleField, direction: 'ascending' }] as const;
  return state.lists.list({
    type: 'list',
    entity: query.entity,
    where: query.where,
    search: query.text,
    sort,
    offset: 0,
    limit: query.limit,
  }).rows;
}

async function recordView(state: SpaceState, database: Database, id: string): Promise<RecordView | null> {
  const body = (await state.store.read([id])).get(id);
  if (!body || !isShown(body.state)) return null;
  const values = valuesOf(body.state);
  const place = state.tables.find(id);
  return {
    entity: body.entity as EntityKind,
    id,
    values: place ? { ...values, ...place.table.derivedAt(place.row) } : values,
    titles: titlesOf(state, body.entity, values),
    createdAt: body.createdAt,
    updatedAt: body.updatedAt,
    pending: body.ownSeq > acknowledgedSeq(state),
    conflicts: await conflictsOf(body, database, state),
  };
}

/** Titles of the records a record points to, by field; for an element of a set by the whole field name. */
function titlesOf(
  state: SpaceState,
  entity: string,
  values: Readonly<Record<string, FieldValue>>,
): Record<string, string> {
  const definition = [...state.tables.all()].find((table) => table.kind === entity)?.definition;
  const titles: Record<string, string> = {};
  for (const [field, value] of Object.entries(values)) {
    const [name = '', element] = field.split('/', 2);
    const type = definition?.fields[name];
    if (type?.type !== 'reference') continue;
    const id = element ?? value;
    if (typeof id === 'string') titles[field] = state.tables.titleOf(type.to, id);
  }
  return titles;
}

async function timeline(state: SpaceState, database: Database, id: string): Promise<readonly TimelineEntry[]> {
  const body = (await state.store.read([id])).get(id);
  if (!body) return [];
  const operations = await operationsOf(body, database, state);
  const acknowledged = acknowledgedSeq(state);
  return buildTimeline(body, operations, {
    titleOf: (kind, target) => state.tables.titleOf(kind, target),
    isPending: (operation) => ownNumber(state.meta, operation) > acknowledged,
  });
}
