import type { Body } from './body.ts';
import type { BodyCache } from './body-cache.ts';
import { packBody, packedId, unpackBody } from './body-codec.ts';
import type { PackedBody } from './body-codec.ts';
import { DamagedDatabase } from './damaged-database.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Bodies a segment row holds: about 50 KB. Above 64 KB Chromium stores a value as a blob, and every read and write gets dear. */
export const bodiesPerSegment = 20;

/**
 * Where bodies live: changed lately in `delta`, else in a `segment`. A segment is never changed in place: the new
 * version gets a new key and the old one goes in the same transaction, so that whatever is newer than the saved
 * columns is found at start by its key alone.
 */
export class BodyStore {
  readonly #database: Database;
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
    this.#cache = cache;
    this.#tables = tables;
    this.#inDelta = inDelta;
    this.#segments = { ...segments };
  }

  get deltaSize(): number {
    return this.#inDelta.size;
  }
  get lastSegment(): number {
    return this.#segments.lastKey;
  }

  cached(id: string): Body | undefined {
    return this.#cache.get(id);
  }

  /** Bodies by id; an id without a record is absent. Throws when one is not where it must be. */
  async read(ids: readonly string[]): Promise<Map<string, Body>> {
    const found = new Map<string, Body>();
    for (let wanted = ids; ;) {
      const moves = this.#moves;
      const missing = await this.#readOnce(wanted, found);
      const [first] = missing;
      if (!first) return found;
      await this.#moving;
      if (moves === this.#moves)
        throw new DamagedDatabase(`the body of record ${first.id} is missing from ${first.from}`);
      wanted = missing.map(({ id }) => id);
    }
  }

  /** @returns what was not where it was when the reading began */
  async #readOnce(ids: readonly string[], found: Map<string, Body>): Promise<readonly { id: string; from: string }[]> {
    const fromDelta: string[] = [];
    const fromSegments = new Map<number, string[]>();
    for (const id of new Set(ids)) {
      const cached = this.#cache.get(id);
      if (cached) found.set(id, cached);
      else if (this.#inDelta.has(id)) fromDelta.push(id);
      else {
        const place = this.#tables.find(id);
        const key = place?.table.segmentAt(place.row) ?? 0;
        if (key !== 0) fromSegments.set(key, [...(fromSegments.get(key) ?? []), id]);
      }
    }
    const missing: { id: string; from: string }[] = [];
    const take = (packed: PackedBody | undefined, id: string, from: string): void => {
      const newer = this.#cache.get(id);
      if (newer) found.set(id, newer);
      else if (packed) {
        const body = unpackBody(packed);
        this.#cache.put(body);
        found.set(id, body);
      } else missing.push({ id, from });
    };
    const deltas = fromDelta.length > 0 ? await this.#database.delta.bulkGet(fromDelta) : [];
    deltas.forEach((row, index) => {
      take(row?.body, fromDelta[index] ?? '', 'delta');
    });
    const keys = [...fromSegments.keys()];
    const segments = keys.length > 0 ? await this.#database.segments.bulkGet(keys) : [];
    segments.forEach((row, index) => {
      const key = keys[index] ?? 0;
      for (const id of fromSegments.get(key) ?? [])
        take(
          row?.bodies.find((body) => packedId(body) === id),
          id,
          `segment ${key}`,
        );
    });
    return missing;
  }

  /** Within a transaction over `delta`: bodies that one user action changed. */
  async putDelta(bodies: readonly Body[]): Promise<void> {
    await this.#database.delta.bulkPut(bodies.map((body) => ({ id: body.id, body: packBody(body) })));
  }

  markInDelta(ids: Iterable<string>): void {
    for (const id of ids) this.#inDelta.add(id);
  }

  /**
   * Within a transaction over `segments` and `layout`: bodies that came in bulk and are in no segment yet.
   * Returns what to call once the transaction is committed.
   */
  async addSegments(bodies: readonly Body[]): Promise<() => void> {
    const rows = chunk(bodies, bodiesPerSegment).map((part, index) => ({
      key: this.#segments.lastKey + 1 + index,
      part,
    }));
    await this.#database.segments.bulkPut(rows.map(({ key, part }) => ({ key, bodies: part.map(packBody) })));
    const segments = { count: this.#segments.count + rows.length, lastKey: this.#segments.lastKey + rows.length };
    await this.#database.layout.put({ name: 'segments', ...segments });
    return () => {
      this.#segments = segments;
      for (const { key, part } of rows) for (const body of part) this.#placed(body.id, key);
    };
  }

  #placed(id: string, segment: number): void {
    const place = this.#tables.find(id);
    if (place) place.table.placeIn(place.row, segment);
  }

  /**
   * Moves up to `limit` bodies from delta into segments, in one relaxed transaction: whatever it does can be lost
   * and done again, since the rows it replaces go only with it. Must not overlap a commit. Returns how many remain.
   */
  consolidate(limit: number): Promise<number> {
    const moving = this.#consolidate(limit);
    this.#moving = moving.catch(() => undefined);
    return moving;
  }

  async #consolidate(limit: number): Promise<number> {
    const ids = [...this.#inDelta].slice(0, limit);
    if (ids.length === 0) return 0;
    const moved: { readonly key: number; readonly ids: readonly string[] }[] = [];
    let segments = this.#segments;
    await this.#database.transaction(
      'rw',
      [this.#database.delta, this.#database.segments, this.#database.layout],
      async () => {
        const rows = await this.#database.delta.bulkGet(ids);
        const changed = new Map<string, PackedBody>();
        rows.forEach((row) => {
          if (row) changed.set(row.id, row.body);
        });
        if (changed.size < ids.length)
          throw new DamagedDatabase(`${ids.length - changed.size} bodies are missing from delta`);
        const old = new Set<number>();
        for (const id of ids) {
          const place = this.#tables.find(id);
          const key = place ? place.table.segmentAt(place.row) : 0;
          if (key !== 0) old.add(key);
        }
        const oldKeys = [...old];
        const oldRows = await this.#database.segments.bulkGet(oldKeys);
        const bodies: PackedBody[] = [];
        const seen = new Set<string>();
        for (const row of oldRows) {
          for (const body of row?.bodies ?? []) {
            const id = packedId(body);
            const newer = changed.get(id);
            // A body still in delta beyond this slice keeps its older version here: delta is read over it.
            bodies.push(newer ?? body);
            seen.add(id);
          }
        }
        for (const [id, body] of changed) if (!seen.has(id)) bodies.push(body);
        const parts = chunk(bodies, bodiesPerSegment);
        parts.forEach((part, index) =>
          moved.push({ key: this.#segments.lastKey + 1 + index, ids: part.map(packedId) }),
        );
        segments = {
          count: this.#segments.count - oldKeys.length + parts.length,
          lastKey: this.#segments.lastKey + parts.length,
        };
        await this.#database.segments.bulkPut(
          parts.map((part, index) => ({ key: this.#segments.lastKey + 1 + index, bodies: part })),
        );
        await this.#database.segments.bulkDelete(oldKeys);
        await this.#database.delta.bulkDelete(ids);
        await this.#database.layout.put({ name: 'segments', ...segments });
      },
    );
    this.#segments = segments;
    for (const id of ids) this.#inDelta.delete(id);
    for (const { key, ids: placed } of moved) for (const id of placed) this.#placed(id, key);
    this.#moves += 1;
    return this.#inDelta.size;
  }
}

function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
