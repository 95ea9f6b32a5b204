import type { EndpointAccount, EndpointEvents, SyncChoices } from '../../shared/desktop-endpoint.ts';
import type { SyncProblem, SyncState } from '../data/sync-api.ts';
import type { ScopeWish } from '../../shared/sync/protocol-scope.ts';
import { bringTicket, wishWith } from './bring-ticket.ts';
import type { CallError, EndpointCalls } from './endpoint-calls.ts';
import { Halted, newLineMemory, runExchange } from './exchange.ts';
import { Cancelled, newTraffic, type ExchangeProgress, type ExchangeSetting, type Traffic } from './exchange-step.ts';
import type { RemoteStore } from '../data/remote/remote-store.ts';
import { mayRun, step, unlinkedSchedule, wakeAt, wantsStream, type Happening, type Schedule } from './schedule.ts';
import { judge } from './sync-problem.ts';

/** Clock, chance and timers, passed in. */
export interface EngineClock {
  /** Wall time in ms. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly chance: () => number;
  /** Calls back once after a time (ms); the returned function calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface EngineSetting {
  readonly calls: EndpointCalls;
  readonly store: RemoteStore;
  readonly clock: EngineClock;
  /** As they were when the program ended. */
  readonly choices: SyncChoices;
  /** Asks main to keep the stream of heads open, or to end it. */
  readonly listen: (on: boolean) => void;
  /** Enrols the device the desk has become. Throws a `CallError`, or `Halted` when that needs a person. */
  readonly renew: () => Promise<EndpointAccount>;
  /** Title of a person's record; '' when it is not here. */
  readonly nameOf: (person: string) => string;
  readonly log: (message: string) => void;
  readonly changed: (state: SyncState) => void;
}

/** A timer longer than this (ms) fires at once in a browser. */
const longestTimerMs = 2 ** 31 - 1;

/** Runs the exchanges of one space: carries out what the schedule says and tells how it stands. */
export class SyncEngine {
  readonly #setting: EngineSetting;
  readonly #memory = newLineMemory();
  #schedule: Schedule;
  #wish: ScopeWish;
  #account: EndpointAccount | null = null;
  #cancel: AbortController | null = null;
  #callOff: (() => void) | null = null;
  #listening = false;
  #phase: 'connecting' | 'pushing' | 'pulling' = 'connecting';
  #progress: ExchangeProgress | null = null;
  #problem: SyncProblem | null = null;
  #lastContactAt: number | null = null;
  #lastExchange: SyncState['lastExchange'] = null;
  #ownWaiting = 0;

  constructor(setting: EngineSetting) {
    this.#setting = setting;
    const { paused, wish } = setting.choices;
    this.#schedule = { ...unlinkedSchedule, paused };
    this.#wish = wish;
  }

  get state(): SyncState {
    const { waiting, waitingSince } = this.#setting.store.standing();
    const { linked, paused, halted, running, failures, dueAt } = this.#schedule;
    const waits = failures > 0 ? 'waiting' : 'idle';
    return {
      link: this.#link(),
      paused,
      wish: this.#wish,
      phase: !linked ? 'none' : running ? this.#phase : paused || halted ? 'stopped' : waits,
      lastContactAt: this.#lastContactAt,
      nextTryAt: failures > 0 && mayRun(this.#schedule) ? dueAt : null,
      problem: this.#problem,
      progress: running ? this.#progress : null,
      waiting,
      waitingSince,
      clockOffsetMs: this.#memory.offset?.offsetMs ?? null,
      lastExchange: this.#lastExchange,
    };
  }

  /** An endpoint was set up, is set up already at the start (`account`), or was given up (null). */
  link(account: EndpointAccount | null): void {
    this.#account = account;
    this.#cancel?.abort();
    this.#problem = null;
    this.#progress = null;
    this.#lastContactAt = account?.lastContactAt ?? null;
    // Main ended its stream with the way it belonged to.
    this.#listening = false;
    this.#happen({ type: account === null ? 'forgotten' : 'linked' });
  }

  pause(paused: boolean): void {
    if (paused) this.#cancel?.abort();
    this.#happen({ type: 'paused', paused });
  }

  /** What the desk wants to be sent from now on: the endpoint is told at once. */
  choose(wish: ScopeWish): void {
    this.#wish = wish;
    this.#happen({ type: 'asked' });
  }

  /** Brings one ticket here that this desk does not keep, and keeps it. Throws a `CallError` or `KeptFull`. */
  async bring(id: string): Promise<void> {
    const { calls, store } = this.#setting;
    const wish = wishWith(this.#wish, id);
    await bringTicket(calls, store, wish, id);
    // Something else may have been chosen or brought in the meantime.
    this.#wish = wishWith(this.#wish, id);
    this.#tell();
  }

  syncNow(): void {
    this.#happen({ type: 'asked' });
  }

  /** Something may have been written here. */
  noticeWork(): void {
    const { waiting } = this.#setting.store.standing();
    const grew = waiting > this.#ownWaiting;
    if (waiting === this.#ownWaiting) return;
    this.#ownWaiting = waiting;
    if (grew) this.#happen({ type: 'local-change' });
    else this.#tell();
  }

  headMoved({ epoch, head }: Pick<EndpointEvents['endpointHead'], 'epoch' | 'head'>): void {
    const { cursor } = this.#setting.store.standing();
    if (cursor === null || cursor.epoch !== epoch || cursor.position < head) this.#happen({ type: 'news' });
  }

  streamChanged(open: boolean): void {
    this.#happen({ type: 'stream', open });
  }

  /** The network came back or the machine woke. */
  reachable(): void {
    this.#happen({ type: 'reachable' });
  }

  #happen(happening: Happening): void {
    const { clock, listen } = this.#setting;
    this.#schedule = step(this.#schedule, happening, clock.now(), clock.chance());
    const wants = wantsStream(this.#schedule);
    if (wants !== this.#listening) {
      this.#listening = wants;
      listen(wants);
    }
    this.#callOff?.();
    this.#callOff = null;
    const at = wakeAt(this.#schedule);
    if (at !== null) {
      const ms = Math.min(Math.max(0, at - clock.now()), longestTimerMs);
      this.#callOff = clock.after(ms, () => this.#due());
    }
    this.#tell();
  }

  #due(): void {
    this.#happen({ type: 'due' });
    if (this.#schedule.running && this.#cancel === null) void this.#run();
  }

  async #run(): Promise<void> {
    const { clock } = this.#setting;
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.#phase = 'connecting';
    this.#progress = null;
    let noted: CallError | null = null;
    const traffic = newTraffic();
    const began = clock.now();
    try {
      await this.#exchange(cancel.signal, traffic, (error) => (noted = error));
      this.#lastContactAt = clock.now();
      // One that moved nothing says nothing of the line.
      if (this.#lastExchange === null || traffic.operationsOut + traffic.operationsIn > 0)
        this.#lastExchange = { ...traffic, ms: Math.max(0, clock.now() - began), at: clock.now() };
      this.#problem = noted === null ? null : this.#since(judge(noted).problem);
      this.#end({ type: 'done' });
    } catch (error) {
      if (error instanceof Cancelled || cancel.signal.aborted) this.#end({ type: 'cancelled' });
      else this.#fail(error, traffic.operationsOut + traffic.operationsIn > 0);
    }
  }

  /** A desk that has another id than the one enrolled is enrolled under it first. */
  async #exchange(signal: AbortSignal, traffic: Traffic, noted: (error: CallError) => void): Promise<void> {
    const { calls, store, clock, renew } = this.#setting;
    const setting: ExchangeSetting = {
      calls,
      store,
      memory: this.#memory,
      wish: () => this.#wish,
      now: clock.now,
      signal,
      noted,
      progressed: (progress) => {
        this.#phase = progress.direction === 'push' ? 'pushing' : 'pulling';
        this.#progress = progress;
        this.#tell();
      },
    };
    if (this.#account?.device !== store.standing().device) this.#account = await renew();
    try {
      await runExchange(setting, traffic);
    } catch (error) {
      if (!(error instanceof Halted) || error.reason !== 'device-renewed') throw error;
      this.#account = await renew();
      await runExchange(setting, traffic);
    }
  }

  #fail(error: unknown, moved: boolean): void {
    const { problem, after, retryAfterMs } = judge(error);
    if (problem.kind !== this.#problem?.kind || problem.code !== this.#problem.code)
      this.#setting.log(`${problem.kind} ${problem.code ?? ''}: ${problem.detail}`);
    this.#problem = this.#since(problem);
    this.#end({ type: 'failed', after, retryAfterMs, moved });
  }

  /** The same trouble goes on since it began. */
  #since(problem: Omit<SyncProblem, 'since'>): SyncProblem {
    const before = this.#problem;
    const isSame = before !== null && before.kind === problem.kind && before.code === problem.code;
    return { ...problem, since: isSame ? before.since : this.#setting.clock.now() };
  }

  #end(happening: Happening): void {
    this.#cancel = null;
    this.#ownWaiting = this.#setting.store.standing().waiting;
    this.#happen(happening);
  }

  #link(): SyncState['link'] {
    if (this.#account === null) return null;
    const { url, account, person, roles, deviceName, device, space } = this.#account;
    const personName = this.#setting.nameOf(person);
    return { url, account, person, personName, roles, deviceName, device, endpointSpace: space };
  }

  #tell(): void {
    this.#setting.changed(this.state);
  }
}
