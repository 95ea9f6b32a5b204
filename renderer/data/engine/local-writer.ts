import type { Change } from '../../../shared/domain/change.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { Body } from '../storage/body.ts';
import { LogFiller, logRow } from '../storage/operation-lines.ts';
import type { FilledRow } from '../storage/operation-lines.ts';
import { applyOperation, rootIdOf } from './apply-operation.ts';
import { advanceMeta, buildOperation } from './build-operation.ts';
import type { Intent } from './build-operation.ts';
import type { Commit, CommitQueue } from './commit-queue.ts';
import { showBodies } from './space-state.ts';
import type { SpaceState } from './space-state.ts';

export interface Written {
  readonly dots: readonly Dot[];
  readonly ids: readonly string[];
  /** Resolves when both copies hold it. */
  readonly saved: Promise<void>;
}

/**
 * The one write path of this device: operations are made, applied in memory and shown at once, then queued to become
 * durable. Callers hold the turn (one at a time), so that what was read is still true when it is written.
 */
export class LocalWriter {
  readonly #state: SpaceState;
  readonly #queue: CommitQueue;
  readonly #now: () => number;

  constructor(state: SpaceState, queue: CommitQueue, now: () => number) {
    this.#state = state;
    this.#queue = queue;
    this.#now = now;
  }

  /** Writes intents as one commit. `bulk` packs new records into segments and fills log rows. */
  async write(intents: readonly Intent[], bulk: boolean): Promise<Written> {
    const bodies = await this.#state.store.read(
      intents.flatMap((intent) => intent.changes.map((change: Change) => rootIdOf(change))),
    );
    const stored = new Set(bodies.keys());
    let meta = this.#state.meta;
    const log = new LogFiller(meta.lastLogKey + 1);
    const dots: Dot[] = [];
    const changed = new Set<string>();
    for (const intent of intents) {
      const { operation, text, hash } = sealOperation(buildOperation(intent, meta, this.#now(), bodies));
      const logKey = log.add({ operation, text });
      for (const id of applyOperation(operation, { logKey, own: true }, meta.vector, bodies)) changed.add(id);
      meta = advanceMeta(meta, operation, logKey, hash);
      dots.push(dotOf(operation));
    }
    this.#state.meta = meta;
    const newest = [...changed].map((id) => bodies.get(id)).filter((body): body is Body => body !== undefined);
    const commits = commitsOf(log.rows, newest, stored, bulk, this.#state);
    for (const body of newest) this.#state.cache.pin(body.id);
    for (const { log } of commits) this.#state.unwritten.set(log.key, log);
    showBodies(this.#state, newest);
    const saved = Promise.all(commits.map((commit) => this.#queue.add(commit))).then(() => {
      for (const body of newest) this.#state.cache.unpin(body.id);
      for (const { log } of commits) this.#state.unwritten.delete(log.key);
    });
    return { dots, ids: [...changed], saved };
  }
}

/** One commit for each log row; bodies and meta go with the last, so that all are queued, and written, together. */
function commitsOf(
  rows: readonly FilledRow[],
  bodies: readonly Body[],
  stored: ReadonlySet<string>,
  bulk: boolean,
  state: SpaceState,
): readonly Commit[] {
  const fresh = (body: Body): boolean => bulk && !stored.has(body.id);
  return rows.map((row, index) => {
    const last = index === rows.length - 1;
    const [head] = row.lines;
    return {
      log: logRow(row),
      journal: head ? { first: head.operation.seq, texts: row.lines.map((line) => line.text) } : null,
      bodies: last ? bodies.filter((body) => !fresh(body)) : [],
      segments: last ? bodies.filter(fresh) : [],
      meta: state.meta,
    };
  });
}
