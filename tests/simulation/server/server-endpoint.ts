import { digestRecords, stateText } from '../../../shared/sync/digest.ts';
import { dotOfEntry, linkOfEntry, type Entry } from '../../../shared/sync/entry.ts';
import type { Hello } from '../../../shared/sync/exchange.ts';
import { pruneGone, recordKey } from '../../../shared/sync/fold.ts';
import type { Dot, Operation } from '../../../shared/sync/operation.ts';
import { helloAnswerSchema } from '../../../shared/sync/protocol.ts';
import { encodePushLine, parsePullPage } from '../../../shared/sync/protocol-lines.ts';
import type { Reader } from '../../../shared/sync/quarantine.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import type { NumberGrant } from '../../../shared/sync/reference.ts';
import { Replica } from '../../../shared/sync/replica.ts';
import { recordStateSchema } from '../../../shared/sync/snapshot.ts';
import type { Chance } from '../chance.ts';
import { Endpoint, type Page, type SimulatedEndpoint } from '../endpoint.ts';
import { versionOf, type Ledger } from '../ledger.ts';
import { must } from '../violation.ts';
import type { Reads } from './calls.ts';
import type { ServerThread } from './server-thread.ts';

const kinds = ['ticket', 'ticket-entry', 'kind-of-tomorrow'] as const;

/**
 * The real endpoint in the place of the simulated one. A replica reads along what its log says, as a desk would: it is
 * what the world's checks look at, and the states the endpoint stores must equal it.
 */
export class ServerEndpoint implements SimulatedEndpoint {
  readonly #thread: ServerThread;
  readonly #ledger: Ledger;
  readonly #refuses: (operation: Operation) => boolean;
  readonly #seals = new Map<Dot, string>();
  #reader: Reader;
  #log: Entry[] = [];
  #replica: Replica;
  #epochs = 1;
  restores = 0;
  readonly grants: NumberGrant[] = [];

  constructor(thread: ServerThread, ledger: Ledger, reader: Reader, refuses: (operation: Operation) => boolean) {
    this.#thread = thread;
    this.#ledger = ledger;
    this.#reader = reader;
    this.#refuses = refuses;
    this.#replica = new Replica(reader);
    ledger.oracle.openSite(Endpoint.site, versionOf(reader));
    thread.call('open', readsOf(reader));
  }

  get replica(): Replica {
    return this.#replica;
  }
  get log(): readonly Entry[] {
    return this.#log;
  }

  hello(): Hello {
    return helloAnswerSchema.parse(JSON.parse(this.#thread.call('hello', null)));
  }

  /** What the world refuses is sent by its device alone, so that it is judged; for the rest the authority vouches. */
  push(entries: readonly Entry[], chance: Chance, crashRate: number): void {
    const crash = chance.happens(crashRate);
    if (crash) this.#ledger.count('hostCrash');
    const parts: Entry[][] = [];
    let judged = true;
    for (const entry of entries) {
      const refused = entry.type === 'operation' && this.#refuses(entry.operation);
      if (judged || refused) parts.push([entry]);
      else parts.at(-1)?.push(entry);
      judged = refused;
    }
    for (const part of parts) this.#send(part, crash);
    this.#follow();
  }

  page(from: number, limit: number, inScope: unknown): Page {
    if (inScope !== null) throw new Error('worlds with the real endpoint have no scopes: rights decide there');
    const { entries, end } = this.#pull(from, limit);
    return { epoch: end.epoch, from, to: end.to, entries: entries.map(({ entry }) => entry) };
  }

  backUp(): void {
    this.#thread.call('backUp', null);
  }

  restore(epoch: 'new' | 'same'): void {
    this.#thread.call('restore', epoch);
    if (epoch === 'new') this.#epochs += 1;
    this.restores += 1;
    this.#log = [];
    this.#replica = new Replica(this.#reader);
    this.#ledger.oracle.forget(Endpoint.site);
    this.#follow();
  }

  upgrade(reader: Reader): void {
    this.#reader = reader;
    this.#thread.call('upgrade', readsOf(reader));
    this.#replica.upgrade(reader);
    this.#ledger.oracle.upgrade(Endpoint.site, versionOf(reader));
  }

  /** What the endpoint stores of each record is what its log says. */
  checkStored(): void {
    const raw: unknown = JSON.parse(this.#thread.call('states', null));
    const stored = recordStateSchema
      .array()
      .parse(raw)
      .map((state) => pruneGone(state, this.#replica.holds));
    const read = this.#replica.settledRecords();
    must(
      digestRecords(stored) === digestRecords(read),
      'I5',
      () => `the endpoint stores what its log does not say:\n${difference(stored, read)}`,
    );
  }

  #send(entries: readonly Entry[], crash: boolean): void {
    const [first] = entries;
    if (first === undefined) return;
    const judged = first.type === 'operation' && this.#refuses(first.operation);
    const lines = entries.map((entry) =>
      encodePushLine({ type: 'entry', entry, seal: this.#seals.get(dotOfEntry(entry)) ?? null }),
    );
    this.#thread.call('push', {
      pusher: linkOfEntry(first).device,
      lines: lines.join(''),
      devices: [...new Set(entries.map((entry) => linkOfEntry(entry).device))],
      vouched: judged ? [] : endsOf(entries),
      crash,
    });
  }

  #pull(after: number, limit: number) {
    const parsed = parsePullPage(this.#thread.call('pull', { after, limit }));
    if (!parsed.ok) throw new Error(parsed.failure.message);
    return parsed.value;
  }

  /** Reads on in the log, as a desk would. */
  #follow(): void {
    for (;;) {
      const { entries, end } = this.#pull(this.#log.length, 1_000);
      for (const { entry, seal } of entries) {
        if (seal !== null) this.#seals.set(dotOfEntry(entry), seal);
        this.#note(entry);
        const outcome = this.#replica.receive(entry);
        must(
          outcome !== 'gap' && outcome !== 'foreign-hash' && outcome !== 'needs-history',
          'I1',
          () => `the log of the endpoint cannot be read in order: ${JSON.stringify(entry)} is ${outcome}`,
        );
        this.#log.push(entry);
      }
      if (end.to >= end.head) return;
    }
  }

  /** Tells the oracle: what the authority writes itself, what it refused, and what reached it. */
  #note(entry: Entry): void {
    if (entry.type === 'operation' && entry.operation.user === 'system') {
      if (this.#ledger.numberOf(entry) < 0) this.#ledger.record(Endpoint.site, entry.operation);
      else this.#ledger.offer(Endpoint.site, entry);
      for (const { entity, id, fields } of entry.operation.writes)
        if (typeof fields['number'] === 'string')
          this.grants.push({
            record: recordKey({ entity, id }),
            number: fields['number'],
            epoch: this.#epochs,
            position: this.grants.length,
          });
      return;
    }
    if (entry.type === 'voiding') {
      this.#ledger.count('refusal');
      this.#ledger.oracle.refuse(this.#ledger.numberOf(entry));
    }
    this.#ledger.offer(Endpoint.site, entry);
  }
}

function readsOf({ schemaVersion, knowsKind }: Reader): Reads {
  return { schemaVersion, kinds: kinds.filter(knowsKind) };
}

/** Ends of the stretches of chains in a push: from each one the entries before it are reached by their hashes. */
function endsOf(entries: readonly Entry[]) {
  const links = entries.map(linkOfEntry);
  const continued = new Set(links.map(({ device, previousHash }) => `${device} ${previousHash}`));
  return links
    .filter(({ device, hash }) => !continued.has(`${device} ${hash}`))
    .map(({ device, seq, hash }) => ({ device, seq, hash }));
}

function difference(left: readonly RecordState[], right: readonly RecordState[]): string {
  const [mine, theirs] = [stateText(left).split('\n'), stateText(right).split('\n')];
  const only = mine.filter((line) => !theirs.includes(line)).map((line) => `< ${line}`);
  return [...only, ...theirs.filter((line) => !mine.includes(line)).map((line) => `> ${line}`)].slice(0, 6).join('\n');
}
