import type { RecordValues } from '../../shared/domain/change.ts';
import { linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { admitLink, type HashOf } from '../../shared/sync/admission.ts';
import { applyOperationWrite, foldRecord, recordKey } from '../../shared/sync/fold.ts';
import { encodeOperation } from '../../shared/sync/op-batch.ts';
import { dotOf, operationSchema, parseDot, type Dot, type Operation } from '../../shared/sync/operation.ts';
import { quarantineReason, readableNow, type Reader } from '../../shared/sync/quarantine.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { judgeVoiding, type Voiding } from '../../shared/sync/voiding.ts';
import type { NewEntry, StoreWriter } from '../store/store.ts';
import { entryOf, namesDot, newEntryOf, recordsOf } from './log-entry.ts';
import { asRecordRow, type HeldRecord, type Mirror } from './mirror.ts';
import { wordsOf } from './search-words.ts';
import { trailAfter, trailFrom } from './record-trail.ts';
import { ownerKey, valuesShown } from './shown-record.ts';

/** What one write did to one record, for those who answer it (numbers, verdicts). */
export interface AppliedWrite {
  readonly operation: Operation;
  readonly record: string;
  readonly before: RecordValues | undefined;
}

export type Receipt = 'applied' | 'quarantined' | 'voided' | 'duplicate' | 'gap' | 'foreign-hash';

/**
 * Folds entries into the space inside one transaction, by the functions every replica folds with. Nothing reaches the
 * store before `flush`, save where an entry is taken out again. Invariant: after `flush` the mirror equals the store.
 */
export class Batch {
  readonly #store: StoreWriter;
  readonly #mirror: Mirror;
  readonly #now: number;
  readonly #reader: Reader;
  readonly #rows: NewEntry[] = [];
  readonly #changed = new Map<string, number>();
  readonly #chains = new Set<string>();
  readonly #hashes = new Map<Dot, string>();
  readonly applied: AppliedWrite[] = [];

  constructor(store: StoreWriter, mirror: Mirror, now: number, reader: Reader) {
    this.#store = store;
    this.#mirror = mirror;
    this.#now = now;
    this.#reader = reader;
  }

  get mirror(): Mirror {
    return this.#mirror;
  }

  /** Reads at once what the entries will meet. */
  async prepare(entries: readonly Entry[]): Promise<void> {
    const ranges = new Map<string, [number, number]>();
    const keys = new Set<string>();
    for (const entry of entries) {
      const { device, seq } = linkOfEntry(entry);
      const [from, upTo] = ranges.get(device) ?? [seq, seq];
      // With the one before: where two chains part is seen by it.
      ranges.set(device, [Math.min(from, seq - 1), Math.max(upTo, seq)]);
      if (entry.type !== 'voiding')
        for (const write of entry.operation.writes) {
          keys.add(recordKey(write));
          const owner = ownerKey(write.entity, write.fields);
          if (owner !== null) keys.add(owner);
        }
    }
    for (const [device, [from, upTo]] of ranges) {
      const last = this.#mirror.chains.get(device)?.seq ?? 0;
      if (from > last) continue;
      for (const [seq, hash] of await this.#store.hashes(device, from, Math.min(upTo, last)))
        this.#hashes.set(`${device}:${seq}`, hash);
    }
    await this.#mirror.load(this.#store, keys);
    const owners = [...keys].flatMap((key) => this.#mirror.records.get(key)?.partOf ?? []);
    await this.#mirror.load(this.#store, owners);
  }

  /** Where an entry stands to its chain, before anything is decided about it. */
  standing(entry: Entry): 'next' | 'duplicate' | 'gap' | 'fork' | 'foreign-hash' {
    const link = linkOfEntry(entry);
    const chain = this.#mirror.chains.get(link.device);
    return admitLink(link, { [link.device]: chain?.seq ?? 0 }, this.hashOf);
  }

  /** Hash of what is held under a dot: of the last one of each device, and of all near what was prepared. */
  readonly hashOf: HashOf = (dot) => {
    const { device, seq } = parseDot(dot);
    const chain = this.#mirror.chains.get(device);
    return chain !== undefined && seq === chain.seq ? chain.hash : this.#hashes.get(dot);
  };

  /** Takes what continues its chain; the caller has admitted it. */
  async take(entry: Entry, seal: string | null): Promise<Receipt> {
    if (entry.type === 'excerpt') throw new Error('an excerpt is not whole and cannot be admitted');
    if (entry.type === 'voiding') return await this.#takeVoiding(entry.voiding, seal);
    const { operation } = entry;
    const waits = quarantineReason(operation, this.#reader) !== undefined;
    if (waits) {
      this.#mirror.waiting.set(dotOf(operation), operation);
      await this.#store.putWaiting(operation.device, operation.seq);
    } else this.#apply(operation);
    this.#append(entry, encodeOperation(operation), null, operation.writes.map(recordKey));
    // Writes that named this dot may have come while the other chain of a fork held it.
    if (this.#mirror.branches.forks.has(operation.device)) await this.#refold(operation.writes.map(recordKey));
    return waits ? 'quarantined' : 'applied';
  }

  /** Applies what waited for an upgrade and can be read now (D14). */
  async release(): Promise<void> {
    const readable = readableNow(this.#mirror.waiting.values(), this.#reader);
    await this.#mirror.load(
      this.#store,
      readable.flatMap((operation) => operation.writes.map(recordKey)),
    );
    for (const operation of readable) {
      this.#apply(operation);
      this.#mirror.waiting.delete(dotOf(operation));
      await this.#store.dropWaiting(operation.device, operation.seq);
    }
  }

  /** A refusal of what was admitted here: another life of this authority refused it. */
  async takeOut(voiding: Voiding, seal: string | null): Promise<Receipt> {
    const verdict = judgeVoiding(voiding, {
      voidingOf: this.#mirror.voidingOf,
      inSnapshot: () => false,
      hashOf: (dot) => this.#hashes.get(dot),
    });
    if (verdict !== 'take-out') return verdict === 'duplicate' ? 'duplicate' : 'foreign-hash';
    await this.flush();
    await this.#store.retire(voiding.device, voiding.seq, voiding.seq);
    await this.#store.dropWaiting(voiding.device, voiding.seq);
    this.#mirror.waiting.delete(dotOf(voiding));
    this.#mirror.voidings.set(dotOf(voiding), voiding);
    this.#rows.push(
      newEntryOf(voiding, 'voiding', { body: JSON.stringify(voiding), seal, records: [], receivedAt: this.#now }),
    );
    await this.#refoldRefused(voiding);
    return 'voided';
  }

  /**
   * Takes out what is held of a device from `seq` on: another chain has the name. Gives back what was there, in order;
   * undefined, with nothing done, when a part of it was purged: it is not whole and cannot go under another name.
   */
  async cut(device: string, seq: number): Promise<readonly Entry[] | undefined> {
    await this.flush();
    const rows = await this.#store.chainFrom(device, seq);
    if (rows.some(({ isPurged }) => isPurged)) return undefined;
    const losing = rows.map(entryOf);
    await this.#store.retire(device, seq);
    for (const row of rows) {
      await this.#store.dropWaiting(device, row.seq);
      this.#mirror.waiting.delete(dotOf(row));
      this.#mirror.voidings.delete(dotOf(row));
      this.#hashes.delete(dotOf(row));
    }
    const before = this.hashOf(`${device}:${seq - 1}`) ?? '';
    const attested = this.#mirror.chains.get(device)?.attested ?? 0;
    this.#mirror.chains.set(device, { device, seq: seq - 1, hash: before, attested });
    this.#chains.add(device);
    await this.#refold(losing.flatMap(recordsOf));
    return losing;
  }

  /** Highest sequence number held of a device. */
  seqOf(device: string): number {
    return this.#mirror.chains.get(device)?.seq ?? 0;
  }

  valuesOf(key: string): RecordValues | undefined {
    const held = this.#mirror.records.get(key);
    return held ? valuesShown(held.state) : undefined;
  }

  stateOf(key: string): RecordState | undefined {
    return this.#mirror.records.get(key)?.state;
  }

  /** The operation held under a dot, also one of this batch; undefined when it is not held or was refused. */
  async operationAt(dot: Dot): Promise<Operation | undefined> {
    const { device, seq } = parseDot(dot);
    const pending = this.#rows.find((row) => row.device === device && row.seq === seq);
    const [row] = pending === undefined ? await this.#store.chainFrom(device, seq, seq) : [pending];
    return row?.kind === 'operation' ? operationSchema.parse(JSON.parse(row.body)) : undefined;
  }

  /** Where the log has what is held under a dot; infinite while it is not written yet, 0 when it is not held. */
  async positionOf(dot: Dot): Promise<number> {
    const { device, seq } = parseDot(dot);
    const pending = this.#rows.find((row) => row.device === device && row.seq === seq);
    if (pending !== undefined) return pending.kind === 'operation' ? Number.POSITIVE_INFINITY : 0;
    const [row] = await this.#store.chainFrom(device, seq, seq);
    return row?.kind === 'operation' ? row.position : 0;
  }

  /** Up to where a device signed its chain: dots up to there exist, although they may not be here. */
  attest(device: string, seq: number): void {
    const chain = this.#mirror.chains.get(device) ?? { device, seq: 0, hash: '', attested: 0 };
    if (seq <= chain.attested) return;
    this.#mirror.chains.set(device, { ...chain, attested: seq });
    this.#chains.add(device);
  }

  /** Writes all that was taken; the new head is the store's. */
  async flush(): Promise<void> {
    const { records, chains } = this.#mirror;
    if (this.#rows.length > 0) this.#mirror.head = await this.#store.append(this.#rows.splice(0));
    const changed = [...this.#changed].flatMap(([key, position]) => {
      const held = records.get(key);
      return held ? [{ key, position, held }] : [];
    });
    await this.#store.putRecords(changed.map(({ key, position, held }) => asRecordRow(key, position, held)));
    await this.#store.putWords(changed.flatMap(({ key, held }) => wordsOf(key, held.state) ?? []));
    await this.#store.dropRecords([...this.#changed.keys()].filter((key) => records.get(key) === null));
    const ends = [...this.#chains].flatMap((device) => chains.get(device) ?? []);
    if (ends.length > 0) this.#mirror.chainChanges = await this.#store.putChains(ends);
    const branches = [...this.#mirror.branches.entries].slice(this.#mirror.branchesKept);
    await this.#store.putBranches(branches, this.#mirror.branchesKept);
    this.#mirror.branchesKept += branches.length;
    this.#changed.clear();
    this.#chains.clear();
  }

  #apply(operation: Operation): void {
    const position = this.#mirror.head + this.#rows.length + 1;
    for (const write of operation.writes) {
      const key = recordKey(write);
      const held = this.#mirror.records.get(key);
      const before = held ? valuesShown(held.state) : undefined;
      const state = applyOperationWrite(held?.state, operation, write, this.#mirror.holds, this.#mirror.voidingOf);
      const trail = trailAfter(held ? held.trail : '[]', operation, write);
      this.#keep(key, { state, trail }, held?.firstPosition ?? position, position);
      this.applied.push({ operation, record: key, before });
    }
  }

  #keep(
    key: string,
    { state, trail }: Pick<HeldRecord, 'state' | 'trail'>,
    firstPosition: number,
    position: number,
  ): void {
    const partOf = this.#mirror.records.get(key)?.partOf ?? ownerKey(state.entity, valuesShown(state));
    this.#mirror.records.set(key, { state, firstPosition, partOf, trail });
    this.#changed.set(key, position);
    if (state.entity === 'queue') this.#mirror.memberships = null;
  }

  async #takeVoiding(voiding: Voiding, seal: string | null): Promise<Receipt> {
    this.#mirror.voidings.set(dotOf(voiding), voiding);
    this.#append({ type: 'voiding', voiding }, JSON.stringify(voiding), seal, []);
    await this.#refoldRefused(voiding);
    return 'voided';
  }

  /** Later writes that saw a refused value replace what that value had replaced. */
  async #refoldRefused(voiding: Voiding): Promise<void> {
    const keys = voiding.replaced.map(recordKey);
    await this.#mirror.load(this.#store, keys);
    await this.#refold(
      keys.filter((key) => {
        const held = this.#mirror.records.get(key);
        return held !== null && held !== undefined && namesDot(held.state, dotOf(voiding));
      }),
    );
  }

  /** Folds records again from all their operations, since one of them came out or another took its name. */
  async #refold(touched: readonly string[]): Promise<void> {
    const keys = [...new Set(touched)];
    if (keys.length === 0) return;
    await this.flush();
    await this.#mirror.load(this.#store, keys);
    for (const key of keys) {
      const held = this.#mirror.records.get(key);
      const rows = await this.#store.operationsOn(key);
      const operations = rows.map((row) => operationSchema.parse(JSON.parse(row.body)));
      const state = foldRecord(key, undefined, () => false, operations, this.#mirror.voidingOf);
      const trail = trailFrom(key, operations);
      if (state !== undefined)
        this.#keep(key, { state, trail }, held?.firstPosition ?? this.#mirror.head, this.#mirror.head);
      else if (held) {
        this.#mirror.records.set(key, null);
        this.#changed.set(key, this.#mirror.head);
      }
    }
  }

  #append(entry: Exclude<Entry, { type: 'excerpt' }>, body: string, seal: string | null, records: readonly string[]) {
    const link = linkOfEntry(entry);
    const attested = this.#mirror.chains.get(link.device)?.attested ?? 0;
    this.#mirror.chains.set(link.device, { device: link.device, seq: link.seq, hash: link.hash, attested });
    this.#chains.add(link.device);
    this.#hashes.set(`${link.device}:${link.seq}`, link.hash);
    this.#rows.push(newEntryOf(link, entry.type, { body, seal, records, receivedAt: this.#now }));
  }
}
