import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { entities, schemaVersion, type EntityKind } from '../../shared/domain/entities.ts';
import { waitsFor } from '../../shared/sync/quarantine.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import { parseState } from '../admission/mirror.ts';
import { sentText } from '../admission/record-trail.ts';
import { valuesShown } from '../admission/shown-record.ts';
import { readHeld, readWaiting } from '../http/pull-page.ts';
import type { RecordMark, SnapshotRow } from '../store/archive.ts';
import type { RecordRow, Store, StoreReader } from '../store/store.ts';
import { PartStream } from './part-stream.ts';
import { countBranches, digestOf, type SnapshotBook } from './snapshot-book.ts';

/** Records that belong to no other, read at once; their entries come with them. */
const sliceRecords = 200;
/** Places of parts, by stream: more than a stream has parts. */
const placesOfStream = 1_000_000;
/** Who makes a snapshot and gave no sign for so long has died. */
const silentAtMostMs = 5 * 60_000;

/** What nothing can be shown without; there are few of them. */
const setUpKinds = (Object.keys(entities) as EntityKind[]).filter(
  (kind) => !['ticket', 'ticket-entry', 'person', 'asset'].includes(kind),
);
const finished: ReadonlySet<unknown> = new Set(['resolved', 'closed', 'canceled']);

export interface SnapshotPace {
  /** Wall time in ms. */
  readonly now: () => number;
  /** Pause after each slice, in multiples of the time the slice took: 1 leaves half of the processor to requests. */
  readonly rest: number;
  /** Ends the work between two slices, with an error. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a snapshot of the space as it is now, while others read and write: records are read in slices of one moment,
 * parts are stored as they fill, and nothing but one part of each stream is in memory. Null while another process makes
 * one, or when there is nothing.
 */
export async function makeSnapshot(store: Store, pace: SnapshotPace): Promise<SnapshotRow | null> {
  const making = `making-${randomBytes(8).toString('hex')}`;
  if (!(await begin(store, making, pace.now()))) return null;
  try {
    return await store.read(async (reader) => await new Maker(store, reader, making, pace).make());
  } catch (error) {
    await store.write(async (writer) => await writer.archive.dropSnapshot(making));
    throw error;
  }
}

/** One at a time, also when several endpoints serve the space. Clears away what one that died had begun. */
async function begin(store: Store, making: string, now: number): Promise<boolean> {
  return await store.write(async (writer) => {
    for (const row of await writer.archive.snapshots()) {
      if (row.madeAt !== null) continue;
      if (now - row.usedAt < silentAtMostMs) return false;
      await writer.archive.dropSnapshot(row.hash);
    }
    await writer.archive.beginSnapshot(making, now);
    return true;
  });
}

class Maker {
  readonly #store: Store;
  readonly #reader: StoreReader;
  readonly #making: string;
  readonly #pace: SnapshotPace;
  readonly #open: PartStream;
  readonly #persons: PartStream;
  readonly #rest: PartStream;
  #waiting: readonly Operation[] = [];
  #leftOut = 0;
  #sliceBegan = performance.now();

  constructor(store: Store, reader: StoreReader, making: string, pace: SnapshotPace) {
    this.#store = store;
    this.#reader = reader;
    this.#making = making;
    this.#pace = pace;
    const keep = async (place: number, body: Uint8Array): Promise<void> =>
      await store.write(async (writer) => await writer.archive.putSnapshotPart(making, place, body, pace.now()));
    this.#open = new PartStream(0, keep);
    this.#persons = new PartStream(placesOfStream, keep);
    this.#rest = new PartStream(2 * placesOfStream, keep);
  }

  async make(): Promise<SnapshotRow | null> {
    const { head, epoch } = await this.#reader.space();
    const chains = (await this.#reader.chains()).filter(({ seq }) => seq > 0);
    this.#waiting = await readWaiting(this.#reader);
    for (const kind of setUpKinds) await this.#take(await this.#reader.recordsOf(kind), []);
    await this.#takeNewestFirst();
    await this.#takeOrphans();
    for (const stream of [this.#open, this.#persons, this.#rest]) await stream.end();
    const book: SnapshotBook = {
      schemaVersion,
      branches: await countBranches(this.#reader),
      leftOut: this.#leftOut,
      held: await readHeld(this.#reader),
      lastHash: Object.fromEntries(chains.map(({ device, hash }) => [device, hash])),
      parts: [...this.#open.parts, ...this.#persons.parts, ...this.#rest.parts],
    };
    return await this.#end(head, epoch, book);
  }

  async #end(position: number, epoch: string, book: SnapshotBook): Promise<SnapshotRow | null> {
    const text = JSON.stringify(book);
    const now = this.#pace.now();
    const row: SnapshotRow = {
      hash: digestOf(`${epoch}\n${position}\n${text}`),
      position,
      madeAt: now,
      usedAt: now,
      bytes: book.parts.reduce((sum, { bytes }) => sum + bytes, 0),
      parts: book.parts.length,
    };
    return await this.#store.write(async (writer) => {
      // Whoever purged meanwhile took away what was begun: it still has what must not be.
      const isThere = (await writer.archive.snapshots()).some(({ hash }) => hash === this.#making);
      if (isThere) await writer.archive.endSnapshot(this.#making, row, text);
      else await writer.archive.dropSnapshot(this.#making);
      return isThere ? row : null;
    });
  }

  async #takeNewestFirst(): Promise<void> {
    let mark: RecordMark | null = null;
    for (;;) {
      const rows: readonly RecordRow[] = await this.#reader.archive.recordsNewestFirst(mark, sliceRecords);
      const last = rows.at(-1);
      if (last === undefined) return;
      mark = last;
      const others = rows.filter(({ entity }) => !setUpKinds.some((kind) => kind === entity));
      await this.#take(others, await this.#reader.partsOf(others.map(({ record }) => record)));
      await this.#breathe();
    }
  }

  /** Entries whose record is not here: it was refused, or waits. */
  async #takeOrphans(): Promise<void> {
    let after = '';
    for (;;) {
      const owners = await this.#reader.archive.ownersOfParts(after, sliceRecords);
      const last = owners.at(-1);
      if (last === undefined) return;
      after = last;
      const found = new Set((await this.#reader.records(owners)).map(({ record }) => record));
      const lost = owners.filter((owner) => !found.has(owner));
      if (lost.length > 0) await this.#take(await this.#reader.partsOf(lost), []);
      await this.#breathe();
    }
  }

  async #take(rows: readonly RecordRow[], parts: readonly RecordRow[]): Promise<void> {
    const entries = new Map<string | null, RecordRow[]>();
    for (const part of parts) entries.set(part.partOf, [...(entries.get(part.partOf) ?? []), part]);
    for (const row of rows) {
      const whole = [row, ...(entries.get(row.record) ?? [])];
      const ready = whole.filter(({ record }) => !waitsFor(this.#waiting, record));
      this.#leftOut += whole.length - ready.length;
      const lines: string[] = [];
      for (const each of ready) lines.push(await sentText(this.#reader, each));
      if (lines.length > 0) await this.#streamOf(row).add(lines);
    }
  }

  #streamOf(row: RecordRow): PartStream {
    if (row.entity === 'person') return this.#persons;
    if (row.entity !== 'ticket') return setUpKinds.some((kind) => kind === row.entity) ? this.#open : this.#rest;
    const values = valuesShown(parseState(row));
    return finished.has(values['state']) ? this.#rest : this.#open;
  }

  /** Lets requests in, which share this process. */
  async #breathe(): Promise<void> {
    this.#pace.signal?.throwIfAborted();
    const tookMs = performance.now() - this.#sliceBegan;
    await pause(tookMs * this.#pace.rest);
    this.#sliceBegan = performance.now();
  }
}
