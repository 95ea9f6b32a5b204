import { linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { planPull, planPush, type Hello, type Standing } from '../../shared/sync/exchange.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { clockStart, observe, type ClockTime } from '../../shared/sync/hybrid-clock.ts';
import { dotOf, type Operation } from '../../shared/sync/operation.ts';
import { covers } from '../../shared/sync/version-vector.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import type { Outcome } from '../../shared/sync/outcome.ts';
import { Replica } from '../../shared/sync/replica.ts';
import type { Chance } from './chance.ts';
import type { Codec } from './codec.ts';
import { wipeDatabase, type Disk } from './disk.ts';
import { completeJournal, cutJournal, journaledOperations, wholeLines } from './journal.ts';
import { versionOf, type Ledger } from './ledger.ts';
import type { Transport } from './plan.ts';
import { must } from './violation.ts';

export interface Wall {
  /** True time in ms. */
  readonly now: () => number;
}

/** One desktop: the core's replica over a disk, with a crash point between any two writes. */
export class Device {
  readonly name: string;
  readonly transport: Transport;
  readonly ledger: Ledger;
  readonly codec: Codec;
  readonly #wall: Wall;
  #reader: Reader;
  #replica: Replica;
  clock: ClockTime = clockStart;
  disk: Disk;
  /** How wrong its clock is, in ms. */
  skew = 0;
  /** Pages asked for under an older scope are dropped: they were cut for other records. */
  scopeVersion = 0;

  constructor(
    name: string,
    transport: Transport,
    disk: Disk,
    reader: Reader,
    ledger: Ledger,
    codec: Codec,
    wall: Wall,
  ) {
    this.name = name;
    this.transport = transport;
    this.disk = disk;
    this.#reader = reader;
    this.ledger = ledger;
    this.codec = codec;
    this.#wall = wall;
    this.#replica = new Replica(reader);
    ledger.oracle.openSite(name, versionOf(reader));
    this.restart(null);
  }

  get replica(): Replica {
    return this.#replica;
  }
  get reader(): Reader {
    return this.#reader;
  }
  /** What its clock shows, in ms. */
  get wallMs(): number {
    return Math.round(this.#wall.now() + this.skew);
  }
  get standing(): Standing {
    const { held, log, voidings, forks } = this.#replica;
    return { held, hashOf: log.hashOf, voidings, forks };
  }

  inScope(record: { readonly entity: string; readonly id: string }): boolean {
    return this.disk.scope === null || this.disk.scope.has(recordKey(record));
  }

  /** The program starts: from the disk alone, entries of different devices in any order, then what only the journal has. */
  restart(chance: Chance | null): void {
    const { oracle } = this.ledger;
    oracle.forget(this.name, this.disk.baseKnowledge ?? undefined);
    this.#replica = new Replica(this.#reader, this.disk.base);
    for (const { key, scopeState, applied } of this.disk.entered) {
      this.#replica.enterScope(key, scopeState, this.disk.device);
      oracle.learnRecord(this.name, applied, key);
    }
    this.#replay(chance === null ? this.disk.entries : shuffleAcrossDevices(this.disk.entries, chance));
    const missing: Entry[] = [];
    for (const operation of journaledOperations(this.disk, this.codec)) {
      const entry: Entry = { type: 'operation', operation };
      if (taken(this.receive(entry))) missing.push(entry);
    }
    this.disk = { ...this.disk, entries: [...this.disk.entries, ...missing] };
    const own = this.#replica.log.chain(this.disk.device);
    this.disk = completeJournal(cutJournal(this.disk, this.codec), own, this.codec);
    const lines = this.disk.journal[this.disk.device] ?? [];
    this.clock = wholeLines(lines, this.codec).reduce<ClockTime>(
      (last, { at }) => (at[0] > last[0] || (at[0] === last[0] && at[1] > last[1]) ? at : last),
      clockStart,
    );
    if (this.#replica.forks.has(this.disk.device)) this.#mint();
  }

  upgrade(reader: Reader): void {
    this.#reader = reader;
    this.#replica.upgrade(reader);
    this.ledger.oracle.upgrade(this.name, versionOf(reader));
  }

  wipe(): void {
    this.disk = wipeDatabase(this.disk);
  }

  planPage(hello: Hello): { readonly epoch: string; readonly position: number } {
    return planPull(this.disk.cursor, hello, this.standing);
  }

  /** Whether it stands on a snapshot, so that it lacks the operations below and can only pass them on as bytes. */
  get standsOnSnapshot(): boolean {
    return Object.keys(this.#replica.base.held).length > 0;
  }

  planPush(hello: Hello, passedOn: readonly Operation[] = []): readonly Entry[] {
    return planPush(this.#replica.log, hello, this.standing, [...passedOn, ...this.#keptBelowBase()]).filter(
      (entry) => entry.type !== 'excerpt',
    );
  }

  /** Everything it can give to others, each device's in sequence. */
  *offering(): Iterable<Entry> {
    for (const operation of this.#keptBelowBase())
      if (!this.#replica.voidings.has(dotOf(operation))) yield { type: 'operation', operation };
    for (const voiding of this.#replica.voidings.values()) yield { type: 'voiding', voiding };
    for (const entry of this.#replica.log.entries()) if (entry.type === 'operation') yield entry;
  }

  /** Own operations that a snapshot stands in for: the journal still has them. */
  #keptBelowBase(): readonly Operation[] {
    if (!this.standsOnSnapshot) return [];
    const { held } = this.#replica.base;
    return journaledOperations(this.disk, this.codec).filter((operation) => covers(held, dotOf(operation)));
  }

  receive(entry: Entry): Outcome {
    const outcome = this.#replica.receive(entry);
    this.ledger.offer(this.name, entry, outcome);
    if (outcome === 'branched') this.ledger.count('branches');
    if (outcome === 'applied' && entry.type !== 'voiding')
      this.clock = observe(this.clock, entry.operation.at, this.wallMs);
    must(
      outcome !== 'needs-history',
      'I2',
      () => `${this.name} would need the whole history for ${JSON.stringify(entry)}`,
    );
    return outcome;
  }

  /** Entries on the disk were all taken once; one may need another that came under a different name of its device. */
  #replay(entries: readonly Entry[]): void {
    let left = entries;
    while (left.length > 0) {
      const still = left.filter(
        (entry) => !['applied', 'quarantined', 'voided', 'branched', 'duplicate'].includes(this.receive(entry)),
      );
      must(
        still.length < left.length,
        'I2',
        () => `${this.name} cannot take from its own disk: ${JSON.stringify(still[0])}`,
      );
      left = still;
    }
  }

  /**
   * Adds to the database. When a fork of the own id shows, or operations under it that this device did not make, the
   * id is another's too: a new one is minted in the same transaction.
   */
  commit(entries: readonly Entry[], cursor: Disk['cursor']): void {
    this.disk = { ...this.disk, entries: [...this.disk.entries, ...entries], cursor };
    const { device } = this.disk;
    if (
      this.#replica.forks.has(device) ||
      entries.some((entry) => linkOfEntry(entry).device === device && entry.type !== 'voiding')
    )
      this.#mint();
  }

  #mint(): void {
    const { device } = this.disk;
    this.disk = { ...this.disk, device: this.ledger.mintDevice() };
    this.ledger.note(() => `${this.name} leaves ${device} for ${this.disk.device}`);
  }
}

/** Whether it filled a place: it is to be stored. */
export function taken(outcome: Outcome): boolean {
  return outcome === 'applied' || outcome === 'quarantined' || outcome === 'voided' || outcome === 'branched';
}

/** Keeps the order within each device, and of the chains of one device. */
function shuffleAcrossDevices(entries: readonly Entry[], chance: Chance): readonly Entry[] {
  const byDevice = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { device } = linkOfEntry(entry);
    const own = byDevice.get(device);
    if (own === undefined) byDevice.set(device, [entry]);
    else own.push(entry);
  }
  return chance.shuffle([...byDevice.values()]).flat();
}
