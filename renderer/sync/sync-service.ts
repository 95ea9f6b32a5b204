import type { DesktopCall, DesktopInput, DesktopOutputs } from '../../shared/desktop-api.ts';
import { usualChoices, type EndpointAccount, type EndpointFailure } from '../../shared/desktop-endpoint.ts';
import type { PresencePlace } from '../../shared/sync/protocol-presence.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { DesktopPort } from '../data/desktop-port.ts';
import { unlinked, unlinkedSync } from '../data/status.ts';
import type { ExchangeQuery, Presence, SyncState } from '../data/sync-api.ts';
import type { ExchangeResult, SyncPort } from '../data/sync-port.ts';
import type { DesktopEventMessage } from '../data/worker-protocol.ts';
import { DeskPresence } from './desk-presence.ts';
import { KeptFull } from './bring-ticket.ts';
import { CallError, openEndpointCalls, type CallFailure } from './endpoint-calls.ts';
import { Halted } from './exchange.ts';
import type { RemoteStore } from '../data/remote/remote-store.ts';
import { SyncEngine, type EngineClock } from './sync-engine.ts';

/** The open space, as the exchange works with it. */
export interface SyncedSpace {
  readonly name: string;
  readonly store: RemoteStore;
  /** Title of a person's record; '' when it is not here. */
  readonly nameOf: (person: string) => string;
  /** Whether a ticket is on this device. */
  readonly hasTicket: (id: string) => boolean;
}

interface Opened extends SyncedSpace {
  readonly engine: SyncEngine;
  readonly presence: DeskPresence;
}

/** Outputs of the boundary that are themselves outcomes. */
type OutcomeCall =
  | 'endpointEditing'
  | 'endpointEnrol'
  | 'endpointSignIn'
  | 'endpointAdmin'
  | 'endpointRenew'
  | 'endpointTest'
  | 'endpointDevices';

/** What pages watch and ask of the exchange, and the way of the shell's events to the engine. */
export class SyncService implements SyncPort {
  readonly #port: DesktopPort;
  readonly #clock: EngineClock;
  readonly #watches = new Map<
    string,
    { readonly query: ExchangeQuery; readonly tell: (result: ExchangeResult) => void }
  >();
  #opened: Opened | null = null;
  #isOpening = false;

  constructor(port: DesktopPort, clock: EngineClock) {
    this.#port = port;
    this.#clock = clock;
  }

  /** Begins to exchange, if an endpoint is set up. Once for each worker: it opens one space. */
  async open(space: SyncedSpace): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    const { name, store, nameOf } = space;
    const choices = await this.#port.ask('endpointChoices', { space: name });
    const engine = new SyncEngine({
      // Main has said why in its log.
      choices: choices.ok ? choices.value : usualChoices,
      calls: openEndpointCalls(this.#port, name),
      store,
      clock: this.#clock,
      nameOf,
      renew: () => this.#renew(name),
      listen: (on) => void this.#port.ask('endpointListen', { space: name, on }),
      log: (message) => void this.#port.ask('logError', { message: message.slice(0, 2_000), where: 'sync' }),
      changed: (state) => {
        this.#tell('sync', state);
      },
    });
    const presence = new DeskPresence({
      clock: this.#clock,
      nameOf,
      tell: (records) => this.#tellEdits(name, records),
      changed: (present) => {
        this.#tell('presence', present);
      },
    });
    this.#opened = { ...space, engine, presence };
    for (const [key, { query }] of this.#watches) if (query.type === 'editing') presence.edit(key, query);
    const account = await this.#port.ask('endpointAccount', { space: name });
    if (account.ok && account.value !== null) engine.link(account.value);
  }

  state(): SyncState {
    return this.#opened?.engine.state ?? unlinkedSync;
  }

  answer(query: ExchangeQuery): ExchangeResult {
    if (query.type === 'sync') return this.state();
    return query.type === 'presence' ? (this.#opened?.presence.present ?? []) : unlinked(query);
  }

  watch(key: string, query: ExchangeQuery, tell: (result: ExchangeResult) => void): void {
    this.#watches.set(key, { query, tell });
    if (query.type === 'editing') this.#opened?.presence.edit(key, query);
    tell(this.answer(query));
  }

  unwatch(key: string): void {
    if (this.#watches.delete(key)) this.#opened?.presence.endEdit(key);
  }

  unwatchAll(prefix: string): void {
    for (const key of this.#watches.keys()) if (key.startsWith(prefix)) this.unwatch(key);
  }

  #tell(type: ExchangeQuery['type'], result: SyncState | readonly Presence[]): void {
    for (const { query, tell } of this.#watches.values()) if (query.type === type) tell(result);
  }

  /** To be called when something may have been written. */
  noticeWork(): void {
    this.#opened?.engine.noticeWork();
  }

  /** An event of the shell; every window passes it on, and twice is as good as once. */
  hear(event: DesktopEventMessage): void {
    if (this.#opened === null) return;
    const { engine, presence, name } = this.#opened;
    if (event.name === 'systemResumed' || (event.name === 'networkChanged' && event.payload.online)) engine.reachable();
    else if (event.name === 'endpointHead' && event.payload.space === name) engine.headMoved(event.payload);
    else if (event.name === 'endpointPresence' && event.payload.space === name) presence.heard(event.payload);
    else if (event.name === 'endpointStream' && event.payload.space === name) {
      engine.streamChanged(event.payload.open);
      presence.streamChanged(event.payload.open);
    }
  }

  readonly calls: SyncPort['calls'] = {
    endpointEnrol: async ({ url, code, deviceName }) => {
      const { name, store, engine } = this.#mustBeOpen();
      const { person } = store.standing();
      const outcome = await this.#outcome('endpointEnrol', { space: name, url, code, deviceName, person });
      if (outcome.ok) engine.link(outcome.value);
      return outcome;
    },
    endpointSignIn: async ({ url, deviceName }) => {
      const { name, store, engine } = this.#mustBeOpen();
      const { person } = store.standing();
      const outcome = await this.#outcome('endpointSignIn', { space: name, url, deviceName, person });
      if (outcome.ok) engine.link(outcome.value);
      return outcome;
    },
    endpointCancelSignIn: async () => {
      await this.#port.ask('endpointCancelSignIn', null);
      return null;
    },
    endpointAdmin: (request) => this.#outcome('endpointAdmin', { space: this.#mustBeOpen().name, request }),
    endpointForget: async () => {
      const { name, store, engine } = this.#mustBeOpen();
      const answer = await this.#port.ask('endpointForget', { space: name });
      if (!answer.ok) throw new Error(answer.failure.message);
      engine.link(null);
      await store.forget();
      return null;
    },
    endpointTest: ({ url }) => this.#outcome('endpointTest', { url }),
    endpointDevices: () => this.#outcome('endpointDevices', { space: this.#mustBeOpen().name }),
    syncNow: async () => {
      this.#mustBeOpen().engine.syncNow();
      return null;
    },
    syncPause: async ({ paused }) => {
      this.#mustBeOpen().engine.pause(paused);
      await this.#keepChoices();
      return null;
    },
    searchEndpoint: async ({ text }) => {
      const { name, hasTicket } = this.#mustBeOpen();
      return await settle(async () => {
        const { rows, more } = (await openEndpointCalls(this.#port, name).search(text)).value;
        return { rows: rows.filter(({ id }) => !hasTicket(id)), more };
      });
    },
    bringTicket: async ({ id }) => {
      const { engine, hasTicket } = this.#mustBeOpen();
      const brought = await settle(() => engine.bring(id));
      if (!brought.ok) return brought;
      await this.#keepChoices();
      // The endpoint was set back and lacks what is here: it can be stood on after the next exchange.
      return hasTicket(id) ? succeed(null) : fail({ kind: 'not-yet' });
    },
    syncScope: async (chosen) => {
      this.#mustBeOpen().engine.choose({ ...chosen, also: [] });
      await this.#keepChoices();
      return null;
    },
  };

  /** An endpoint of an older version does not know the address. */
  async #tellEdits(space: string, records: readonly PresencePlace[]): Promise<'told' | 'later' | 'never'> {
    const outcome = await this.#outcome('endpointEditing', { space, records: [...records] });
    if (outcome.ok) return 'told';
    return outcome.failure.problem?.code === 'not-found' ? 'never' : 'later';
  }

  async #renew(space: string): Promise<EndpointAccount> {
    const outcome = await this.#outcome('endpointRenew', { space });
    if (outcome.ok) return outcome.value;
    // The endpoint does not take the new id for the old one's: only a code helps.
    if (outcome.failure.problem !== null && !isPassing(outcome.failure)) throw new Halted('device-renewed');
    throw new CallError(outcome.failure);
  }

  /** A pause or a choice holds also when the program starts again. */
  async #keepChoices(): Promise<void> {
    const { name, engine } = this.#mustBeOpen();
    const { paused, wish } = engine.state;
    const answer = await this.#port.ask('endpointChoose', { space: name, choices: { paused, wish } });
    if (!answer.ok) throw new Error(answer.failure.message);
  }

  #mustBeOpen(): Opened {
    if (this.#opened === null) throw new Error('the space is not open yet: call `open` first');
    return this.#opened;
  }

  /** A shell that could not do it (a full disk) is told like an endpoint that could not be reached. */
  async #outcome<Name extends OutcomeCall & DesktopCall>(
    call: Name,
    input: DesktopInput<Name>,
  ): Promise<DesktopOutputs[Name] | Result<never, EndpointFailure>> {
    const answer = await this.#port.ask(call, input);
    if (answer.ok) return answer.value;
    const { kind, message } = answer.failure;
    const failure = { kind: 'problem', problem: null, retryAfterMs: null, detail: `${kind}: ${message}` } as const;
    return { ok: false, failure };
  }
}

/** Failures on the way as values. */
async function settle<Value>(
  work: () => Promise<Value>,
): Promise<Result<Value, CallFailure | { readonly kind: 'kept-full' }>> {
  try {
    return succeed(await work());
  } catch (error) {
    if (error instanceof KeptFull) return fail({ kind: 'kept-full' });
    if (error instanceof CallError) return fail(error.failure);
    throw error;
  }
}

/** Too much asked at once, or a fault of the endpoint's own: it may take the same later. */
function isPassing({ problem }: EndpointFailure): boolean {
  return ['too-many-requests', 'busy', 'internal'].includes(problem?.code ?? '');
}
