import type { Change } from '../../../shared/domain/change.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot, Operation } from '../../../shared/sync/operation.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Body } from '../storage/body.ts';
import type { MetaRow } from '../storage/database.ts';
import { LogFiller, logRow } from '../storage/operation-lines.ts';
import { applyOperation, rootIdOf } from './apply-operation.ts';
import { advanceMeta, buildOperation } from './build-operation.ts';
import type { Intent } from './build-operation.ts';
import type { Commit, CommitQueue, RemoteChanges } from './commit-queue.ts';
import { ownNumber } from './own-number.ts';
import { appliedBy } from './remote-state.ts';
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

  /**
   * Writes intents as one commit. `bulk` packs new records into segments and fills log rows; `remote` goes with it into
   * the stores of the exchange.
   */
  async write(intents: readonly Intent[], bulk: boolean, remote?: RemoteChanges): Promise<Written> {
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
      const logKey = log.add({ text });
      const applied = appliedBy(this.#state.remote, meta.vector);
      for (const id of applyOperation(operation, { logKey, ownNumber: ownNumber(meta, operation) }, applied, bodies))
        changed.add(id);
      meta = noteWaiting(advanceMeta(meta, operation, logKey, hash), operation);
      dots.push(dotOf(operation));
    }
    const newest = [...changed].map((id) => bodies.get(id)).filter((body): body is Body => body !== undefined);
    const fresh = (body: Body): boolean => bulk && !stored.has(body.id);
    const texts = log.rows.flatMap((row) => row.lines.map((line) => line.text));
    const commit: Commit = {
      log: log.rows.map(logRow),
      journal: texts.length > 0 ? { first: seqOf(this.#state.meta.vector, meta.device) + 1, texts } : null,
      bodies: newest.filter((body) => !fresh(body)),
      segments: newest.filter(fresh),
      ...(remote === undefined ? {} : { remote }),
      meta,
    };
    this.#state.meta = meta;
    for (const body of newest) this.#state.cache.pin(body.id);
    for (const row of commit.log) this.#state.unwritten.set(row.key, row);
    showBodies(this.#state, newest);
    const saved = this.#queue.add(commit).then(() => {
      for (const body of newest) this.#state.cache.unpin(body.id);
      for (const row of commit.log) this.#state.unwritten.delete(row.key);
    });
    return { dots, ids: [...changed], saved };
  }
}

/** Since when something waits for the network; nothing does while there is no authority. */
function noteWaiting(meta: MetaRow, { at }: Operation): MetaRow {
  const isFirst = meta.acknowledgedSeq !== null && (meta.waitingSince ?? null) === null;
  return isFirst ? { ...meta, waitingSince: at[0] } : meta;
}
