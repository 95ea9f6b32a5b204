import type { Body } from './body.ts';
import type { BodyCache } from './body-cache.ts';
import { decodeBody, encodeBody } from './body-codec.ts';
import { DamagedDatabase } from './damaged-database.ts';
import type { Database, LayoutRow, SegmentRow } from './database.ts';
import { getRows, putRows } from './raw-rows.ts';
import { SharedReads } from './shared-reads.ts';
import type { Tables } from './tables.ts';

/** Most of a segment row. Rows stay below 64 KB also when a character takes two bytes, see operation-lines.ts. */
const mostBodies = 64;
const mostCharacters = 30_000;

/** A body in its stored form. */
interface StoredBody {
  readonly id: string;
  readonly text: string;
}

/** Segments to be written; `placed` is to be called once they are. */
export interface SegmentPlan {
  readonly rows: readonly SegmentRow[];
  readonly layout: LayoutRow;
  readonly placed: () => void;
}

/**
 * Where bodies live: changed lately in `delta`, else in a `segment`. A segment is never changed in place: the new
 * version gets a new key and the old one goes in the same transaction, so that whatever is newer than the saved
 * columns is found at start by its key alone.
 */
export class BodyStore {
  readonly #database: Database;
  readonly #deltaRows: SharedReads<'delta'>;
  readonly #segmentRows: SharedReads<'segments'>;
  readonly #cache: BodyCache;
  readonly #tables: Tables;
  readonly #inDelta: Set<string>;
  #segments: { count: number; lastKey: number };
  /** The consolidation under way, and how many have ended: a body may move while it is being read. */
  #moving: Promise<unknown> = Promise.resolve();
  #moves = 0;

  constructor(
    database: Database,
    cache: BodyCache,
    tables: Tables,
    inDelta: Set<string>,
    segments: { count: number; lastKey: number },
  ) {
    this.#database = database;
    this.#deltaRows = new SharedReads(database, 'delta');
    this.#segmentRows = new SharedReads(database, 'segments');
    this.#cache = cache;
    this.#tables = tables;
    this.#inDelta = inDelta;
    this.#segments = { ...segments };
  }

  get deltaSize(): number {
    return this.#inDelta.size;
  }
  isInDelta(id: string): boolean {
    return this.#inDelta.has(id);
  }
  get lastSegment(): number {
    return this.#segments.lastKey;
  }

  cached(id: string): Body | undefined {
    return this.#cache.get(id);
  }

  /** Bodies by id; an id without a record is absent. Throws when one is not where it must be. */
  read(ids: readonly string[]): Promise<Map<string, Body>> {
    return this.#readWith(
      ids,
      (body) => body,
      (text) => {
        const body = decodeBody(text);
        this.#cache.put(body);
        return body;
      },
    );
  }

  /** As `read`, in stored form: for a copy of everything, which need be neither understood nor kept in memory. */
  readTexts(ids: readonly string[]): Promise<Map<string, string>> {
    return this.#readWith(ids, encodeBody, (text) => text);
  }

  async #readWith<Value>(
    ids: readonly string[],
    ofBody: (body: Body) => Value,
    ofText: (text: string) => Value,
  ): Promise<Map<string, Value>> {
    const found = new Map<string, Value>();
    const take = (id: string, text: string | undefined): void => {
      // What is in memory is newer than what was read, if they differ.
      const inMemory = this.#cache.get(id);
      if (inMemory) found.set(id, ofBody(inMemory));
      else if (text !== undefined) found.set(id, ofText(text));
    };
    let wanted: readonly string[] = [...new Set(ids)];
    for (;;) {
      const moves = this.#moves;
      for (const id of wanted) take(id, undefined);
      await this.#readStored(
        wanted.filter((id) => !found.has(id)),
        take,
      );
      const missing = wanted.filter((id) => !found.has(id) && (this.#inDelta.has(id) || this.#segmentOf(id) !== 0));
      const [first] = missing;
      if (first === undefined) return found;
      await this.#moving;
      if (moves === this.#moves) throw this.#missing(first);
      wanted = missing;
    }
  }

  async #readStored(ids: readonly string[], take: (id: string, text: string | undefined) => void): Promise<void> {
    const fromDelta = ids.filter((id) => this.#inDelta.has(id));
    const bySegment = new Map<number, string[]>();
    for (const id of ids) {
      const key = this.#inDelta.has(id) ? 0 : this.#segmentOf(id);
      if (key === 0) continue;
      const inSegment = bySegment.get(key);
      if (inSegment) inSegment.push(id);
      else bySegment.set(key, [id]);
    }
    const keys = [...bySegment.keys()];
    const [deltas, segments] = await Promise.all([
      fromDelta.length > 0 ? this.#deltaRows.read(fromDelta) : [],
      keys.length > 0 ? this.#segmentRows.read(keys) : [],
    ]);
    fromDelta.forEach((id, index) => {
      take(id, deltas[index]?.body);
    });
    keys.forEach((key, index) => {
      const row = segments[index];
      for (const id of bySegment.get(key) ?? []) take(id, row?.bodies[row.ids.indexOf(id)]);
    });
  }

  #missing(id: string): DamagedDatabase {
    const where = this.#inDelta.has(id) ? 'delta' : `segment ${this.#segmentOf(id)}`;
    return new DamagedDatabase(`the body of record ${id} is missing from ${where}`);
  }

  #segmentOf(id: string): number {
    const place = this.#tables.find(id);
    return place ? place.table.segmentAt(place.row) : 0;
  }

  markInDelta(ids: Iterable<string>): void {
    for (const id of ids) this.#inDelta.add(id);
  }

  /** Segments for bodies that came in bulk and are in no segment yet. */
  planSegments(bodies: readonly Body[]): SegmentPlan {
    const rows = this.#cut(bodies.map((body) => ({ id: body.id, text: encodeBody(body) })));
    const layout = this.#layoutAfter(rows, 0);
    return {
      rows,
      layout,
      placed: () => {
        this.#settle(rows, layout);
      },
    };
  }

  #cut(bodies: readonly StoredBody[]): readonly SegmentRow[] {
    const rows: { key: number; ids: string[]; bodies: string[] }[] = [];
    let characters = 0;
    for (const { id, text } of bodies) {
      let row = rows.at(-1);
      if (!row || row.ids.length >= mostBodies || characters + text.length > mostCharacters) {
        row = { key: this.#segments.lastKey + 1 + rows.length, ids: [], bodies: [] };
        rows.push(row);
        characters = 0;
      }
      row.ids.push(id);
      row.bodies.push(text);
      characters += text.length;
    }
    return rows;
  }

  #layoutAfter(added: readonly SegmentRow[], removed: number): LayoutRow {
    const { count, lastKey } = this.#segments;
    return { name: 'segments', count: count + added.length - removed, lastKey: lastKey + added.length };
  }

  /** What is in memory follows what has been committed. */
  #settle(rows: readonly SegmentRow[], { count, lastKey }: LayoutRow): void {
    this.#segments = { count, lastKey };
    for (const { key, ids } of rows) for (const id of ids) this.#placed(id, key);
  }

  #placed(id: string, segment: number): void {
    const place = this.#tables.find(id);
    if (place) place.table.placeIn(place.row, segment);
  }

  /**
   * Moves up to `limit` bodies from delta into segments, in one relaxed transaction: whatever it does can be lost
   * and done again, since the rows it replaces go only with it. Read before it is opened, so that a write that fails is
   * known from a read that does. Must not overlap a commit. Returns how many remain.
   */
  consolidate(limit: number): Promise<number> {
    const moving = this.#consolidate(limit);
    this.#moving = moving.catch(() => undefined);
    return moving;
  }

  async #consolidate(limit: number): Promise<number> {
    const ids = [...this.#inDelta].slice(0, limit);
    if (ids.length === 0) return 0;
    const changed = new Map<string, string>();
    for (const row of await getRows(this.#database, 'delta', ids)) if (row) changed.set(row.id, row.body);
    if (changed.size < ids.length)
      throw new DamagedDatabase(`${ids.length - changed.size} bodies are missing from delta`);
    const oldKeys = [...new Set(ids.map((id) => this.#segmentOf(id)))].filter((key) => key !== 0);
    const bodies: StoredBody[] = [];
    for (const row of await getRows(this.#database, 'segments', oldKeys)) {
      row?.ids.forEach((id, index) => {
        // A body still in delta beyond this slice keeps its older version here: delta is read over it.
        bodies.push({ id, text: changed.get(id) ?? row.bodies[index] ?? '' });
        changed.delete(id);
      });
    }
    for (const [id, text] of changed) bodies.push({ id, text });
    const rows = this.#cut(bodies);
    const after = this.#layoutAfter(rows, oldKeys.length);
    await putRows(this.#database, { segments: rows, layout: [after] }, 'relaxed', { segments: oldKeys, delta: ids });
    for (const id of ids) this.#inDelta.delete(id);
    this.#settle(rows, after);
    this.#moves += 1;
    return this.#inDelta.size;
  }
}
