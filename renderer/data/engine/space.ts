import type { Refusal } from '../../../shared/domain/change.ts';
import { prepareCommand } from '../../../shared/domain/commands.ts';
import type { DecisionContext } from '../../../shared/domain/command.ts';
import { fail, succeed } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { deviceTag, formatReference } from '../../../shared/sync/reference.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Dot, Operation } from '../../../shared/sync/operation.ts';
import type { CommandOutcome, WatchQuery, WatchResults } from '../data-api.ts';
import type { Database } from '../storage/database.ts';
import { answerQuery } from './answers.ts';
import type { SpaceQuery } from './answers.ts';
import { refuse } from '../../../shared/domain/refusal.ts';
import { rootIdOf } from './apply-operation.ts';
import { parentsOfChange } from './build-operation.ts';
import type { Intent } from './build-operation.ts';
import type { CommitQueue, RemoteChanges } from './commit-queue.ts';
import { LocalWriter } from './local-writer.ts';
import type { Written } from './local-writer.ts';
import { findOperations, operationsOf } from './operation-log.ts';
import { readRows } from './read-rows.ts';
import type { SpaceState } from './space-state.ts';
import { changesMaxBytes, splitChanges } from './split-changes.ts';
import { Turn } from './turn.ts';
import { planUndo } from './undo.ts';

/** Clock and chance, passed in. */
export interface Environment {
  readonly now: () => number;
  readonly newId: () => string;
}

/** Bulk work was refused because nothing may be written at the moment; nothing of it was applied. */
export class ReadOnlySpace extends Error {}

/** An open space: decides, writes and answers. Everything that touches its data goes through here, one turn at a time. */
export class Space {
  readonly state: SpaceState;
  readonly database: Database;
  readonly queue: CommitQueue;
  readonly #writer: LocalWriter;
  readonly #environment: Environment;
  readonly #turn = new Turn();
  /** Set while nothing may be written: disk full, damage. */
  readOnly: Refusal | null = null;

  constructor(state: SpaceState, database: Database, queue: CommitQueue, environment: Environment) {
    this.state = state;
    this.database = database;
    this.queue = queue;
    this.#environment = environment;
    this.#writer = new LocalWriter(state, queue, environment.now);
  }

  /** Runs a command and resolves when it is saved, or with the reason it was refused. */
  async command(name: string, input: unknown): Promise<CommandOutcome> {
    // Also here: work that holds the turn may be waiting for the same full disk.
    if (this.readOnly) return fail(this.readOnly);
    const written = await this.#turn.run(() => this.#decide(name, input));
    return written.ok ? saved(written.value) : written;
  }

  async #decide(name: string, input: unknown): Promise<Result<Written, Refusal>> {
    if (this.readOnly) return fail(this.readOnly);
    const prepared = prepareCommand(name, input);
    if (!prepared.ok) return prepared;
    const rows = await readRows(this.state, prepared.value.reads);
    const references = new Map(Object.entries(this.state.meta.references));
    const decided = prepared.value.decide(rows, this.#context(references));
    if (!decided.ok) return decided;
    this.state.meta = { ...this.state.meta, references: Object.fromEntries(references) };
    const bodies = await this.state.store.read(decided.value.map(rootIdOf));
    const parts = splitChanges(decided.value, (change) => parentsOfChange(change, bodies));
    const tooLarge = parts.find(({ bytes }) => bytes > changesMaxBytes);
    if (tooLarge) return refuse('too-large', { values: { max: changesMaxBytes, actual: tooLarge.bytes } });
    const { user } = this.state.meta;
    const intents = parts.map(({ changes }): Intent => ({ command: name, user, changes }));
    return succeed(await this.#writer.write(intents, false));
  }

  /** A fresh device reference for what is planned outside a decision (import); counted even if it is not used. */
  newReference(prefix: string): string {
    const references = new Map(Object.entries(this.state.meta.references));
    const reference = this.#context(references).newReference(prefix);
    this.state.meta = { ...this.state.meta, references: Object.fromEntries(references) };
    return reference;
  }

  #context(references: Map<string, number>): DecisionContext {
    const tag = deviceTag(this.state.meta.device, Object.keys(this.state.meta.vector));
    return {
      now: this.#environment.now(),
      user: this.state.meta.user,
      newId: this.#environment.newId,
      newReference: (prefix) => {
        const count = (references.get(prefix) ?? 0) + 1;
        references.set(prefix, count);
        return formatReference({ prefix, tag, count });
      },
      setting: (setting) => this.state.settings.get(setting),
    };
  }

  /** Undoes operations as one new action; refuses when everything they did has been changed since. */
  async undo(dots: readonly Dot[]): Promise<CommandOutcome> {
    if (this.readOnly) return fail(this.readOnly);
    const written = await this.#turn.run(async (): Promise<Result<Written, Refusal>> => {
      if (this.readOnly) return fail(this.readOnly);
      const intents: Intent[] = [];
      let skipped = 0;
      // Newest first: each undo finds the state that its operation left.
      for (const operation of (await findOperations(dots, this.database, this.state)).toReversed()) {
        const plan = await this.#planUndo(operation, intents.length + 1, new Set(dots));
        skipped += plan.skipped;
        const frame = { command: `undo:${operation.command}`.slice(0, 64), user: this.state.meta.user };
        if (plan.changes.length > 0) intents.push({ ...frame, changes: plan.changes });
        for (const { change, parents } of plan.restored) intents.push({ ...frame, changes: [change], parents });
      }
      if (intents.length === 0) return fail({ kind: skipped > 0 ? 'changed-since' : 'nothing-to-undo' });
      return succeed(await this.#writer.write(intents, false));
    });
    return written.ok ? saved(written.value) : written;
  }

  async #planUndo(
    operation: Operation,
    ahead: number,
    together: ReadonlySet<Dot>,
  ): Promise<ReturnType<typeof planUndo>> {
    const bodies = await this.state.store.read(operation.writes.map((write) => rootIdOf(write)));
    const history: Operation[] = [];
    for (const body of bodies.values()) history.push(...(await operationsOf(body, this.database, this.state)));
    // A deletion has seen what its own operation writes beside the mark (the name of the record an entry belongs to).
    const { vector, device } = this.state.meta;
    const seen = { ...vector, [device]: seqOf(vector, device) + ahead };
    const waiting = [...this.state.remote.quarantined.values()].map((each) => each.operation);
    return planUndo(operation, bodies.values(), history, seen, waiting, together);
  }

  /**
   * Writes many intents (import, demo) in one commit; resolves when saved, throws ReadOnlySpace. Given as a function they are prepared within
   * the turn, so that nobody writes between what they were decided from and the commit.
   */
  async writeBulk(intents: readonly Intent[] | (() => Promise<readonly Intent[]>)): Promise<readonly Dot[]> {
    const mustBeWritable = (): void => {
      if (this.readOnly) throw new ReadOnlySpace(`the space is read-only: ${this.readOnly.kind}`);
    };
    mustBeWritable();
    const written = await this.#turn.run(async () => {
      mustBeWritable();
      const prepared = typeof intents === 'function' ? await intents() : intents;
      return prepared.length === 0 ? null : this.#writer.write(prepared, true);
    });
    await written?.saved;
    return written?.dots ?? [];
  }

  /** Runs work that reads and changes the space between two commands. */
  inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#turn.run(work);
  }

  /** Writes what is prepared within the turn, with rows of the exchange; null when there is nothing to write. */
  async rewrite(
    prepare: (state: SpaceState) => { readonly intents: readonly Intent[]; readonly remote: RemoteChanges } | null,
  ): Promise<CommandOutcome> {
    if (this.readOnly) return fail(this.readOnly);
    const written = await this.#turn.run(async (): Promise<Result<Written, Refusal>> => {
      if (this.readOnly) return fail(this.readOnly);
      const prepared = prepare(this.state);
      if (!prepared) return fail({ kind: 'nothing-to-change' });
      return succeed(await this.#writer.write(prepared.intents, false, prepared.remote));
    });
    return written.ok ? saved(written.value) : written;
  }

  answer(query: SpaceQuery): WatchResults[WatchQuery['type']] | Promise<WatchResults[WatchQuery['type']]> {
    return answerQuery(this.state, this.database, query, this.#environment.now());
  }
}

async function saved(written: Written): Promise<CommandOutcome> {
  await written.saved;
  return succeed({ dots: written.dots, ids: written.ids });
}
