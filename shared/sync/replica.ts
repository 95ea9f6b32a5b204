import type { Admission } from './admission.ts';
import { BranchBook } from './branch-book.ts';
import { EntryLog } from './entry-log.ts';
import { dotOfEntry, linkOfEntry, type Entry } from './entry.ts';
import { pruneGone, recordKey, touchesRecord } from './fold.ts';
import { judgeFork } from './fork.ts';
import type { Holds } from './merge.ts';
import { dotOf, parseDot, type Dot, type Operation } from './operation.ts';
import type { Outcome } from './outcome.ts';
import { quarantineReason, readableNow, type Reader } from './quarantine.ts';
import { RecordTable } from './record-table.ts';
import type { RecordState, ScopeState, VersionVector } from './record-state.ts';
import { mayEnterScope, scopeStateOf } from './scope.ts';
import { emptySnapshot, joinSnapshots, normalizeSnapshot, type RefusedInside, type Snapshot } from './snapshot.ts';
import { seqOf } from './version-vector.ts';
import { judgeVoiding, type Voiding, type VoidingOf } from './voiding.ts';
import type { Result } from '../result.ts';

/**
 * A whole replica in memory: an endpoint's, a simulated device's, a tool's. The data worker builds the same from the
 * same functions over IndexedDB. Invariant: records, version vector and quarantine depend only on the set of entries
 * received, on the snapshot they stand on, and on the reader (I1, I5).
 */
export class Replica {
  #reader: Reader;
  #base: Snapshot = emptySnapshot;
  #log = new EntryLog(emptySnapshot);
  readonly #table = new RecordTable();
  readonly #quarantined = new Map<Dot, Operation>();
  readonly #voidings = new Map<Dot, Voiding>();
  readonly #refused = new Map<Dot, Operation>();
  readonly #branches = new BranchBook();

  constructor(reader: Reader, snapshot: Snapshot = emptySnapshot) {
    this.#reader = reader;
    this.#standOn(snapshot, []);
  }

  /** Highest contiguous sequence number held per device, quarantined and refused operations counted. */
  get held(): VersionVector {
    return this.#log.held;
  }
  get records(): ReadonlyMap<string, RecordState> {
    return this.#table.records;
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
  get log(): Pick<EntryLog, 'above' | 'chain' | 'entryAt' | 'hashOf' | 'entries' | 'lastHashes' | 'lastSeq'> {
    return this.#log;
  }

  /** Whether an operation is applied; one that waits in quarantine is not. */
  readonly holds: Holds = (dot) => this.#log.covers(dot) && !this.#quarantined.has(dot);

  receive(entry: Entry): Outcome {
    const link = linkOfEntry(entry);
    const held = this.#log.hashOf(dotOfEntry(entry));
    const isHere = this.#log.covers(dotOfEntry(entry));
    if (entry.type === 'voiding' && isHere && (held ?? link.hash) === link.hash) return this.#refuse(entry.voiding);
    const admission = this.#log.admit(link);
    if (admission === 'next') return this.#take(entry);
    if (admission === 'duplicate') {
      const refused = entry.type === 'operation' && this.#voidings.get(dotOf(entry.operation))?.hash === link.hash;
      if (refused) this.#refused.set(dotOf(entry.operation), entry.operation);
      return 'duplicate';
    }
    return this.#receiveBranch(entry, admission);
  }

  /** Applies what a newer version of the program can now read. Returns how many operations left the quarantine. */
  upgrade(reader: Reader): number {
    this.#reader = reader;
    const readable = readableNow(this.#quarantined.values(), reader);
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
      records: [...this.records.values()],
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

  /** What a filtered replica stands on when a record comes into its scope; undefined: not now, see `scopeStateOf`. */
  scopeState(key: string): ScopeState | undefined {
    return scopeStateOf(key, this.records.get(key), this.#quarantined.values(), this.held);
  }

  /** A record comes into the scope of this filtered replica; `behind`: not now, see `mayEnterScope`. */
  enterScope(key: string, scopeState: ScopeState, own: string): 'entered' | 'behind' {
    if (!mayEnterScope(this.held, scopeState.held, own)) return 'behind';
    this.#table.enter(key, scopeState);
    this.#refold([key]);
    return 'entered';
  }

  leaveScope(key: string): void {
    this.#table.leave(key);
  }

  /** Records in their one form, for digests. */
  settledRecords(): readonly RecordState[] {
    return [...this.records.values()].map((record) => pruneGone(record, this.holds));
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
    this.#table.apply(operation, this.holds, this.#voidingOf);
  }

  /** An operation held here turns out to be refused: its values come out of every record it touched. */
  #refuse(voiding: Voiding): Outcome {
    const verdict = judgeVoiding(voiding, {
      voidingOf: this.#voidingOf,
      inSnapshot: (dot) => this.#log.inStart(dot),
      hashOf: this.#log.hashOf,
    });
    if (verdict !== 'take-out') return verdict;
    const dot = dotOf(voiding);
    const refused = this.#log.entryAt(dot);
    if (refused?.type === 'operation') this.#refused.set(dot, refused.operation);
    this.#voidings.set(dot, voiding);
    this.#quarantined.delete(dot);
    this.#log.replace(dot, { type: 'voiding', voiding });
    this.#refold(voiding.replaced.map(recordKey));
    return 'voided';
  }

  /** An entry that does not continue the chain held: it belongs to another chain of the same device. */
  #receiveBranch(entry: Entry, admission: Admission): Outcome {
    const renamed = this.#renameEntry(entry);
    if (renamed !== undefined) return this.#receiveRenamed(entry, renamed);
    const verdict = judgeFork(linkOfEntry(entry), admission, this.#log);
    if (verdict === 'takes-over') return this.#takeOver(entry);
    if (verdict !== 'opens-branch') return verdict;
    // What is known of an excerpt does not give its renamed hash: whoever sends excerpts sends it under both names.
    const filling = fillingOf(entry);
    if (filling === undefined) return 'duplicate';
    this.#branches.open(filling);
    return this.#receiveBranch(entry, admission);
  }

  #renameEntry(entry: Entry): Entry | undefined {
    if (entry.type === 'excerpt') return undefined;
    if (entry.type === 'operation') {
      const operation = this.#branches.rename(entry.operation);
      return operation && { type: 'operation', operation };
    }
    const voiding = this.#branches.renameVoiding(entry.voiding);
    return voiding && { type: 'voiding', voiding };
  }

  #receiveRenamed(entry: Entry, renamed: Entry): Outcome {
    const [filling, renamedFilling] = [fillingOf(entry), fillingOf(renamed)];
    if (filling === undefined || renamedFilling === undefined || this.#branches.holds(filling)) return 'duplicate';
    const outcome = this.receive(renamed);
    // `branched`: the losing chain has parted in itself.
    if (!['applied', 'quarantined', 'voided', 'duplicate', 'branched'].includes(outcome)) return outcome;
    // Also when the renamed one came first: what follows in the chain is known by its old name only.
    this.#branches.extend(filling, renamedFilling);
    return 'branched';
  }

  /** The chain of this entry keeps the name; what is held from its place on becomes the branch. */
  #takeOver(entry: Entry): Outcome {
    const { device, seq } = linkOfEntry(entry);
    const losing = this.#log.cut(device, seq);
    const refused: Operation[] = [];
    for (const dot of losing.map(dotOfEntry)) {
      this.#quarantined.delete(dot);
      this.#voidings.delete(dot);
      refused.push(...[this.#refused.get(dot)].filter((each) => each !== undefined));
      this.#refused.delete(dot);
    }
    this.#refold(losing.flatMap(writtenIn));
    const [first] = losing.slice(0, 1).map(fillingOf);
    if (first !== undefined) this.#branches.open(first);
    const outcome = this.#take(entry);
    // What follows an excerpt comes from the endpoint, under the names it has there.
    for (const each of losing) if (this.#receiveBranch(each, 'fork') === 'gap') break;
    for (const operation of refused) this.#keepRefused(operation);
    return outcome;
  }

  /** What its author can read of a refused operation is kept under the name its place has now. */
  #keepRefused(operation: Operation): void {
    const renamed = this.#branches.rename(operation);
    if (renamed !== undefined) this.#refused.set(dotOf(renamed), renamed);
  }

  #refold(keys: Iterable<string>): void {
    this.#table.refold(keys, (key) => this.#appliedTo(key), this.#voidingOf);
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
    this.#log = new EntryLog(snapshot);
    this.#table.standOn(snapshot);
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

  readonly #voidingOf: VoidingOf = (dot) => this.#voidings.get(dot);
}

/** What says all of an entry's place; undefined for an excerpt. */
function fillingOf(entry: Entry): Operation | Voiding | undefined {
  if (entry.type === 'excerpt') return undefined;
  return entry.type === 'voiding' ? entry.voiding : entry.operation;
}

/** Keys of the records an entry touches, as far as it says. */
function writtenIn(entry: Entry): readonly string[] {
  return (entry.type === 'voiding' ? entry.voiding.replaced : entry.operation.writes).map(recordKey);
}
