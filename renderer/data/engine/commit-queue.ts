import type { Body } from '../storage/body.ts';
import type { BodyStore } from '../storage/body-store.ts';
import { encodeBody } from '../storage/body-codec.ts';
import { putRows } from '../storage/raw-rows.ts';
import type { KeysToDelete, RowsToPut } from '../storage/raw-rows.ts';
import type { Database, LogRow, MetaRow } from '../storage/database.ts';
import type { RemoteRows } from '../storage/remote-rows.ts';

/** Consecutive own operations as JSON, one a text, without line breaks. `first` is the number of the first. */
export interface JournalLines {
  readonly first: number;
  readonly texts: readonly string[];
}

/** What a commit changes in the stores of the exchange with endpoints. */
export interface RemoteChanges {
  readonly put: Pick<RowsToPut, keyof RemoteRows>;
  readonly deleted: Pick<KeysToDelete, keyof RemoteRows>;
}

/** One or more operations to make durable together, with everything they changed. */
export interface Commit {
  /** Rows new in the log, or written again. */
  readonly log: readonly (LogRow & { readonly key: number })[];
  /** Own operations among them; null when the journal holds them already or never will. */
  readonly journal: JournalLines | null;
  /** Newest version of each body changed that is stored already or changed by hand: goes to delta. */
  readonly bodies: readonly Body[];
  /** Bodies new in a bulk commit: packed into segments at once. */
  readonly segments: readonly Body[];
  readonly remote?: RemoteChanges;
  /** Whether a power cut may take it back: only what the endpoint sends again. */
  readonly relaxed?: true;
  /** The space after the commit. */
  readonly meta: MetaRow;
}

/** The journal in main: resolves when the lines are on the disk; rejects with what the shell said. */
export interface JournalWriter {
  readonly append: (lines: JournalLines) => Promise<void>;
}

export interface QueueHealth {
  /** A write failed, for the how-manieth time: nothing more is accepted until `recovered`. */
  readonly failed: (detail: string, attempt: number) => void;
  readonly recovered: () => void;
  /** True once the space could not be opened: what is still to be written is not tried again. */
  readonly isGivenUp: () => boolean;
  /** Reading failed: whether the error is damage is judged there. */
  readonly readFailed: (error: unknown) => void;
}

interface Queued {
  readonly commit: Commit;
  readonly saved: () => void;
}

const secureAgainMs = 500;

/**
 * Makes commits durable in their order: one strict transaction and one journal append for all that came while the
 * last ones were being written (group commit). A commit is saved when both hold it (D8). When a write fails, the
 * commit stays and is tried again; nothing is dropped and nothing later overtakes it.
 */
export class CommitQueue {
  readonly #database: Database;
  readonly #store: BodyStore;
  readonly #journal: JournalWriter;
  readonly #health: QueueHealth;
  readonly #wait: (ms: number) => Promise<void>;
  #queued: Queued[] = [];
  #turn: Promise<void> = Promise.resolve();
  #unwritten = 0;
  /** What of the group under way is written. */
  #writing: { database: boolean; journal: boolean } | null = null;

  constructor(
    database: Database,
    store: BodyStore,
    journal: JournalWriter,
    health: QueueHealth,
    wait: (ms: number) => Promise<void>,
  ) {
    this.#database = database;
    this.#store = store;
    this.#journal = journal;
    this.#health = health;
    this.#wait = wait;
  }

  /** True while everything applied in memory is durable. */
  get idle(): boolean {
    return this.#unwritten === 0;
  }

  /** Resolves when the commit is saved. */
  async add(commit: Commit): Promise<void> {
    this.#unwritten += 1;
    const saved = new Promise<void>((resolve) => this.#queued.push({ commit, saved: resolve }));
    this.#turn = this.#turn.then(() => this.#writeQueued());
    await saved;
  }

  /** Runs work on the stores between two commits. */
  exclusive<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work);
    this.#turn = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /**
   * Resolves when the journal holds everything that waits, whatever becomes of the database: then this worker may end,
   * and the next start takes it from there.
   */
  async secure(): Promise<void> {
    while (this.#writing?.journal === false) await this.#wait(secureAgainMs);
    for (;;) {
      try {
        await this.#writeJournal(this.#queued.map(({ commit }) => commit));
        return;
      } catch (error) {
        this.#health.failed(`journal: ${String(error)}`, 1);
        await this.#wait(secureAgainMs);
      }
    }
  }

  async #writeQueued(): Promise<void> {
    const group = this.#queued;
    if (group.length === 0) return;
    this.#queued = [];
    const commits = group.map((queued) => queued.commit);
    const state = { database: false, journal: false };
    this.#writing = state;
    for (let attempt = 1; !state.database || !state.journal; attempt += 1) {
      if (this.#health.isGivenUp()) return;
      const failures = await this.#tryOnce(commits, state);
      if (failures.length === 0) {
        if (attempt > 1) this.#health.recovered();
        break;
      }
      this.#health.failed(failures.join(' | '), attempt);
      await this.#wait(Math.min(500 * attempt, 2_000));
    }
    this.#writing = null;
    this.#unwritten -= group.length;
    for (const { saved } of group) saved();
  }

  /** Both copies at once; on a later attempt only what is still missing. */
  async #tryOnce(commits: readonly Commit[], state: { database: boolean; journal: boolean }): Promise<string[]> {
    const failures: string[] = [];
    const attempt = async (copy: 'database' | 'journal', write: () => Promise<void>): Promise<void> => {
      if (state[copy]) return;
      try {
        await write();
        state[copy] = true;
      } catch (error) {
        failures.push(`${copy}: ${String(error)}`);
      }
    };
    await Promise.all([
      // The journal has the longer way: it goes first.
      attempt('journal', () => this.#writeJournal(commits)),
      attempt('database', () => this.#writeDatabase(commits)),
    ]);
    return failures;
  }

  /** What several commits add to the journal follows each other: it goes in one append. */
  async #writeJournal(commits: readonly Commit[]): Promise<void> {
    const parts = commits.flatMap(({ journal }) => journal ?? []);
    const [head] = parts;
    if (!head) return;
    const texts: string[] = [];
    for (const part of parts) {
      if (part.first !== head.first + texts.length)
        throw new Error(`operation ${part.first} does not follow ${head.first + texts.length - 1} in the queue`);
      texts.push(...part.texts);
    }
    await this.#journal.append({ first: head.first, texts });
  }

  async #writeDatabase(commits: readonly Commit[]): Promise<void> {
    const last = commits.at(-1);
    if (!last) return;
    const newest = new Map<string, Body>();
    for (const commit of commits) for (const body of commit.bodies) newest.set(body.id, body);
    const inBulk = commits.flatMap((commit) => commit.segments);
    const segments = inBulk.length > 0 ? this.#store.planSegments(inBulk) : null;
    await putRows(
      this.#database,
      {
        ...mergeByStore<RowsToPut>(commits.map(({ remote }) => remote?.put ?? {})),
        ops: commits.flatMap((commit) => commit.log),
        delta: [...newest.values()].map((body) => ({ id: body.id, body: encodeBody(body) })),
        segments: segments?.rows ?? [],
        layout: segments ? [segments.layout] : [],
        meta: [last.meta],
      },
      // What a person did must survive a power cut; Chromium's default (relaxed) does not.
      commits.every(({ relaxed }) => relaxed) ? 'relaxed' : 'strict',
      mergeByStore<KeysToDelete>(commits.map(({ remote }) => remote?.deleted ?? {})),
    );
    this.#store.markInDelta(newest.keys());
    segments?.placed();
  }
}

/** By store, what several commits have for it, in their order: of two rows with one key the later one stays. */
function mergeByStore<Rows extends RowsToPut | KeysToDelete>(parts: readonly Rows[]): Rows {
  const merged = new Map<string, readonly unknown[]>();
  for (const part of parts)
    for (const [name, rows] of Object.entries(part)) merged.set(name, [...(merged.get(name) ?? []), ...rows]);
  // Each store's rows were put under its own name.
  return Object.fromEntries(merged) as Rows;
}
