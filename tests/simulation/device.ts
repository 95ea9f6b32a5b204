import { composeOperation, type FieldEdits } from '../../shared/sync/compose.ts';
import { linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { cursorAfter, planPull, planPush, type Hello, type Standing } from '../../shared/sync/exchange.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { clockStart, observe, tick, type ClockTime } from '../../shared/sync/hybrid-clock.ts';
import { dotOf, type Operation } from '../../shared/sync/operation.ts';
import { covers } from '../../shared/sync/version-vector.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import type { Outcome } from '../../shared/sync/outcome.ts';
import { Replica } from '../../shared/sync/replica.ts';
import type { Snapshot } from '../../shared/sync/snapshot.ts';
import type { Chance } from './chance.ts';
import type { Codec } from './codec.ts';
import { appendJournal, wipeDatabase, type Disk } from './disk.ts';
import type { Endpoint, Page } from './endpoint.ts';
import { versionOf, type Ledger } from './ledger.ts';
import { addKnown, copyKnown, type Known } from './oracle.ts';
import type { Transport } from './plan.ts';
import { must } from './violation.ts';

/** Thrown at a crash point: what is not on the disk is gone. */
export class Crash extends Error {}

export interface Wall {
  /** True time in ms. */
  readonly now: () => number;
}

/** One desktop: the core's replica over a disk, with a crash point between any two writes. */
export class Device {
  readonly name: string;
  readonly transport: Transport;
  readonly #ledger: Ledger;
  readonly #codec: Codec;
  readonly #wall: Wall;
  #reader: Reader;
  #replica: Replica;
  #clock: ClockTime = clockStart;
  disk: Disk;
  /** How wrong its clock is, in ms. */
  skew = 0;
  /** Pages asked for under an older scope are dropped: they were cut for other records. */
  #scopeVersion = 0;

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
    this.#ledger = ledger;
    this.#codec = codec;
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
  get scopeVersion(): number {
    return this.#scopeVersion;
  }
  get standing(): Standing {
    const { held, voidings, forks } = this.#replica;
    return { held, voidings, forks };
  }

  inScope(record: { readonly entity: string; readonly id: string }): boolean {
    return this.disk.scope === null || this.disk.scope.has(recordKey(record));
  }

  /** One user transaction: database and journal in either order, then "saved". */
  author(edits: readonly FieldEdits[], command: string, chance: Chance, crashRate: number): void {
    const { device } = this.disk;
    const seq = this.#replica.log.lastSeq(device) + 1;
    const at = tick(this.#clock, Math.round(this.#wall.now() + this.skew));
    const operation = composeOperation(
      {
        device,
        seq,
        at,
        clockOffset: chance.happens(0.5) ? Math.round(-this.skew) : null,
        user: this.name,
        schemaVersion: this.#reader.schemaVersion,
        previousHash: this.#replica.log.hashOf(`${device}:${seq - 1}`) ?? '',
        command,
      },
      edits,
      (key) => this.#replica.records.get(key),
    );
    const line = this.#codec.encode(operation);
    const made = this.#codec.line(line);
    must(made !== null, 'I2', () => `${this.name}: own operation does not parse: ${line}`);
    if (made === null) return;
    const intoDatabase = (): void => {
      this.disk = { ...this.disk, entries: [...this.disk.entries, { type: 'operation', operation: made }] };
    };
    const intoJournal = (): void => {
      if (chance.happens(crashRate)) {
        this.disk = appendJournal(this.disk, line.slice(0, chance.below(line.length)));
        throw new Crash();
      }
      this.disk = appendJournal(this.disk, line);
    };
    this.#crashPoint(chance, crashRate);
    const steps = chance.happens(0.5) ? [intoDatabase, intoJournal] : [intoJournal, intoDatabase];
    let number = -1;
    for (const step of steps) {
      step();
      if (number < 0) number = this.#ledger.record(this.name, made);
      this.#crashPoint(chance, crashRate);
    }
    const authored = this.#ledger.authored[number];
    if (authored !== undefined) authored.acked = true;
    this.#clock = at;
    const outcome = this.#replica.receive({ type: 'operation', operation: made });
    must(outcome === 'applied', 'I2', () => `${this.name}: own operation ${device}:${seq} was ${outcome}`);
    this.#ledger.note(() => `${this.name} makes #${number} ${device}:${seq} ${JSON.stringify(made.writes)}`);
  }

  /** The program starts: from the disk alone, entries of different devices in any order, then what only the journal has. */
  restart(chance: Chance | null): void {
    const { oracle } = this.#ledger;
    oracle.forget(this.name, this.disk.baseKnowledge ?? undefined);
    this.#replica = new Replica(this.#reader, this.disk.base);
    for (const { key, scopeState, applied } of this.disk.entered) {
      this.#replica.enterScope(key, scopeState, this.disk.device);
      oracle.learnRecord(this.name, applied, key);
    }
    this.#replay(chance === null ? this.disk.entries : shuffleAcrossDevices(this.disk.entries, chance));
    const journaled = Object.entries(this.disk.journal).map(
      ([device, lines]) => [device, this.#wholeLines(lines)] as const,
    );
    const missing: Entry[] = [];
    for (const [, operations] of journaled) {
      for (const operation of operations) {
        const entry: Entry = { type: 'operation', operation };
        if (taken(this.#receive(entry))) missing.push(entry);
      }
    }
    this.disk = {
      ...this.disk,
      entries: [...this.disk.entries, ...missing],
      journal: Object.fromEntries(
        journaled.map(([device, operations]) => [device, operations.map((operation) => this.#codec.encode(operation))]),
      ),
    };
    this.#completeJournal();
    this.#clock = this.#ownOperations().reduce<ClockTime>(
      (last, { at }) => (at[0] > last[0] || (at[0] === last[0] && at[1] > last[1]) ? at : last),
      clockStart,
    );
    if (this.#replica.forks.has(this.disk.device)) this.#mint();
  }

  upgrade(reader: Reader): void {
    this.#reader = reader;
    this.#replica.upgrade(reader);
    this.#ledger.oracle.upgrade(this.name, versionOf(reader));
  }

  wipe(): void {
    this.disk = wipeDatabase(this.disk);
  }

  planPage(hello: Hello): { readonly epoch: string; readonly position: number } {
    return planPull(this.disk.cursor, hello, this.standing);
  }

  /** A page arrives, maybe late or twice: data and cursor in one transaction (I6). */
  applyPage(page: Page, scopeVersion: number, hello: Hello, chance: Chance, crashRate: number): void {
    if (scopeVersion !== this.#scopeVersion) return;
    const received: Entry[] = [];
    let fitting = 0;
    for (const [index, entry] of page.entries.entries()) {
      const outcome = this.#receive(entry);
      if (taken(outcome)) received.push(entry);
      if (fitting === index && (taken(outcome) || outcome === 'duplicate')) fitting += 1;
    }
    this.#crashPoint(chance, crashRate);
    const next = cursorAfter(this.disk.cursor, page, fitting);
    this.#commit(received, next);
    const current = planPull(next, hello, this.standing);
    if (current.position === next.position && next.position >= hello.head)
      this.disk = { ...this.disk, settled: hello.held };
    this.#crashPoint(chance, crashRate);
  }

  /** Receives from a folder, in one transaction. */
  takeAll(entries: readonly Entry[], chance: Chance, crashRate: number): boolean {
    const received: Entry[] = [];
    let whole = true;
    for (const entry of entries) {
      const outcome = this.#receive(entry);
      if (taken(outcome)) received.push(entry);
      else if (outcome !== 'duplicate') whole = false;
    }
    this.#crashPoint(chance, crashRate);
    if (received.length > 0) this.#commit(received, this.disk.cursor);
    return whole;
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
    return Object.values(this.disk.journal).flatMap((lines) =>
      this.#wholeLines(lines).filter((operation) => covers(held, dotOf(operation))),
    );
  }

  /** Stands on a snapshot from now on: base, tail and cursor in one transaction. */
  joinSnapshot(snapshot: Snapshot, knowledge: Known, cursor: Disk['cursor'], chance: Chance, crashRate: number): void {
    this.#crashPoint(chance, crashRate);
    const fresh = !this.standsOnSnapshot && this.disk.entries.length === 0;
    const joined = this.#replica.joinSnapshot(snapshot);
    const { oracle } = this.#ledger;
    for (const voiding of this.#replica.voidings.values()) this.#ledger.offer(this.name, { type: 'voiding', voiding });
    if (!joined.ok) return;
    const before = this.disk.baseKnowledge;
    oracle.learn(this.name, knowledge);
    this.#crashPoint(chance, crashRate);
    const base = this.#replica.base;
    const baseKnowledge = copyKnown(knowledge);
    if (before !== null) addKnown(baseKnowledge, before);
    const entries = [...this.#replica.log.entries()];
    this.disk = { ...this.disk, base, baseKnowledge, entries, cursor: fresh ? cursor : this.disk.cursor };
  }

  enterScope(key: string, endpoint: Endpoint): boolean {
    const { scope, device } = this.disk;
    if (scope === null) return false;
    const scopeState = endpoint.replica.scopeState(key);
    if (scopeState === undefined || this.#replica.enterScope(key, scopeState, device) === 'behind') return false;
    const { applied } = this.#ledger.oracle.knowledge('endpoint');
    this.#ledger.oracle.learnRecord(this.name, applied, key);
    this.#scopeVersion += 1;
    this.disk = {
      ...this.disk,
      scope: new Set([...scope, key]),
      entered: [...this.disk.entered.filter((each) => each.key !== key), { key, scopeState, applied }],
    };
    return true;
  }

  leaveScope(key: string): void {
    const { scope } = this.disk;
    if (scope === null) return;
    this.#replica.leaveScope(key);
    this.#scopeVersion += 1;
    this.disk = {
      ...this.disk,
      scope: new Set([...scope].filter((each) => each !== key)),
      entered: this.disk.entered.filter((each) => each.key !== key),
    };
  }

  #receive(entry: Entry): Outcome {
    this.#ledger.offer(this.name, entry);
    const outcome = this.#replica.receive(entry);
    if (outcome === 'branched') this.#ledger.count('branches');
    if (outcome === 'applied' && entry.type !== 'voiding')
      this.#clock = observe(this.#clock, entry.operation.at, Math.round(this.#wall.now() + this.skew));
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
        (entry) => !['applied', 'quarantined', 'voided', 'branched', 'duplicate'].includes(this.#receive(entry)),
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
  #commit(entries: readonly Entry[], cursor: Disk['cursor']): void {
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
    this.disk = { ...this.disk, device: this.#ledger.mintDevice() };
    this.#ledger.note(() => `${this.name} leaves ${device} for ${this.disk.device}`);
  }

  /** Own operations that only the database has get into the journal before anything leaves the device (I7). */
  #completeJournal(): void {
    const lines = this.disk.journal[this.disk.device] ?? [];
    const own = this.#replica.log
      .chain(this.disk.device)
      .flatMap((entry) => (entry.type === 'operation' ? [entry.operation] : []));
    const last = lines.length === 0 ? 0 : (this.#codec.line(lines.at(-1) ?? '')?.seq ?? 0);
    for (const operation of own)
      if (operation.seq > last) this.disk = appendJournal(this.disk, this.#codec.encode(operation));
  }

  #ownOperations(): readonly Operation[] {
    return this.#wholeLines(this.disk.journal[this.disk.device] ?? []);
  }

  /** What a journal still says: up to the first line that is cut. */
  #wholeLines(lines: readonly string[]): readonly Operation[] {
    const operations: Operation[] = [];
    for (const line of lines) {
      const operation = this.#codec.line(line);
      if (operation === null) break;
      operations.push(operation);
    }
    return operations;
  }

  #crashPoint(chance: Chance, rate: number): void {
    if (chance.happens(rate)) throw new Crash();
  }
}

function taken(outcome: Outcome): boolean {
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
