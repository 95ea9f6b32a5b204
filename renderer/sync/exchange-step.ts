import { CallError, type EndpointCalls, type Heard } from './endpoint-calls.ts';
import type { ClockOffset } from './clock-offset.ts';
import type { AppliedPage, RemoteStore } from '../data/remote/remote-store.ts';
import type { ScopeWish } from '../../shared/sync/protocol-scope.ts';
import type { Portion } from './portion.ts';

/** What the steps of an exchange share: what they work with, what they count, how they stop. */
export interface ExchangeSetting {
  readonly calls: EndpointCalls;
  readonly store: RemoteStore;
  readonly memory: LineMemory;
  /** What the desk wants to be sent, as it is now. */
  readonly wish: () => ScopeWish;
  /** Wall time in ms. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly progressed: (progress: ExchangeProgress) => void;
  /** A failure that does not end the exchange: something could not be pushed, everything else goes on. */
  readonly noted: (error: CallError) => void;
}

/** What lasts from one exchange to the next. */
export interface LineMemory {
  offset: ClockOffset | null;
  /** After which key all records are to be fetched on, as they were seen by `scope`; null when they all are here. */
  records: { readonly scope: string; readonly after: string } | null;
  push: Portion;
  pull: Portion;
}

export interface ExchangeProgress {
  readonly direction: 'push' | 'pull';
  readonly done: number;
  readonly total: number;
  readonly unit: 'changes' | 'records';
  /** Nothing was ever pulled before. */
  readonly isFirst: boolean;
}

/** What one exchange moved. Bytes as on the wire. */
export interface Traffic {
  operationsOut: number;
  operationsIn: number;
  bytesOut: number;
  bytesIn: number;
}

/** Thrown when the person paused or gave up the endpoint. Whatever was taken until then is taken. */
export class Cancelled extends Error {}

export function checkCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled('the exchange was cancelled');
}

export function newTraffic(): Traffic {
  return { operationsOut: 0, operationsIn: 0, bytesOut: 0, bytesIn: 0 };
}

/** To be called with every answer before anything is made of it: one that came too late may be another endpoint's. */
export function count(traffic: Traffic, { cost }: Heard<unknown>, signal: AbortSignal): void {
  checkCancelled(signal);
  traffic.bytesOut += cost.sentBytes;
  traffic.bytesIn += cost.receivedBytes;
}

/** The endpoint's own code for why it refused; null for every other failure. */
export function codeOf(error: unknown): string | null {
  return error instanceof CallError && 'problem' in error.failure ? (error.failure.problem?.code ?? null) : null;
}

export function isTimeout(error: unknown): boolean {
  return error instanceof CallError && error.failure.kind === 'timeout';
}

/** Records whose log is not enough to show them. One that is not seen any more is wanted no more. */
export async function fetchStale(
  { calls, store, signal }: ExchangeSetting,
  stale: AppliedPage['stale'],
  traffic: Traffic,
): Promise<void> {
  for (const { entity, id } of stale) {
    checkCancelled(signal);
    try {
      const heard = await calls.record(entity, id);
      count(traffic, heard, signal);
      await store.takeRecord(heard.value);
    } catch (error) {
      if (codeOf(error) !== 'not-found') throw error;
      await store.takeAbsence({ entity, id });
    }
  }
}
