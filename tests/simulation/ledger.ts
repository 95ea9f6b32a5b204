import type { Entry } from '../../shared/sync/entry.ts';
import { hashOperation } from '../../shared/sync/operation-hash.ts';
import { mintDeviceId } from '../../shared/sync/device-id.ts';
import { dotOf, parseDot, type Dot, type FieldValue, type Operation } from '../../shared/sync/operation.ts';
import type { Outcome } from '../../shared/sync/outcome.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import { Chance } from './chance.ts';
import type { FaultName } from './plan.ts';
import { Oracle } from './oracle.ts';

export type Event =
  | FaultName
  | 'operations'
  | 'pushes'
  | 'pulls'
  | 'segments'
  | 'conflicts'
  | 'tainted'
  | 'deletions'
  | 'snapshots'
  | 'branches'
  | 'midRunChecks'
  | 'lostOnDisk';
export type Totals = Map<Event, number>;

/** Values a record showed before an operation; undefined for one that was not there. */
export type Before = ReadonlyMap<string, Readonly<Record<string, FieldValue>> | undefined>;

interface Authored {
  readonly operation: Operation;
  readonly before: Before;
  readonly device: string;
  acked: boolean;
  /** The disk it was made on was rolled back: physically gone unless it got out before. */
  diskRolledBack: boolean;
}

/** What happened in one world: the operations made, the oracle's view of them, counts of events, and a trace. */
export class Ledger {
  readonly oracle = new Oracle();
  readonly totals: Totals = new Map();
  readonly authored: Authored[] = [];
  readonly #byHash = new Map<string, number>();
  readonly #byDot = new Map<Dot, number[]>();
  /** Which operations authors meant by the dots they named. */
  readonly #replaced = new Map<Dot, Set<number>>();
  /** Per device id, the lowest sequence number that two operations were given. */
  readonly #partedAt = new Map<string, number>();
  readonly trace: string[] | null;
  readonly #ids: Chance;

  constructor(seed: number, tracing: boolean) {
    this.#ids = new Chance(seed, 11);
    this.trace = tracing ? [] : null;
  }

  count(event: Event, by = 1): void {
    this.totals.set(event, (this.totals.get(event) ?? 0) + by);
  }

  note(text: () => string): void {
    this.trace?.push(text());
  }

  mintDevice(): string {
    return mintDeviceId(this.#ids.bytes(7));
  }

  /** `numberAt` tells which operation its author's replica holds under a dot, also one renamed to a branch. */
  record(
    site: string,
    operation: Operation,
    before: Before = new Map(),
    numberAt: (dot: Dot) => number | undefined = () => undefined,
  ): number {
    const previous = this.#byHash.get(operation.previousHash) ?? -1;
    const writes = operation.writes.flatMap((write) =>
      Object.entries(write.fields).map(([field, value]) => ({
        record: `${write.entity}/${write.id}`,
        field,
        value: JSON.stringify(value),
      })),
    );
    const number = this.oracle.authored(site, previous, writes, versionNeeded(operation));
    this.authored.push({ operation, before, device: site, acked: false, diskRolledBack: false });
    this.#byHash.set(hashOperation(operation), number);
    for (const parent of operation.writes.flatMap((write) => Object.values(write.parents).flat())) {
      const replaced = numberAt(parent);
      if (replaced !== undefined) this.#replaced.set(parent, (this.#replaced.get(parent) ?? new Set()).add(replaced));
    }
    const dot = dotOf(operation);
    const contents = [...(this.#byDot.get(dot) ?? []), number];
    this.#byDot.set(dot, contents);
    const { device, seq } = operation;
    if (contents.length > 1) this.#partedAt.set(device, Math.min(seq, this.#partedAt.get(device) ?? seq));
    this.count('operations');
    return number;
  }

  /**
   * Tells the oracle what reaches a site. What a site left for later is believed of chains with two names only: it may
   * hold what precedes the entry under the other name. Left for good, it is missing at the end (I2).
   */
  offer(site: string, entry: Entry, outcome?: Outcome): void {
    const number = this.numberOf(entry);
    if ((outcome === 'gap' || outcome === 'foreign-hash') && this.#hasTwoNames(number)) return;
    if (entry.type === 'voiding') this.oracle.offerRefusal(site, number);
    else {
      const first = entry.type === 'operation' && entry.operation.seq === 1;
      this.oracle.offer(site, number, versionNeeded(entry.operation), first);
    }
  }

  /** The number of the operation in an entry; renamed branches and excerpts keep the command, that ends in it. */
  numberOf(entry: Entry): number {
    if (entry.type === 'voiding') return this.#byHash.get(entry.voiding.hash) ?? -1;
    const number = Number(entry.operation.command.slice(entry.operation.command.lastIndexOf('.') + 1));
    // What the authority writes itself has no number in its name.
    if (Number.isInteger(number) && entry.operation.user !== 'system') return number;
    return this.#byHash.get(hashOperation(entry.operation)) ?? -1;
  }

  /**
   * Fields on which a dot says too little to know what its namer had seen: the dot, or one before it, had two
   * contents, or its operation is gone with a disk. Decided on what was made, not on what replicas did with it.
   */
  taintedFields(): ReadonlySet<string> {
    const tainted = new Set<string>();
    for (const { operation } of this.authored) {
      for (const write of operation.writes) {
        for (const [field, parents] of Object.entries(write.parents)) {
          if (parents.some((parent) => this.#isAmbiguous(parent, operation.device)))
            tainted.add(`${write.entity}/${write.id} ${field}`);
        }
      }
    }
    return tainted;
  }

  /** A dot of a branch names nothing any more once the chain that took its name is on no disk: then it has its own again. */
  #lostItsRival(dot: Dot, number: number): boolean {
    const own = this.authored[number]?.operation;
    if (own === undefined || dotOf(own) === dot) return false;
    const parted = this.#partedAt.get(own.device) ?? Infinity;
    return this.authored.some(
      ({ operation: { device, seq } }, each) => device === own.device && seq >= parted && this.oracle.isLost(each),
    );
  }

  /** Whether an operation was made where the chain of its device had parted. */
  #hasTwoNames(number: number): boolean {
    const own = this.authored[number]?.operation;
    return own !== undefined && own.seq >= (this.#partedAt.get(own.device) ?? Infinity);
  }

  #isAmbiguous(dot: Dot, namer: string): boolean {
    const meant = [...(this.#byDot.get(dot) ?? []), ...(this.#replaced.get(dot) ?? [])];
    if (meant.some((number) => this.oracle.isLost(number) || this.#lostItsRival(dot, number))) return true;
    const { device, seq } = parseDot(dot);
    return device !== namer && seq >= (this.#partedAt.get(device) ?? Infinity);
  }
}

/** The version of the simulated program that reads an operation: the second one knows problems. */
function versionNeeded(operation: Operation): number {
  return operation.schemaVersion > 1 || operation.writes.some((write) => write.entity === 'kind-of-tomorrow') ? 2 : 1;
}

export function versionOf(reader: Reader): number {
  return reader.knowsKind('kind-of-tomorrow') ? 2 : 1;
}
