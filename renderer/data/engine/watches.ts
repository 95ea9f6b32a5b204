import type { WatchQuery, WatchResults } from '../data-api.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { RowTest } from '../columns/filter.ts';

type Result = WatchResults[WatchQuery['type']];

/** How a watch answers and what can change its answer. */
export interface WatchSource {
  readonly answer: (query: WatchQuery) => Result | Promise<Result>;
  /** Membership test of a list-like query; null when any change of the kind concerns it. */
  readonly testOf: (query: WatchQuery) => RowTest | null;
  readonly schedule: (run: () => void) => void;
}

interface Watch {
  readonly query: WatchQuery;
  readonly test: RowTest | null;
  readonly tell: (result: Result) => void;
  dirty: boolean;
  running: boolean;
}

/**
 * Live queries. A change marks only the watches it concerns: a list is asked again when a changed row was or is in its
 * result. All that changed in one turn is told once.
 */
export class Watches {
  readonly #source: WatchSource;
  readonly #watches = new Map<string, Watch>();
  #scheduled = false;

  constructor(source: WatchSource) {
    this.#source = source;
  }

  add(key: string, query: WatchQuery, tell: (result: Result) => void): void {
    const watch: Watch = { query, test: this.#source.testOf(query), tell, dirty: true, running: false };
    this.#watches.set(key, watch);
    void this.#run(watch);
  }

  remove(key: string): void {
    this.#watches.delete(key);
  }

  removeAll(prefix: string): void {
    for (const key of this.#watches.keys()) if (key.startsWith(prefix)) this.#watches.delete(key);
  }

  /** Before rows change: whoever shows one of them now must hear of it. `ids` are the records that will change. */
  beforeChange(table: ColumnTable, ids: readonly string[]): void {
    for (const watch of this.#watches.values()) {
      if (watch.dirty || !concerns(watch.query, table, ids)) continue;
      const { test, query } = watch;
      // A test knows the rows of its own kind only; the name of a row of another kind may stand in any of the result.
      const isOwnKind = 'entity' in query && query.entity === table.kind;
      watch.dirty =
        test === null ||
        !isOwnKind ||
        ids.some((id) => {
          const row = table.rowOf(id);
          return row !== undefined && test(row);
        });
    }
  }

  afterChange(table: ColumnTable, ids: readonly string[]): void {
    this.beforeChange(table, ids);
    this.#flushSoon();
  }

  /** Something other than rows changed (status, acknowledgement): ask these again. */
  refresh(concerned: (query: WatchQuery) => boolean): void {
    for (const watch of this.#watches.values()) if (concerned(watch.query)) watch.dirty = true;
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#source.schedule(() => {
      this.#scheduled = false;
      for (const watch of this.#watches.values()) if (watch.dirty && !watch.running) void this.#run(watch);
    });
  }

  async #run(watch: Watch): Promise<void> {
    watch.running = true;
    while (watch.dirty) {
      watch.dirty = false;
      const answer = this.#source.answer(watch.query);
      watch.tell(answer instanceof Promise ? await answer : answer);
    }
    watch.running = false;
  }
}

/** Kinds that phases, risk and conflicts of changes are computed from. */
const changeKinds: ReadonlySet<string> = new Set([
  'change',
  'approval',
  'asset',
  'asset-relation',
  'service',
  'person',
  'blackout',
  'maintenance-window',
  'setting',
]);

/** Kinds that impact, health and licences are computed from. */
const impactKinds: ReadonlySet<string> = new Set(['asset', 'asset-relation', 'service', 'person', 'ticket']);

function concerns(query: WatchQuery, table: ColumnTable, ids: readonly string[]): boolean {
  switch (query.type) {
    case 'record':
    case 'targets':
    case 'timeline':
      // Titles of the people and queues it points to may change too.
      return ids.includes(query.id) || table.kind !== 'ticket';
    case 'impact':
    case 'health':
    case 'licence':
      return impactKinds.has(table.kind);
    case 'known-errors':
      return table.kind === 'known-error';
    case 'major-triggers':
      return ['ticket', 'service', 'major-incident', 'setting'].includes(table.kind);
    case 'recurrences':
      return table.kind === 'ticket' || table.kind === 'recurrence-dismissal';
    case 'change':
      return changeKinds.has(table.kind) || table.kind === 'ticket';
    case 'change-slot':
    case 'free-slots':
    case 'change-schedule':
    case 'change-conflicts':
      return changeKinds.has(table.kind);
    case 'conflicts':
    case 'search':
      return true;
    case 'status':
    case 'job':
    case 'sync':
    case 'presence':
    case 'editing':
    case 'refused':
      return false;
    case 'list':
    case 'counts':
    case 'facet':
    case 'choices':
      return query.entity === table.kind || table.kind !== 'ticket';
  }
}
