import { schemaVersion } from '../../../shared/domain/entities.ts';
import { BodyCache } from '../storage/body-cache.ts';
import { BodyStore } from '../storage/body-store.ts';
import type { Database, MetaRow } from '../storage/database.ts';
import { Tables } from '../storage/tables.ts';
import { CommitQueue } from '../engine/commit-queue.ts';
import type { JournalWriter, QueueHealth } from '../engine/commit-queue.ts';
import { emptyRemote } from '../engine/remote-state.ts';
import { ListIndex } from '../engine/list-index.ts';
import { Space } from '../engine/space.ts';
import type { Environment } from '../engine/space.ts';
import { takeSetting } from '../engine/space-state.ts';
import type { SpaceState } from '../engine/space-state.ts';
import { Watches } from '../engine/watches.ts';
import { createProblemIndexes } from '../problems/problem-indexes.ts';
import { ImpactIndex } from '../impact/impact-index.ts';
import { ChangeIndex } from '../changes/change-index.ts';
import { ChangePhases } from '../changes/change-phases.ts';
import { readListWish } from '../search/list-search.ts';
import { RecordSearch } from '../search/record-search.ts';
import { ServiceLevels } from '../service-levels/service-levels.ts';
import { acknowledgedSeq } from '../engine/answers.ts';
import type { LoadedSpace } from './load-space.ts';
import { isExchangeQuery } from '../sync-port.ts';

/** Bodies kept in memory beyond those being written: a desk's working set. */
const cachedBodies = 2_000;

export interface SpaceParts {
  readonly database: Database;
  readonly journal: JournalWriter;
  readonly health: QueueHealth;
  readonly environment: Environment;
  readonly wait: (ms: number) => Promise<void>;
  readonly schedule: (run: () => void) => void;
}

export function emptySpace(database: Database, device: string): LoadedSpace {
  return {
    meta: emptyMeta(database.name, device),
    tables: new Tables(),
    inDelta: new Set(),
    segments: { count: 0, lastKey: 0 },
    settings: [],
    remote: emptyRemote(),
  };
}

function emptyMeta(databaseId: string, device: string): MetaRow {
  return {
    name: 'space',
    databaseId,
    schemaVersion,
    device,
    vector: {},
    hashes: {},
    clock: [0, 0],
    user: '',
    acknowledgedSeq: null,
    references: {},
    operations: 0,
    logRows: 0,
    lastLogKey: 0,
  };
}

/** Puts the parts of an open space together. */
export function assembleSpace(loaded: LoadedSpace, parts: SpaceParts): Space {
  const cache = new BodyCache(cachedBodies);
  const store = new BodyStore(parts.database, cache, loaded.tables, loaded.inDelta, loaded.segments);
  const search = new RecordSearch(loaded.tables, store, parts.database.name);
  const lists = new ListIndex(
    loaded.tables,
    () => acknowledgedSeq(state),
    (table, text) =>
      readListWish(table, text, search, {
        tables: loaded.tables,
        user: state.meta.user,
        now: parts.environment.now(),
      }),
  );
  const settings = new Map<string, unknown>();
  for (const body of loaded.settings) takeSetting(settings, body);
  const watches = new Watches({
    answer: (query) => {
      if (query.type === 'status' || query.type === 'job' || isExchangeQuery(query))
        throw new Error(`${query.type} is answered by the data service`);
      return watched(() => space.answer(query), parts.health.readFailed);
    },
    testOf: (query) => (query.type === 'list' ? lists.test(query.entity, query.where, query.search) : null),
    schedule: parts.schedule,
  });
  const impact = new ImpactIndex(loaded.tables, parts.environment.now);
  const state: SpaceState = {
    get serviceLevels() {
      return serviceLevels;
    },
    get changePhases() {
      return changePhases;
    },
    problems: createProblemIndexes({
      tables: loaded.tables,
      store: () => store,
      now: parts.environment.now,
      wait: parts.wait,
    }),
    search,
    impact,
    changes: new ChangeIndex({ tables: loaded.tables, impact, settings, now: parts.environment.now }),
    tables: loaded.tables,
    cache,
    store,
    lists,
    watches,
    settings,
    unwritten: new Map(),
    meta: loaded.meta,
    remote: loaded.remote,
  };
  const serviceLevels = new ServiceLevels(state);
  const changePhases = new ChangePhases(state);
  changePhases.deriveAll();
  const queue = new CommitQueue(parts.database, store, parts.journal, parts.health, parts.wait);
  const space = new Space(state, parts.database, queue, parts.environment);
  return space;
}

/** Runs a read; a failure is told before it is passed on. */
export function watched<Value>(
  read: () => Value | Promise<Value>,
  failed: QueueHealth['readFailed'],
): Value | Promise<Value> {
  const value = read();
  // What comes out of the columns is there at once, and stays so.
  if (!(value instanceof Promise)) return value;
  return value.catch((error: unknown) => {
    failed(error);
    throw error;
  });
}
