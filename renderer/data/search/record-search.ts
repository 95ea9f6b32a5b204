import { analyserVersion } from '../../../shared/search/analyse.ts';
import { SearchIndex } from '../../../shared/search/search-index.ts';
import type { Body } from '../storage/body.ts';
import { decodeBody } from '../storage/body-codec.ts';
import type { BodyStore } from '../storage/body-store.ts';
import type { Tables } from '../storage/tables.ts';
import { fieldWeights, recordTexts, searchedKinds, textsVersion } from './record-texts.ts';
import { SearchDatabase } from './search-database.ts';

/** Bodies that are indexed at once, within the change that brought them; more wait for the background. */
const atOnce = 64;
/** Records between two pauses, so that no answer waits noticeably. */
const recordsPerStep = 32;

export interface SearchRoom {
  readonly pause: () => Promise<void>;
  /** The index became whole or took in what had waited: what shows found records asks again. */
  readonly caughtUp: () => void;
  readonly log: (error: unknown) => void;
}

/**
 * The full-text index of a space: loaded after start, kept up with every change, saved at rest, and built anew in the
 * background when it is missing, damaged or of another version. Derived from the bodies alone.
 */
export class RecordSearch {
  readonly #tables: Tables;
  readonly #store: BodyStore;
  readonly #database: SearchDatabase;
  index = new SearchIndex(fieldWeights.length);
  /** Records to be indexed from their bodies. */
  readonly #waiting = new Set<string>();
  #room: SearchRoom | null = null;
  #isPumping = false;
  #savedVersion = -1;
  #isWhole = false;

  constructor(tables: Tables, store: BodyStore, databaseName: string) {
    this.#tables = tables;
    this.#store = store;
    this.#database = new SearchDatabase(databaseName, `${analyserVersion}.${textsVersion}`);
  }

  /** Whether every record is in the index. */
  get isWhole(): boolean {
    return this.#isWhole && this.#waiting.size === 0;
  }

  /** Loads what was saved and indexes what came since. Called once, when the first lists are on screen. */
  async start(room: SearchRoom): Promise<void> {
    const saved = await this.#load(room);
    const came = this.index;
    if (saved) {
      this.index = new SearchIndex(fieldWeights.length, saved.parts);
      // What changed while it was read is indexed again.
      for (const part of came.parts) for (const id of part.ids) this.#waiting.add(id);
    }
    for (const kind of searchedKinds) {
      const table = this.#tables.of(kind);
      for (let row = 0; row < table.size; row += 1) {
        const id = table.idAt(row);
        const isNewer = saved === null || this.#store.isInDelta(id) || table.segmentAt(row) > saved.segment;
        if (isNewer ? !(saved === null && this.index.has(id)) : table.isDeleted(row) === this.index.has(id))
          this.#waiting.add(id);
      }
    }
    this.#room = room;
    this.#isWhole = true;
    await this.#pump();
  }

  async #load(room: SearchRoom): Promise<{ readonly segment: number; readonly parts: SearchIndex['sealed'] } | null> {
    try {
      const saved = await this.#database.load(fieldWeights.length);
      return saved !== null && saved.segment <= this.#store.lastSegment ? saved : null;
    } catch (error) {
      room.log(error);
      return null;
    }
  }

  /** Must hear of every changed body. Few are indexed at once; many wait, so that an import is not held up. */
  take(bodies: readonly Body[]): void {
    if (bodies.length > atOnce || (this.#waiting.size > 0 && bodies.length > 1)) {
      for (const { id } of bodies) this.#waiting.add(id);
      if (this.#room) void this.#pump();
      return;
    }
    for (const body of bodies) {
      this.#waiting.delete(body.id);
      this.#put(body);
    }
  }

  #put(body: Body): void {
    const texts = recordTexts(body);
    if (texts) this.index.put(body.id, texts);
    else this.index.remove(body.id);
  }

  async #pump(): Promise<void> {
    const room = this.#room;
    if (!room || this.#isPumping) return;
    this.#isPumping = true;
    try {
      const hadWork = this.#waiting.size > 0;
      while (this.#waiting.size > 0) {
        await room.pause();
        await this.#step();
      }
      for (const compaction = this.index.compact(); compaction.next().done !== true;) await room.pause();
      if (hadWork) room.caughtUp();
    } catch (error) {
      // Read again with the next change, or at the next start.
      room.log(error);
    } finally {
      this.#isPumping = false;
    }
  }

  async #step(): Promise<void> {
    const ids: string[] = [];
    for (const id of this.#waiting) {
      ids.push(id);
      if (ids.length === recordsPerStep) break;
    }
    // Not through the cache: the whole space would push out what the person works with.
    const texts = await this.#store.readTexts(ids);
    for (const id of ids) {
      // It changed meanwhile and was taken as it is now.
      if (!this.#waiting.delete(id)) continue;
      const text = texts.get(id);
      if (text === undefined) this.index.remove(id);
      else this.#put(decodeBody(text));
    }
  }

  /** Saves what changed; at rest, while all that was applied is durable. Nothing while records wait. */
  async save(): Promise<void> {
    if (!this.isWhole || this.#isPumping || this.#room === null || this.#savedVersion === this.index.version) return;
    const { version } = this.index;
    this.index.seal();
    try {
      await this.#database.save({ segment: this.#store.lastSegment, parts: this.index.sealed });
      this.#savedVersion = version;
    } catch (error) {
      // Derived, in a database of its own: that it cannot be written says nothing about the records.
      this.#room.log(error);
    }
  }

  close(): void {
    this.#database.close();
  }
}
