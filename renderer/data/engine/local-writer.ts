import type { Change } from '../../../shared/domain/change.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { Body } from '../storage/body.ts';
import { logRow, operationLine, operationsPerRow } from '../storage/operation-lines.ts';
import type { OperationLine } from '../storage/operation-lines.ts';
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
    const firstKey = meta.lastLogKey + 1;
    const lines: OperationLine[] = [];
    const changed = new Set<string>();
    for (const intent of intents) {
      const logKey = firstKey + Math.floor(lines.length / operationsPerRow);
      const operation = buildOperation(intent, meta, this.#now(), bodies);
      for (const id of applyOperation(operation, { logKey, own: true }, meta.vector, bodies)) changed.add(id);
      meta = advanceMeta(meta, operation, logKey, hashOperation(operation));
      lines.push(operationLine(operation));
    }
    this.#state.meta = meta;
    const newest = [...changed].map((id) => bodies.get(id)).filter((body): body is Body => body !== undefined);
    const commits = commitsOf(lines, firstKey, newest, stored, bulk, this.#state);
    for (const body of newest) this.#state.cache.pin(body.id);
    for (const { log } of commits) this.#state.unwritten.set(log.key, log);
    showBodies(this.#state, newest);
    const saved = Promise.all(commits.map((commit) => this.#queue.add(commit))).then(() => {
      for (const body of newest) this.#state.cache.unpin(body.id);
      for (const { log } of commits) this.#state.unwritten.delete(log.key);
    });
    return { dots: lines.map((line) => dotOf(line.operation)), ids: [...changed], saved };
  }
}

/** One commit for each log row; bodies and meta go with the last, so that all are queued, and written, together. */
function commitsOf(
  lines: readonly OperationLine[],
  firstKey: number,
  bodies: readonly Body[],
  stored: ReadonlySet<string>,
  bulk: boolean,
  state: SpaceState,
): readonly Commit[] {
  const commits: Commit[] = [];
  for (let at = 0; at < lines.length; at += operationsPerRow) {
    const part = lines.slice(at, at + operationsPerRow);
    const [head] = part;
    const last = at + operationsPerRow >= lines.length;
    const fresh = (body: Body): boolean => bulk && !stored.has(body.id);
    commits.push({
      log: { key: firstKey + at / operationsPerRow, ...logRow(part) },
      journal: head ? { first: head.operation.seq, texts: part.map((line) => line.text) } : null,
      bodies: last ? bodies.filter((body) => !fresh(body)) : [],
      segments: last ? bodies.filter(fresh) : [],
      meta: state.meta,
    });
  }
  return commits;
}
