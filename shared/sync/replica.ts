import { EntryLog } from './entry-log.ts';
import { dotOfEntry, linkOfEntry, type Entry } from './entry.ts';
import { applyOperationWrite, foldRecord, pruneGone, recordKey, touchesRecord } from './fold.ts';
import { keepsName } from './fork.ts';
import { BranchBook } from './branch-book.ts';
import type { Holds } from './merge.ts';
import { dotOf, parseDot, type Dot, type Operation } from './operation.ts';
import { quarantineReason, type Reader } from './quarantine.ts';
import type { Outcome } from './outcome.ts';
import type { RecordState, ScopeState, VersionVector } from './record-state.ts';
import {
  emptySnapshot,
  holdsOf,
  joinSnapshots,
  normalizeSnapshot,
  type RefusedInside,
  type Snapshot,
} from './snapshot.ts';
import { covers, seqOf } from './version-vector.ts';
import type { Voiding } from './voiding.ts';
import type { Result } from '../result.ts';

/**
 * A whole replica in memory: an endpoint's, a simulated device's, a tool's. The data worker builds the same from the
 * same functions over IndexedDB. Invariant: records, version vector and quarantine depend only on the set of entries
 * received, on the snapshot they stand on, and on the reader (I1, I5).
 */
export class Replica {
  #reader: Reader;
  #base: Snapshot;
  #baseHolds: Holds;
  #baseRecords: ReadonlyMap<string, RecordState>;
  #log: EntryLog;
  readonly #records = new Map<string, RecordState>();
  readonly #quarantined = new Map<Dot, Operation>();
  readonly #voidings = new Map<Dot, Voiding>();
  readonly #refused = new Map<Dot, Operation>();
  readonly #branches = new BranchBook();
  /** Records that came into scope: their state as the endpoint had it, and what that state had applied. */
  readonly #left = new Set<string>();
  readonly #entered = new Map<string, ScopeState>();

  constructor(reader: Reader, snapshot: Snapshot = emptySnapshot) {
    this.#reader = reader;
    this.#base = snapshot;
    this.#baseHolds = holdsOf(snapshot);
    this.#baseRecords = new Map();
    this.#log = new EntryLog(snapshot);
    this.#standOn(snapshot, []);
  }

  /** Highest contiguous sequence number held per device, quarantined and refused operations counted. */
  get held(): VersionVector {
    return this.#log.held;
  }
  get records(): ReadonlyMap<string, RecordState> {
    return this.#records;
  }
  /** The snapshot it stands on: everything below its log. */
  get base(): Snapshot {
    return this.#base;
  }
  get quarantined(): readonly Operation[] {
    return [...this.#quarantined.values()];
  }
  get voidings(): ReadonlyMap<Dot, Voiding> {
    return this.#voidings;
  }
  /** Operations held here that an authority refused, for their author to see, copy and retry (I13). */
  get refused(): readonly Operation[] {
    return [...this.#refused.values()];
  }
  /** Where the chain of a device is known to part. Devices that share such an id mint new ones. */
  get forks(): ReadonlyMap<string, number> {
    return this.#branches.forks;
  }
  get log(): Pick<EntryLog, 'above' | 'chain' | 'entryAt' | 'hashOf' | 'entries' | 'lastSeq'> {
    return this.#log;
  }

  /** Whether an operation is applied; one that waits in quarantine is not. */
  readonly holds: Holds = (dot) => this.#log.covers(dot) && !this.#quarantined.has(dot);

  receive(entry: Entry): Outcome {
    if (entry.type === 'voiding' && this.#log.covers(dotOf(entry.voiding))) return this.#refuse(entry.voiding);
    const link = linkOfEntry(entry);
    const admission = this.#log.admit(link);
    if (admission === 'next') return this.#take(entry);
    if (admission === 'duplicate') {
      const refused = entry.type === 'operation' && this.#voidings.get(dotOf(entry.operation))?.hash === link.hash;
      if (refused) this.#refused.set(dotOf(entry.operation), entry.operation);
      return 'duplicate';
    }
    if (entry.type === 'operation') return this.#receiveBranch(entry.operation, admission === 'fork');
    return admission === 'gap' ? 'gap' : 'foreign-hash';
  }

  /** Applies what a newer version of the program can now read. Returns how many operations left the quarantine. */
  upgrade(reader: Reader): number {
    this.#reader = reader;
    const readable = [...this.#quarantined.values()].filter(
      (operation) => quarantineReason(operation, reader) === undefined,
    );
    for (const operation of readable) {
      this.#apply(operation);
      this.#quarantined.delete(dotOf(operation));
    }
    return readable.length;
  }

  /** State of everything at or below a cut (default: everything held), in its one form. */
  takeSnapshot(cut: VersionVector = this.held): Snapshot {
    if (Object.entries(this.held).some(([device, seq]) => seqOf(cut, device) < seq))
      return this.#replicaAt(cut).takeSnapshot();
    return normalizeSnapshot({
      format: 1,
      held: this.held,
      lastHash: this.#log.lastHashes(),
      records: [...this.#records.values()],
      quarantined: this.quarantined,
      voidings: [...this.#voidings.values()],
    });
  }

  /** Joins another replica's snapshot. What is held above it stays. On failure only its voidings are taken. */
  joinSnapshot(snapshot: Snapshot): Result<null, RefusedInside> {
    for (const voiding of snapshot.voidings) if (this.#log.entryAt(dotOf(voiding)) !== undefined) this.#refuse(voiding);
    const joined = joinSnapshots({ ...this.#base, voidings: [...this.#voidings.values()] }, snapshot);
    if (!joined.ok) return joined;
    const above = this.#log.above(joined.value.held);
    this.#standOn(joined.value, above);
    return { ok: true, value: null };
  }

  /**
   * What a filtered replica stands on when a record comes into its scope. Undefined while an operation on the record
   * waits here for an upgrade: it was skipped there and would not be sent again.
   */
  scopeState(key: string): ScopeState | undefined {
    if ([...this.#quarantined.values()].some((operation) => touchesRecord(operation, key))) return undefined;
    return { state: this.#records.get(key), held: this.held };
  }

  /**
   * A record comes into the scope of this filtered replica. `behind` while the endpoint lacks what was skipped here:
   * its state could be missing what will not be sent again. `own` is this device.
   */
  enterScope(key: string, { state, held }: ScopeState, own: string): 'entered' | 'behind' {
    if (Object.entries(this.held).some(([device, seq]) => device !== own && seqOf(held, device) < seq)) return 'behind';
    this.#entered.set(key, { state, held });
    this.#left.delete(key);
    this.#refold([key]);
    return 'entered';
  }

  leaveScope(key: string): void {
    this.#entered.delete(key);
    this.#left.add(key);
    this.#records.delete(key);
  }

  #take(entry: Entry): Outcome {
    if (entry.type === 'voiding') {
      this.#voidings.set(dotOf(entry.voiding), entry.voiding);
      this.#log.append(entry);
      this.#refold(entry.voiding.replaced.map(recordKey));
      return 'voided';
    }
    const { operation } = entry;
    if (quarantineReason(operation, this.#reader) !== undefined) {
      this.#quarantined.set(dotOf(operation), operation);
      this.#log.append(entry);
      return 'quarantined';
    }
    this.#apply(operation);
    this.#log.append(entry);
    // Writes that named this dot may have come while the other chain of a fork held it.
    if (this.#branches.forks.has(operation.device)) this.#refold(operation.writes.map(recordKey));
    return 'applied';
  }

  #apply(operation: Operation): void {
    for (const write of operation.writes) {
      const key = recordKey(write);
      if (this.#left.has(key)) continue;
      const entered = this.#entered.get(key);
      const holds: Holds = entered === undefined ? this.holds : (dot) => this.holds(dot) || covers(entered.held, dot);
      this.#records.set(key, applyOperationWrite(this.#records.get(key), operation, write, holds, this.#voidingOf));
    }
  }

  /** An operation held here turns out to be refused: its values come out of every record it touched. */
  #refuse(voiding: Voiding): Outcome {
    const dot = dotOf(voiding);
    if (this.#voidings.has(dot)) return 'duplicate';
    if (this.#log.inStart(dot)) return 'needs-history';
    if (this.#log.hashOf(dot) !== voiding.hash) return 'foreign-hash';
    const refused = this.#log.entryAt(dot);
    if (refused?.type === 'operation') this.#refused.set(dot, refused.operation);
    this.#voidings.set(dot, voiding);
    this.#quarantined.delete(dot);
    this.#log.replace(dot, { type: 'voiding', voiding });
    this.#refold(voiding.replaced.map(recordKey));
    return 'voided';
  }

  /** An operation that does not fit the chain held: it belongs to another chain of the same device. */
  #receiveBranch(operation: Operation, fork: boolean): Outcome {
    const known = this.#branches.rename(operation);
    if (known !== undefined) {
      if (this.#branches.holds(operation)) return 'duplicate';
      const outcome = this.receive({ type: 'operation', operation: known });
      if (outcome !== 'applied' && outcome !== 'quarantined' && outcome !== 'duplicate') return outcome;
      // Also when the renamed one came first: what follows in the chain is known by its old name only.
      this.#branches.extend(operation, known);
      return 'branched';
    }
    const before = operation.seq === 1 ? '' : this.#log.hashOf(`${operation.device}:${operation.seq - 1}`);
    if (!fork || before !== operation.previousHash)
      return operation.seq > this.#log.lastSeq(operation.device) + 1 ? 'gap' : 'foreign-hash';
    const dot = dotOf(operation);
    if (this.#log.inStart(dot)) return 'needs-history';
    const heldHash = this.#log.hashOf(dot) ?? '';
    if (!keepsName(linkOfEntry({ type: 'operation', operation }).hash, heldHash)) {
      this.#branches.open(operation);
      return this.#receiveBranch(operation, true);
    }
    const losing = this.#log.cut(operation.device, operation.seq);
    const operations = losing.flatMap((entry) => (entry.type === 'operation' ? [entry.operation] : []));
    for (const each of losing) this.#quarantined.delete(dotOfEntry(each));
    this.#refold(operations.flatMap((each) => each.writes.map(recordKey)));
    const [first] = operations;
    if (first !== undefined) this.#branches.open(first);
    const outcome = this.#take({ type: 'operation', operation });
    for (const each of operations) this.#receiveBranch(each, true);
    return outcome;
  }

  #refold(keys: Iterable<string>): void {
    for (const key of new Set(keys)) {
      if (this.#left.has(key)) continue;
      const entered = this.#entered.get(key);
      const base = entered?.state ?? this.#baseRecords.get(key);
      const baseHolds: Holds = entered === undefined ? this.#baseHolds : (dot) => covers(entered.held, dot);
      const state = foldRecord(key, base, baseHolds, this.#appliedTo(key), this.#voidingOf);
      if (state === undefined) this.#records.delete(key);
      else this.#records.set(key, state);
    }
  }

  /** Applied operations above the base state that touch a record. */
  *#appliedTo(key: string): Iterable<Operation> {
    for (const operation of this.#base.quarantined) {
      const isOut = this.#quarantined.has(dotOf(operation)) || this.#voidings.has(dotOf(operation));
      if (!isOut && touchesRecord(operation, key)) yield operation;
    }
    for (const entry of this.#log.entries()) {
      if (entry.type === 'voiding' || this.#quarantined.has(dotOf(entry.operation))) continue;
      if (touchesRecord(entry.operation, key)) yield entry.operation;
    }
  }

  #standOn(snapshot: Snapshot, above: readonly Entry[]): void {
    this.#base = snapshot;
    this.#baseHolds = holdsOf(snapshot);
    this.#baseRecords = new Map(snapshot.records.map((record) => [recordKey(record), record]));
    this.#log = new EntryLog(snapshot);
    this.#records.clear();
    for (const [key, record] of this.#baseRecords) this.#records.set(key, record);
    this.#quarantined.clear();
    for (const operation of snapshot.quarantined) this.#quarantined.set(dotOf(operation), operation);
    for (const voiding of snapshot.voidings) this.#voidings.set(dotOf(voiding), voiding);
    for (const entry of above) this.#take(entry);
    this.#refold([...this.#voidings.values()].flatMap((voiding) => voiding.replaced.map(recordKey)));
    this.upgrade(this.#reader);
  }

  #replicaAt(cut: VersionVector): Replica {
    const replica = new Replica(this.#reader, this.#base);
    for (const entry of this.#log.entries()) {
      const { device, seq } = parseDot(dotOfEntry(entry));
      if (seq <= seqOf(cut, device)) replica.receive(entry);
    }
    return replica;
  }

  readonly #voidingOf = (dot: Dot): Voiding | undefined => this.#voidings.get(dot);

  /** Records in their one form, for digests. */
  settledRecords(): readonly RecordState[] {
    return [...this.#records.values()].map((record) => pruneGone(record, this.holds));
  }
}
