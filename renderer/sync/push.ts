import type { HelloAnswer } from '../../shared/sync/protocol.ts';
import { CallError, type Heard } from './endpoint-calls.ts';
import type { RemoteStore, PushBatch } from '../data/remote/remote-store.ts';
import {
  checkCancelled,
  codeOf,
  count,
  fetchStale,
  isTimeout,
  type ExchangeSetting,
  type Traffic,
} from './exchange-step.ts';
import { adaptPortion } from './portion.ts';

/** Room in a body for the line in which the device signs the end of its chain (bytes). */
const attestationBytes = 1_024;
/** What an endpoint says when it took nothing of a batch because of one of its lines. */
const blaming: ReadonlySet<string | null> = new Set(['bad-line', 'too-large', 'internal']);

/** Narrows down which operation an endpoint cannot take, over as many greetings as that needs. */
export interface PushSearch {
  /** Operations in a batch at most. */
  most: number;
  /** Operations pushed so far, and how many waited when the exchange began. */
  done: number;
  readonly total: number;
  /** Times the endpoint missed what comes before. */
  gaps: number;
}

export interface Pushed {
  /** greet-again: there is more to push, to be planned by what the endpoint holds then; begin-anew: its epoch changed. */
  readonly next: 'pull' | 'greet-again' | 'begin-anew';
  /** Head of its log as last heard. */
  readonly head: number;
}

const mostGaps = 3;

/**
 * Pushes what the endpoint lacks. A batch it does not take for one of its lines is halved until it holds one operation;
 * that one is put aside, with its text kept, and the rest goes on: one bad operation never blocks the others, and none
 * of them the pull.
 */
export async function pushAll(
  setting: ExchangeSetting,
  hello: HelloAnswer,
  search: PushSearch,
  traffic: Traffic,
): Promise<Pushed> {
  const { store, memory, signal, progressed } = setting;
  const most = Math.min(hello.limits.pushOperations, memory.push.count, search.most);
  const limits = { ...hello.limits, pushOperations: most, pushBytes: hello.limits.pushBytes - attestationBytes };
  let head = hello.head;
  for await (const batch of store.outgoing({ ...hello, limits })) {
    checkCancelled(signal);
    const heard = await pushBatch(setting, batch, search);
    if (heard === 'greet-again') return { next: 'greet-again', head };
    if (heard === 'go-on') continue;
    count(traffic, heard, signal);
    const { value: answer, cost } = heard;
    if (answer.epoch !== hello.epoch) return { next: 'begin-anew', head };
    head = Math.max(head, answer.head);
    memory.push = adaptPortion(memory.push, cost.ms);
    const { stale, needsMore } = await store.takePushAnswer(answer);
    await fetchStale(setting, stale, traffic);
    traffic.operationsOut += batch.operations;
    search.done += batch.operations;
    const total = Math.max(search.total, search.done);
    progressed({ direction: 'push', done: search.done, total, unit: 'changes', isFirst: false });
    if (needsMore) return { next: (search.gaps += 1) <= mostGaps ? 'greet-again' : 'pull', head };
    if (memory.push.count < most) return { next: 'greet-again', head };
  }
  return { next: 'pull', head };
}

/** The answer, or what to do without one: plan anew, or leave this batch and go on. Any other failure is thrown. */
async function pushBatch(
  setting: ExchangeSetting,
  batch: PushBatch,
  search: PushSearch,
): Promise<Heard<Parameters<RemoteStore['takePushAnswer']>[0]> | 'greet-again' | 'go-on'> {
  const { calls, store, memory, noted } = setting;
  try {
    return await calls.push({ lines: batch.lines, end: batch.end });
  } catch (error) {
    if (isTimeout(error)) memory.push = adaptPortion(memory.push, null);
    if (!(error instanceof CallError) || !blaming.has(codeOf(error))) throw error;
    if (batch.operations > 1) {
      search.most = batch.operations >> 1;
      return 'greet-again';
    }
    const { failure } = error;
    const problem = 'problem' in failure ? failure.problem : null;
    // A fault of the endpoint itself may be gone tomorrow: nothing is withdrawn for it.
    if (
      batch.operations === 1 &&
      problem !== null &&
      problem.code !== 'internal' &&
      (await store.setAside(batch, problem))
    ) {
      search.most = Number.POSITIVE_INFINITY;
      return 'greet-again';
    }
    noted(error);
    return 'go-on';
  }
}
