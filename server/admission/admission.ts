import { entities, schemaVersion } from '../../shared/domain/entities.ts';
import type { RecordValues } from '../../shared/domain/change.ts';
import { refuseWrite, type WriteRefusal } from '../../shared/domain/permit-write.ts';
import { chainText, voidingText, type ChainAttestation } from '../../shared/sync/chain-proof.ts';
import { dotOfEntry, linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { dotOf, parseDot, type Operation, type Write } from '../../shared/sync/operation.ts';
import type { PushAnswer, VoidCode } from '../../shared/sync/protocol.ts';
import type { PushLine } from '../../shared/sync/protocol-lines.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import { voidOperation, type Voiding } from '../../shared/sync/voiding.ts';
import { isSignedBy, type EndpointKeys } from '../keys.ts';
import type { SpaceRow, Store, StoreWriter } from '../store/store.ts';
import { findAuthor, readMemberships, type Author } from './authors.ts';
import { Batch } from './batch.ts';
import { settleFork } from './settle-fork.ts';
import { Mirror } from './mirror.ts';
import { ownerKey } from './shown-record.ts';
import { answerBatch } from './system-writes.ts';

/** What this endpoint can read; the rest waits for its upgrade (D14). */
const ownReader: Reader = { schemaVersion, knowsKind: (entity) => Object.hasOwn(entities, entity) };

interface Refusal {
  readonly code: VoidCode;
  readonly write: Write;
  readonly field: string | null;
  readonly expected: string;
}

type Standing = ReturnType<Batch['standing']>;

interface Answer {
  readonly voids: PushAnswer['voids'];
  readonly need: Record<string, number>;
  readonly ignored: PushAnswer['ignored'];
}

/** Who vouches for the entries of a device in one push. */
type Voucher = { readonly by: 'author'; readonly author: Author } | { readonly by: 'authority' };

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
    const mirror = await Mirror.read(store, (await store.space()).head);
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

  async #admit(store: StoreWriter, pusher: string, lines: readonly PushLine[]): Promise<PushAnswer> {
    const space = await store.space();
    const mirror = this.#mirror?.head === space.head ? this.#mirror : await Mirror.read(store, space.head);
    // Only put back at the end: a second try after a serialisation failure must not find half a batch.
    this.#mirror = null;
    const batch = new Batch(store, mirror, this.#now(), this.#reader);
    const entries = lines.flatMap((line) => (line.type === 'entry' ? [line] : []));
    await batch.prepare(entries.map((line) => line.entry));
    const vouchers = await this.#vouchers(store, batch, space, pusher, lines);
    const answer: Answer = { voids: [], need: {}, ignored: [] };
    const turn: Turn = { batch, space, pusher, vouchers, answer };
    for (const { entry, seal } of entries) {
      if (entry.type === 'voiding') await this.#receiveVoiding(turn, entry, entry.voiding, seal);
      else if (entry.type === 'operation') await this.#receiveOperation(turn, entry, entry.operation);
    }
    await answerBatch(batch, store, space, this.#now());
    await batch.flush();
    this.#mirror = mirror;
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
    const refusal = voucher.by === 'authority' ? null : refuseOperation(batch, voucher.author, operation);
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

  /**
   * Who vouches for each operation: the device's own request, or a signature on its chain that covers it. Signed by
   * the authority itself, it was admitted before (in the life a backup did not keep) and is not judged again.
   */
  async #vouchers(
    store: StoreWriter,
    batch: Batch,
    space: SpaceRow,
    pusher: string,
    lines: readonly PushLine[],
  ): Promise<ReadonlyMap<Entry, Voucher>> {
    const memberships = (batch.mirror.memberships ??= await readMemberships(store));
    const vouchers = new Map<Entry, Voucher>();
    const chains = new Map<string, Entry[]>();
    for (const line of lines) {
      if (line.type !== 'entry') continue;
      const { device } = linkOfEntry(line.entry);
      chains.set(device, [...(chains.get(device) ?? []), line.entry]);
    }
    const owner = await findAuthor(store, pusher, memberships);
    for (const entry of chains.get(pusher) ?? []) if (owner) vouchers.set(entry, { by: 'author', author: owner });
    for (const line of lines) {
      if (line.type !== 'attestation') continue;
      const { attestation } = line;
      const voucher = await this.#voucherOf(store, space, attestation, memberships);
      if (voucher === undefined) continue;
      batch.attest(attestation.device, attestation.seq);
      if (attestation.device !== pusher || voucher.by === 'authority')
        for (const entry of vouchedBy(attestation, chains.get(attestation.device) ?? [])) vouchers.set(entry, voucher);
    }
    return vouchers;
  }

  async #voucherOf(
    store: StoreWriter,
    space: SpaceRow,
    attestation: ChainAttestation,
    memberships: ReadonlyMap<string, readonly string[]>,
  ): Promise<Voucher | undefined> {
    const text = chainText(space.id, attestation);
    if (isSignedBy(this.#keys.publicKey, text, attestation.signature)) return { by: 'authority' };
    const author = await findAuthor(store, attestation.device, memberships);
    return author && isSignedBy(author.device.publicKey, text, attestation.signature)
      ? { by: 'author', author }
      : undefined;
  }
}

/** The entries of a chain, as far back from the signed one as each names the hash of the one before. */
function vouchedBy({ seq, hash }: ChainAttestation, entries: readonly Entry[]): readonly Entry[] {
  const vouched: Entry[] = [];
  let wanted = { seq, hash };
  for (const entry of entries.toSorted((a, b) => linkOfEntry(b).seq - linkOfEntry(a).seq)) {
    const link = linkOfEntry(entry);
    if (link.seq !== wanted.seq || link.hash !== wanted.hash) continue;
    vouched.push(entry);
    wanted = { seq: link.seq - 1, hash: link.previousHash };
  }
  return vouched;
}

/** A device whose operation is named as replaced, but neither held nor vouched for: it could forestall a later one. */
function firstUnknownParent(batch: Batch, operation: Operation): string | undefined {
  for (const { parents } of operation.writes)
    for (const dot of Object.values(parents).flat()) {
      const { device, seq } = parseDot(dot);
      // What the device itself made before comes before it in its chain, held or in the same losing branch.
      if (device === operation.device) continue;
      const chain = batch.mirror.chains.get(device);
      if (seq > Math.max(chain?.seq ?? 0, chain?.attested ?? 0)) return device;
    }
  return undefined;
}

function refuseOperation(batch: Batch, { actor, persons }: Author, operation: Operation): Refusal | null {
  const [first] = operation.writes;
  const foreign = !persons.has(operation.user) && !actor.roles.includes('administrator');
  if (foreign && first !== undefined)
    return { code: 'not-your-user', write: first, field: null, expected: `user ${actor.person}` };
  // Whom the desk was before it was enrolled is the same person.
  const acting = { ...actor, person: persons.has(operation.user) ? operation.user : actor.person };
  for (const write of operation.writes) {
    const refusal: WriteRefusal | null = refuseWrite(acting, {
      entity: write.entity,
      id: write.id,
      fields: write.fields,
      before: batch.valuesOf(recordKey(write)),
      ticket: ticketOf(batch, operation, write),
      hasParents: Object.keys(write.parents).length > 0,
    });
    if (refusal) return { ...refusal, write };
  }
  return null;
}

function ticketOf(batch: Batch, operation: Operation, write: Write): RecordValues | undefined {
  const key = ownerKey(write.entity, write.fields) ?? batch.mirror.records.get(recordKey(write))?.partOf ?? null;
  if (key === null) return undefined;
  const written = operation.writes.find((each) => recordKey(each) === key)?.fields;
  return { ...written, ...batch.valuesOf(key) };
}
