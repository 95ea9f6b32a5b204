import { usualChoices, type EndpointAccount, type EndpointFailure } from '../../shared/desktop-endpoint.ts';
import type { Cursor } from '../../shared/sync/exchange.ts';
import type { HelloAnswer, Problem, ProblemCode } from '../../shared/sync/protocol.ts';
import type { SnapshotManifest } from '../../shared/sync/protocol-records.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import type { SyncState } from '../../renderer/data/sync-api.ts';
import { CallError, type EndpointCalls, type Heard } from '../../renderer/sync/endpoint-calls.ts';
import type { RemoteStanding, RemoteStore, PushBatch } from '../../renderer/data/remote/remote-store.ts';
import { SyncEngine } from '../../renderer/sync/sync-engine.ts';
import { VirtualClock } from './virtual-clock.ts';

export const linkedAccount: EndpointAccount = {
  url: 'https://desk.example.org',
  account: 'ada',
  person: 'p-ada',
  roles: ['desk-agent'],
  device: 'K3V9Q2M7TA',
  deviceName: 'laptop',
  space: 'space-1',
  lastContactAt: null,
};

export function failureOf(kind: EndpointFailure['kind'], retryAfterMs: number | null = null): CallError {
  return new CallError({ kind, problem: null, retryAfterMs, detail: `told to be ${kind}` });
}

export function refusalOf(code: ProblemCode, retryAfterMs: number | null = null): CallError {
  const problem: Problem = { code, expected: 'something else', where: 'here', action: 'Do it otherwise.' };
  return new CallError({ kind: 'problem', problem, retryAfterMs, detail: code });
}

const emptySnapshot: SnapshotManifest = {
  format: 1,
  schemaVersion: 1,
  epoch: 'epoch-1',
  position: 0,
  createdAt: 0,
  held: {},
  lastHash: {},
  scope: '',
  voidings: [],
  purges: [],
  parts: [],
};

/**
 * An endpoint and a desk that hold nothing but counts: own operations 1..n on one side, log positions on the other. For
 * tests of when and in which order the engine asks, never of what is merged.
 */
export class ScriptedEndpoint {
  readonly clock = new VirtualClock();
  readonly asked: (keyof EndpointCalls | 'renew')[] = [];
  readonly states: SyncState[] = [];
  readonly listening: boolean[] = [];
  readonly logged: string[] = [];
  readonly setAside: number[] = [];
  readonly engine: SyncEngine;
  /** Thrown by the next calls of this kind, in order; null lets one pass. */
  readonly faults: { call: keyof EndpointCalls; error: Error | null }[] = [];
  /** Numbers of own operations the endpoint cannot read. */
  readonly unreadable = new Set<number>();
  /** Entries of a page at most; more is refused. */
  pullEntries = 1_000;
  /** Hash of the snapshot it offers, what that is made of, and how much of which one the desk has. */
  offered: string | null = null;
  halfTaken: RemoteStanding['snapshot'] = null;
  /** Records of each part the desk has taken. */
  readonly taken: number[] = [];
  snapshot: SnapshotManifest = emptySnapshot;
  parts: readonly (readonly RecordState[])[] = [];
  epoch = 'epoch-1';
  head = 0;
  /** Own operations written, and how many of them the endpoint has. */
  written = 0;
  held = 0;
  cursor: Cursor | null = null;
  next: 'go-on' | 'wrong-space' | 'device-renewed' = 'go-on';
  fetch: 'nothing' | 'all-records' | 'snapshot' = 'nothing';
  /** What the desk wants anew. */
  stale: RemoteStanding['stale'] = [];
  device = linkedAccount.device;
  renewFault: Error | null = null;
  /** Runs before each call is answered. */
  during: (call: keyof EndpointCalls) => void = () => undefined;
  /** How long (ms of the virtual clock) a call takes. */
  callMs = 10;
  aheadMs = 0;

  constructor() {
    this.engine = new SyncEngine({
      choices: usualChoices,
      calls: this.#calls(),
      store: this.#store(),
      clock: this.clock,
      listen: (on) => this.listening.push(on),
      renew: async () => {
        this.asked.push('renew');
        if (this.renewFault !== null) throw this.renewFault;
        this.next = 'go-on';
        return { ...linkedAccount, device: this.device };
      },
      nameOf: (person) => `name of ${person}`,
      log: (message) => this.logged.push(message),
      changed: (state) => this.states.push(state),
    });
  }

  get state(): SyncState {
    return this.engine.state;
  }

  /** Own operations are written, and the engine hears of it. */
  write(count = 1): void {
    this.written += count;
    this.engine.noticeWork();
  }

  async pass(ms: number): Promise<void> {
    await this.clock.pass(ms, async () => {
      for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
      // A macrotask, too: what is asked may be asked in an iteration.
      await new Promise((resolve) => setImmediate(resolve));
    });
  }

  async #answer<Value>(call: keyof EndpointCalls, value: () => Value): Promise<Heard<Value>> {
    this.asked.push(call);
    this.during(call);
    await Promise.resolve();
    this.clock.time += this.callMs;
    const at = this.faults.findIndex((fault) => fault.call === call);
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    if (fault?.error) throw fault.error;
    return { value: value(), cost: { sentBytes: 100, receivedBytes: 1_000, ms: this.callMs } };
  }

  #calls(): EndpointCalls {
    const end = (from: number, to: number) => ({ epoch: this.epoch, from, to, head: this.head });
    return {
      hello: () => this.#answer('hello', () => this.#hello()),
      push: ({ lines }) =>
        this.#answer('push', () => {
          const numbers = lines.split(',').map(Number);
          if (numbers.some((number) => this.unreadable.has(number))) throw refusalOf('bad-line');
          this.held = Math.max(this.held, ...numbers);
          this.head += numbers.length;
          return { epoch: this.epoch, head: this.head, held: {}, voids: [], need: {}, ignored: [] };
        }),
      pull: ({ epoch, after, limit }) =>
        this.#answer('pull', () => {
          if (epoch !== this.epoch) throw refusalOf('epoch-changed');
          if (limit > this.pullEntries) throw refusalOf('bad-request');
          const to = Math.min(this.head, after + limit);
          const entries = Array.from({ length: to - after }, () => ({}));
          return { entries, enter: [], leave: [], end: { ...end(after, to), held: {}, scope: '', attestations: [] } };
        }) as unknown as ReturnType<EndpointCalls['pull']>,
      records: (after) =>
        this.#answer('records', () => ({
          records: [],
          held: {},
          head: this.head,
          scope: '',
          next: after === '' ? 'm' : null,
        })),
      search: () => this.#answer('search', () => ({ rows: [], more: false })),
      snapshot: (hash) =>
        this.#answer('snapshot', () => {
          if (hash !== this.offered) throw refusalOf('not-found');
          return this.snapshot;
        }),
      snapshotPart: (_hash, part) => this.#answer('snapshotPart', () => this.parts[part] ?? []),
      record: () => this.#answer('record', () => ({ records: [], held: {}, head: this.head, scope: '' })),
    };
  }

  #hello(): HelloAnswer {
    const limits = { pushOperations: 500, pushBytes: 1_048_576, operationBytes: 65_536, pullEntries: this.pullEntries };
    return {
      protocol: 1,
      schemaVersion: 1,
      space: 'space-1',
      epoch: this.epoch,
      head: this.head,
      minPosition: 0,
      limits,
      serverTime: this.clock.time - this.callMs / 2 + this.aheadMs,
      held: {},
      lastHash: {},
      attested: {},
      voided: [],
      forks: {},
      you: { account: 'ada', person: 'p-ada', roles: [], queues: [] },
      scope: '',
      snapshot:
        this.offered === null
          ? null
          : { hash: this.offered, position: this.snapshot.position, bytes: 1, parts: this.parts.length },
    };
  }

  #store(): RemoteStore {
    const standing = (): ReturnType<RemoteStore['standing']> => ({
      device: this.device,
      person: 'p-ada',
      cursor: this.cursor,
      scope: '',
      acknowledgedSeq: this.held,
      waiting: this.written - this.held,
      waitingSince: this.written > this.held ? this.clock.time : null,
      schemaVersion: 1,
      stale: this.stale,
      snapshot: this.halfTaken,
    });
    return {
      standing,
      takeHello: async () => ({ next: this.next, fetch: this.fetch }),
      outgoing: ({ limits }) => this.#batches(limits.pushOperations),
      takePushAnswer: async () => ({ acknowledgedSeq: this.held, refused: 0, stale: [], needsMore: false }),
      setAside: async ({ lines }) => {
        this.setAside.push(Number(lines));
        this.unreadable.delete(Number(lines));
        return true;
      },
      pullFrom: async ({ epoch }) => (this.cursor?.epoch === epoch ? this.cursor : { epoch, position: 0 }),
      forget: async () => {
        this.cursor = null;
      },
      takePage: async ({ entries, end: { epoch, to, head } }) => {
        this.cursor = { epoch, position: to };
        const counts = { applied: entries.length };
        return {
          counts,
          unfit: [],
          followed: new Set(),
          stale: [],
          cursor: this.cursor,
          atHead: to === head,
          greetAgain: false,
        };
      },
      takeRecords: async () => undefined,
      takeRecord: async () => {
        this.stale = [];
      },
      takeAbsence: async () => {
        this.stale = [];
      },
      takePart: async ({ hash, manifest, part, records }) => {
        const next = this.halfTaken?.hash === hash ? this.halfTaken.next : 0;
        if (part !== next) return { ok: false, why: 'out-of-turn' };
        this.taken.push(records.length);
        const done = part + 1 >= manifest.parts.length;
        this.halfTaken = done ? null : { hash, next: part + 1, parts: manifest.parts.length };
        if (done) this.cursor = { epoch: manifest.epoch, position: manifest.position };
        if (done) this.fetch = 'nothing';
        return { ok: true, next: part + 1, done };
      },
    };
  }

  async *#batches(most: number): AsyncGenerator<PushBatch, void, undefined> {
    for (let from = this.held; from < this.written; from = this.held) {
      const count = Math.min(most, this.written - from);
      const lines = Array.from({ length: count }, (_, index) => from + index + 1).join(',');
      yield { lines, operations: count, end: null };
      if (this.held === from) return;
    }
  }
}
