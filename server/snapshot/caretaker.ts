import type { Endpoint } from '../endpoint.ts';
import type { SpaceRow } from '../store/store.ts';
import { coolLog } from './cool-log.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { countBranches, readOffered, type OfferedSnapshot } from './snapshot-book.ts';

export interface CareOptions {
  /** A snapshot is made when the last one is older than this and anything came since. ms. */
  readonly snapshotEveryMs: number;
  /** Or when so many entries came since. */
  readonly snapshotEveryEntries: number;
  /** Entries older than this, that a snapshot stands for, go cold; null: none does. ms. */
  readonly keepLogMs: number | null;
}

const dayMs = 24 * 3_600_000;
export const defaultCare: CareOptions = {
  snapshotEveryMs: dayMs,
  snapshotEveryEntries: 50_000,
  keepLogMs: 400 * dayMs,
};

const lookEveryMs = 60_000;
/** The first snapshot, if it may not be made later anyhow. */
const firstSnapshotEntries = 2_000;
/** Records put into a snapshot for one entry that came, at most. */
const entryPaysForRecords = 4;
/** One that is not the newest stays as long as somebody may be fetching it. */
const unusedAtLeastMs = 3_600_000;
/** Forks may make snapshots useless one after the other: they are not made more often than this for it. */
const remadeAtMostEveryMs = 10 * 60_000;

/** Makes and drops snapshots and lets the log go cold, beside the requests. Failures are told, and tried again later. */
export class Caretaker {
  readonly #endpoint: Endpoint;
  readonly #options: CareOptions;
  readonly #tell: (error: unknown) => void;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #isAtWork = false;

  constructor(endpoint: Endpoint, options: CareOptions, tell: (error: unknown) => void) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#tell = tell;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), lookEveryMs).unref();
    void this.look();
  }

  /** Ends what is under way between two slices; the store may be closed afterwards. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#work;
  }

  /** Does what is due. A second call while one is at work waits for that one. */
  async look(): Promise<void> {
    if (!this.#isAtWork && !this.#stopping.signal.aborted) {
      this.#isAtWork = true;
      this.#work = this.#care().finally(() => (this.#isAtWork = false));
    }
    await this.#work;
  }

  async #care(): Promise<void> {
    const { store, now } = this.#endpoint;
    const pace = { now, rest: 1, signal: this.#stopping.signal };
    try {
      if (await this.#isDue()) await makeSnapshot(store, pace);
      await this.#dropOld();
      if (this.#options.keepLogMs !== null) await coolLog(store, now() - this.#options.keepLogMs, pace);
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#tell(error);
    }
  }

  async #isDue(): Promise<boolean> {
    const { store, now } = this.#endpoint;
    return await store.read(async (reader) => {
      const space = await reader.space();
      const offered = await readOffered(reader, await countBranches(reader));
      const lastMadeAt = Math.max(0, ...(await reader.archive.snapshots()).map(({ madeAt }) => madeAt ?? 0));
      return isSnapshotDue(space, offered[0], lastMadeAt, this.#options, now());
    });
  }

  async #dropOld(): Promise<void> {
    const { store, now } = this.#endpoint;
    await store.write(async (writer) => {
      const offered = await readOffered(writer, await countBranches(writer));
      const newest = offered[0]?.row;
      for (const row of await writer.archive.snapshots()) {
        if (row.madeAt === null || row.hash === newest?.hash) continue;
        const isOffered = offered.some((each) => each.row.hash === row.hash);
        const sinceMs = now() - Math.max(row.usedAt, newest?.madeAt ?? 0);
        if (!isOffered || sinceMs > unusedAtLeastMs) await writer.archive.dropSnapshot(row.hash);
      }
    });
  }
}

function isSnapshotDue(
  space: SpaceRow,
  newest: OfferedSnapshot | undefined,
  lastMadeAt: number,
  { snapshotEveryMs, snapshotEveryEntries }: CareOptions,
  now: number,
): boolean {
  // A desk that is older than the log that is kept has nothing else to begin with.
  if (newest === undefined && (space.minPosition > 0 || lastMadeAt > 0)) return now - lastMadeAt >= remadeAtMostEveryMs;
  const grown = space.head - (newest?.row.position ?? 0);
  const sinceMs = now - (newest?.row.madeAt ?? space.createdAt);
  return grown >= entriesUntilNext(newest, snapshotEveryEntries) || (grown > 0 && sinceMs >= snapshotEveryMs);
}

/**
 * A snapshot costs as much as there are records: how many entries pay for the next one grows with them, so that an
 * operation costs the same whatever came before it. A young space makes its first ones early: the log costs a new desk
 * several times what a snapshot does.
 */
function entriesUntilNext(newest: OfferedSnapshot | undefined, everyEntries: number): number {
  if (newest === undefined) return Math.min(everyEntries, firstSnapshotEntries);
  const records = newest.book.parts.reduce((sum, part) => sum + part.records, 0);
  const whileYoung = Math.max(firstSnapshotEntries, newest.row.position);
  return Math.max(Math.min(everyEntries, whileYoung), Math.floor(records / entryPaysForRecords));
}
