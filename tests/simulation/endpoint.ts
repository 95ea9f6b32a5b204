import { excerptOf, linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import type { Hello } from '../../shared/sync/exchange.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import type { NumberGrant } from '../../shared/sync/reference.ts';
import { Replica } from '../../shared/sync/replica.ts';
import { voidOperation } from '../../shared/sync/voiding.ts';
import type { Chance } from './chance.ts';
import { versionOf, type Ledger } from './ledger.ts';

export interface Page {
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
}

/** What a world asks of its endpoint, be it this one or the real one. */
export interface SimulatedEndpoint {
  readonly replica: Replica;
  readonly log: readonly Entry[];
  /** How often it was restored: each time what clients believe of its log may be wrong. */
  readonly restores: number;
  readonly grants: readonly NumberGrant[];
  hello(): Hello;
  push(entries: readonly Entry[], chance: Chance, crashRate: number): void;
  page(
    from: number,
    limit: number,
    inScope: ((record: { readonly entity: string; readonly id: string }) => boolean) | null,
  ): Page;
  backUp(): void;
  restore(epoch: 'new' | 'same'): void;
  upgrade(reader: Reader): void;
  checkStored(): void;
}

interface Backup {
  readonly log: readonly Entry[];
  readonly granted: number;
}

/** The endpoint: the core's replica behind a log in order of admission. What it commits is durable, all or nothing. */
export class Endpoint implements SimulatedEndpoint {
  static readonly site = 'endpoint';
  readonly #ledger: Ledger;
  readonly #refuses: (operation: Operation) => boolean;
  #reader: Reader;
  #epoch = 1;
  #log: readonly Entry[] = [];
  #granted = 0;
  #backup: Backup = { log: [], granted: 0 };
  #replica: Replica;
  restores = 0;
  readonly grants: NumberGrant[] = [];

  constructor(ledger: Ledger, reader: Reader, refuses: (operation: Operation) => boolean) {
    this.#ledger = ledger;
    this.#reader = reader;
    this.#refuses = refuses;
    this.#replica = new Replica(reader);
    ledger.oracle.openSite(Endpoint.site, versionOf(reader));
  }

  get replica(): Replica {
    return this.#replica;
  }
  get log(): readonly Entry[] {
    return this.#log;
  }

  hello(): Hello {
    const forks = [...this.#replica.forks].map(
      ([device, seq]) => [device, { seq, hash: this.#replica.log.hashOf(`${device}:${seq}`) ?? '' }] as const,
    );
    return {
      epoch: `epoch-${this.#epoch}`,
      head: this.#log.length,
      held: this.#replica.held,
      lastHash: this.#replica.log.lastHashes(),
      voided: [...this.#replica.voidings.keys()],
      forks: Object.fromEntries(forks),
    };
  }

  /** Takes a batch in one transaction; a crash before its end leaves nothing of it. */
  push(entries: readonly Entry[], chance: Chance, crashRate: number): void {
    const admitted: Entry[] = [];
    for (const entry of entries) admitted.push(...this.#admit(entry));
    if (chance.happens(crashRate)) {
      this.#ledger.count('hostCrash');
      this.#ledger.note(() => 'endpoint crashes before its transaction ends');
      this.#reload();
      return;
    }
    for (const entry of admitted) this.#grant(entry);
    this.#log = [...this.#log, ...admitted];
  }

  page(
    from: number,
    limit: number,
    inScope: ((record: { readonly entity: string; readonly id: string }) => boolean) | null,
  ): Page {
    const entries = this.#log.slice(from, from + limit);
    const sent =
      inScope === null
        ? entries
        : entries.map((entry) => (entry.type === 'operation' ? excerptOf(entry.operation, inScope) : entry));
    return { epoch: `epoch-${this.#epoch}`, from, to: from + entries.length, entries: sent };
  }

  backUp(): void {
    this.#backup = { log: this.#log, granted: this.#granted };
  }

  restore(epoch: 'new' | 'same'): void {
    this.#log = this.#backup.log;
    this.#granted = this.#backup.granted;
    if (epoch === 'new') this.#epoch += 1;
    this.restores += 1;
    this.#reload();
  }

  /** Its states are those of its replica: there is nothing else to look at. */
  checkStored(): void {}

  upgrade(reader: Reader): void {
    this.#reader = reader;
    this.#replica.upgrade(reader);
    this.#ledger.oracle.upgrade(Endpoint.site, versionOf(reader));
  }

  #admit(entry: Entry): readonly Entry[] {
    const place = linkOfEntry(entry);
    const taken = this.#refuse(entry);
    const before = this.#replica.held;
    const outcome = this.#replica.receive(taken);
    this.#ledger.offer(Endpoint.site, taken, outcome);
    if (outcome === 'branched') return this.#replica.log.above(before);
    if (outcome !== 'applied' && outcome !== 'quarantined' && outcome !== 'voided') return [];
    // A fork settled for the newcomer also brings the renamed operations of the chain that lost.
    const renamed = this.#replica.log.above(before).filter((each) => linkOfEntry(each).device !== place.device);
    return [taken, ...renamed];
  }

  #refuse(entry: Entry): Entry {
    if (entry.type !== 'operation' || !this.#refuses(entry.operation)) return entry;
    this.#ledger.count('refusal');
    this.#ledger.oracle.refuse(this.#ledger.numberOf(entry));
    return {
      type: 'voiding',
      voiding: voidOperation(entry.operation, 'not-allowed', (dot) => this.#replica.voidings.get(dot)),
    };
  }

  /** Official numbers, from a counter that goes back with a restored backup. */
  #grant(entry: Entry): void {
    if (entry.type !== 'operation') return;
    for (const write of entry.operation.writes) {
      if (write.entity !== 'ticket' || Object.keys(write.parents).length > 0) continue;
      const record = recordKey(write);
      if (this.grants.some((grant) => grant.record === record && grant.epoch === this.#epoch)) continue;
      this.#granted += 1;
      this.grants.push({
        record,
        number: `INC${String(this.#granted).padStart(7, '0')}`,
        epoch: this.#epoch,
        position: this.grants.length,
      });
    }
  }

  #reload(): void {
    this.#replica = new Replica(this.#reader);
    this.#ledger.oracle.forget(Endpoint.site);
    for (const entry of this.#log) {
      this.#ledger.offer(Endpoint.site, entry);
      this.#replica.receive(entry);
    }
  }
}
