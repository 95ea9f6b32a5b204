import { entities, schemaVersion } from '../../shared/domain/entities.ts';
import { voidingText } from '../../shared/sync/chain-proof.ts';
import { dotOfEntry, linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { dotOf, type Operation } from '../../shared/sync/operation.ts';
import type { PushAnswer } from '../../shared/sync/protocol.ts';
import type { PushLine } from '../../shared/sync/protocol-lines.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import { voidOperation, type Voiding } from '../../shared/sync/voiding.ts';
import { isSignedBy, type EndpointKeys } from '../keys.ts';
import type { SpaceRow, Store, StoreWriter } from '../store/store.ts';
import { Batch } from './batch.ts';
import { Mirror } from './mirror.ts';
import { purgeRecord, purgesIn, type Purged } from './purge-record.ts';
import { emptyPurged } from './purged-fields.ts';
import { firstUnknownParent, refuseOperation } from './refuse-operation.ts';
import { settleFork } from './settle-fork.ts';
import { answerBatch } from './system-writes.ts';
import { findVouchers, type Voucher } from './vouchers.ts';

/** What this endpoint can read; the rest waits for its upgrade (D14). */
const ownReader: Reader = { schemaVersion, knowsKind: (entity) => Object.hasOwn(entities, entity) };

type Standing = ReturnType<Batch['standing']>;

interface Answer {
  readonly voids: PushAnswer['voids'];
  readonly need: Record<string, number>;
  readonly ignored: PushAnswer['ignored'];
}

/** What holds for all entries of one push. */
interface Turn {
  readonly batch: Batch;
  readonly space: SpaceRow;
  readonly pusher: string;
  readonly vouchers: ReadonlyMap<Entry, Voucher>;
  readonly answer: Answer;
}

/**
 * Admission (D7): takes a push in one transaction. Hard: the device's chain, its owner, rights and values; what is
 * refused leaves a void in its place. Then soft: numbers and compensating operations. Repeating a push changes nothing.
 */
export class Admission {
  readonly #store: Store;
  readonly #keys: EndpointKeys;
  readonly #now: () => number;
  readonly #reader: Reader;
  #mirror: Mirror | null = null;

  constructor(store: Store, keys: EndpointKeys, now: () => number, reader: Reader = ownReader) {
    this.#store = store;
    this.#keys = keys;
    this.#now = now;
    this.#reader = reader;
  }

  /** What waits for this version is applied at its start, before anybody reads. */
  async start(): Promise<void> {
    const waits = await this.#store.read(async (store) => await store.waiting());
    if (waits.length > 0) await this.#store.write(async (store) => await this.#release(store));
  }

  async #release(store: StoreWriter): Promise<void> {
    const mirror = await Mirror.read(store, await store.space());
    this.#mirror = null;
    const batch = new Batch(store, mirror, this.#now(), this.#reader);
    await batch.release();
    await batch.flush();
  }

  async push(pusher: string, lines: readonly PushLine[]): Promise<PushAnswer> {
    try {
      return await this.#store.write(async (store) => await this.#admit(store, pusher, lines));
    } catch (error) {
      // What the transaction did to the mirror did not happen.
      this.#mirror = null;
      throw error;
    }
  }

  /**
   * Empties a record for good, and the entries of its log: all text of it; of a person, what is personal. `user` is the
   * person who asks for it. What it touched is told; a second time there is nothing left to do.
   */
  async purge(record: { readonly entity: string; readonly id: string }, user: string): Promise<Purged> {
    const purged = await this.#store.write(async (store) => {
      this.#mirror = null;
      const space = await store.space();
      const batch = new Batch(store, await Mirror.read(store, space), this.#now(), this.#reader);
      return await purgeRecord({ batch, store, space, now: this.#now() }, recordKey(record), user);
    });
    await this.#store.scrub();
    return purged;
  }

  async #admit(store: StoreWriter, pusher: string, lines: readonly PushLine[]): Promise<PushAnswer> {
    const space = await store.space();
    const mirror = this.#mirror?.isAsOf(space) === true ? this.#mirror : await Mirror.read(store, space);
    // Only put back at the end: a second try after a serialisation failure must not find half a batch.
    this.#mirror = null;
    const batch = new Batch(store, mirror, this.#now(), this.#reader);
    const entries = lines.flatMap((line) => (line.type === 'entry' ? [line] : []));
    await batch.prepare(entries.map((line) => line.entry));
    const vouchers = await findVouchers(batch, store, this.#keys, space.id, pusher, lines);
    const answer: Answer = { voids: [], need: {}, ignored: [] };
    const turn: Turn = { batch, space, pusher, vouchers, answer };
    for (const { entry, seal } of entries) {
      if (entry.type === 'voiding') await this.#receiveVoiding(turn, entry, entry.voiding, seal);
      else if (entry.type === 'operation') await this.#receiveOperation(turn, entry, entry.operation);
    }
    await answerBatch(batch, store, space, this.#now());
    await batch.flush();
    // Of an earlier life, brought back by a desk: what it emptied is emptied here, too.
    const purges = purgesIn(batch);
    if (purges.length > 0) await emptyPurged(store, purges);
    this.#mirror = purges.length > 0 ? null : mirror;
    const devices = new Set([pusher, ...entries.map(({ entry }) => linkOfEntry(entry).device)]);
    const held = [...devices].map((device) => [device, mirror.chains.get(device)?.seq ?? 0] as const);
    return { epoch: space.epoch, head: mirror.head, held: Object.fromEntries(held), ...answer };
  }

  async #receiveVoiding(turn: Turn, entry: Entry, voiding: Voiding, seal: string | null) {
    const { batch, space, pusher, answer } = turn;
    const { device } = voiding;
    const text = voidingText(space.id, voiding);
    const sealed = seal !== null && isSignedBy(this.#keys.publicKey, text, seal);
    const standing = batch.standing(entry);
    if (sealed && batch.hashOf(dotOf(voiding)) === voiding.hash) await batch.takeOut(voiding, seal);
    else if (standing === 'gap') answer.need[device] ??= batch.seqOf(device) + 1;
    else if (sealed && standing !== 'duplicate' && standing !== 'next')
      await this.#receiveForked(turn, entry, standing, { by: 'authority' });
    else if (standing !== 'next') return;
    else if (sealed) await batch.take(entry, seal);
    // What a device cannot get admitted it may withdraw itself, before anybody saw it.
    else if (device === pusher) await batch.take(entry, this.#keys.sign(text));
    else answer.ignored.push({ dot: dotOf(voiding), code: 'unsealed' });
  }

  async #receiveOperation(turn: Turn, entry: Entry, operation: Operation) {
    const { batch, vouchers, answer } = turn;
    const standing = batch.standing(entry);
    if (standing === 'duplicate') return;
    const voucher = vouchers.get(entry);
    const unknown = firstUnknownParent(batch, operation);
    // Nothing without a voucher goes on, not even what may belong to a losing chain.
    if (voucher === undefined && standing === 'gap')
      answer.need[operation.device] ??= batch.seqOf(operation.device) + 1;
    else if (voucher === undefined) answer.ignored.push({ dot: dotOf(operation), code: 'not-attested' });
    else if (unknown !== undefined && standing !== 'gap') answer.need[unknown] ??= batch.seqOf(unknown) + 1;
    else if (standing === 'next') await this.#judge(turn, operation, voucher);
    else await this.#receiveForked(turn, entry, standing, voucher);
  }

  /** What does not continue the chain held: of another chain of the same device (I8), or too early. */
  async #receiveForked(turn: Turn, entry: Entry, standing: Standing, voucher: Voucher): Promise<void> {
    const { batch, answer, space } = turn;
    const { device } = linkOfEntry(entry);
    const outcome = await settleFork(batch, entry, standing, {
      admit: async (each) => {
        if (each.type === 'operation') await this.#judge(turn, each.operation, voucher);
        else if (each.type === 'voiding') await batch.take(each, this.#seal(space, each.voiding));
      },
      // It was admitted under its old name.
      rename: async (each) =>
        void (await batch.take(each, each.type === 'voiding' ? this.#seal(space, each.voiding) : null)),
    });
    if (outcome === 'gap') answer.need[device] ??= batch.seqOf(device) + 1;
    if (outcome === 'foreign-hash') answer.ignored.push({ dot: dotOfEntry(entry), code: 'foreign-hash' });
  }

  async #judge({ batch, space, answer }: Turn, operation: Operation, voucher: Voucher): Promise<void> {
    const refusal = voucher.by === 'authority' ? null : await refuseOperation(batch, voucher.author, operation);
    if (refusal === null) {
      await batch.take({ type: 'operation', operation }, null);
      return;
    }
    const voiding = voidOperation(operation, refusal.code, batch.mirror.voidingOf);
    await batch.take({ type: 'voiding', voiding }, this.#seal(space, voiding));
    const { code, write, field, expected } = refusal;
    const { device, seq } = operation;
    answer.voids.push({ device, seq, code, entity: write.entity, id: write.id, field, expected });
  }

  #seal(space: SpaceRow, voiding: Voiding): string {
    return this.#keys.sign(voidingText(space.id, voiding));
  }
}
