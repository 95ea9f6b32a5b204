import { protocolLimits, protocolVersions, type HelloAnswer } from '../../shared/sync/protocol.ts';
import type { RecordsAnswer } from '../../shared/sync/protocol-records.ts';
import { measureOffset } from './clock-offset.ts';
import { fetchSnapshot } from './bootstrap.ts';
import { badAnswer, type Heard } from './endpoint-calls.ts';
import {
  checkCancelled,
  codeOf,
  count,
  fetchStale,
  isTimeout,
  newTraffic,
  type ExchangeSetting,
  type LineMemory,
  type Traffic,
} from './exchange-step.ts';
import { adaptPortion } from './portion.ts';
import { pushAll, type PushSearch } from './push.ts';

/** Thrown for what only a person, or a new enrolment, can change. */
export class Halted extends Error {
  readonly reason: 'wrong-space' | 'device-renewed';

  constructor(reason: Halted['reason']) {
    super(reason);
    this.reason = reason;
  }
}

export function newLineMemory(): LineMemory {
  const { pushOperations, pullEntries } = protocolLimits;
  return {
    offset: null,
    records: null,
    push: { count: pushOperations, least: 10, most: pushOperations },
    pull: { count: pullEntries, least: 20, most: pullEntries },
  };
}

/** An epoch that changes in the middle begins the exchange anew; an endpoint that always does is not understood. */
const mostBeginnings = 4;

/**
 * One exchange: greet, push all the endpoint lacks, pull until its head. Every step may be repeated, and each leaves the
 * desk with what it has taken, so that an exchange that fails anywhere is simply begun again. `traffic` is counted up
 * also by one that fails.
 */
export async function runExchange(setting: ExchangeSetting, traffic: Traffic = newTraffic()): Promise<Traffic> {
  const { store, memory } = setting;
  const search: PushSearch = { most: Number.POSITIVE_INFINITY, done: 0, total: store.standing().waiting, gaps: 0 };
  for (let beginnings = 1; ;) {
    const hello = await greet(setting, traffic);
    const taken = await store.takeHello(hello, memory.offset?.offsetMs ?? null);
    if (taken.next !== 'go-on') throw new Halted(taken.next);
    try {
      const { next, head } = await pushAll(setting, hello, search, traffic);
      if (next === 'greet-again') continue;
      if (next === 'pull') {
        if (taken.fetch === 'all-records') await fetchRecords(setting, hello, traffic);
        // Also those that an earlier exchange could not fetch any more.
        await fetchStale(setting, store.standing().stale, traffic);
        // After a snapshot the next greeting tells what else must come.
        if (taken.fetch === 'snapshot') await fetchSnapshot(setting, hello, traffic);
        else if (await pullAll(setting, hello, head, traffic)) return traffic;
      }
    } catch (error) {
      const code = codeOf(error);
      // What begins where the log does now may still be in the making.
      const isTooOld = code === 'below-retention' && hello.snapshot !== null;
      if (code !== 'epoch-changed' && !isTooOld) throw error;
    }
    if (beginnings === mostBeginnings) throw badAnswer('an endpoint that stays the same for one exchange');
    beginnings += 1;
  }
}

async function greet(
  { calls, store, memory, now, signal, wish }: ExchangeSetting,
  traffic: Traffic,
): Promise<HelloAnswer> {
  checkCancelled(signal);
  const { cursor, schemaVersion } = store.standing();
  const askedAt = now();
  const protocol: [number, number] = [...protocolVersions];
  const heard = await calls.hello({ protocol, schemaVersion, wish: wish(), ...(cursor === null ? {} : { cursor }) });
  count(traffic, heard, signal);
  memory.offset = measureOffset(memory.offset, askedAt, now(), heard.value.serverTime);
  return heard.value;
}

/** @returns false when the endpoint must be greeted again first */
async function pullAll(setting: ExchangeSetting, hello: HelloAnswer, head: number, traffic: Traffic): Promise<boolean> {
  const { calls, store, memory, signal, progressed } = setting;
  const isFirst = store.standing().cursor === null;
  let cursor = await store.pullFrom(hello);
  const from = cursor.position;
  let beginnings = 0;
  for (let reach = head; cursor.position < reach;) {
    checkCancelled(signal);
    const limit = Math.max(1, Math.min(memory.pull.count, hello.limits.pullEntries));
    const query = { epoch: cursor.epoch, after: cursor.position, limit };
    const heard = await calls.pull(query).catch((error: unknown) => {
      if (isTimeout(error)) memory.pull = adaptPortion(memory.pull, null);
      throw error;
    });
    const { entries, end } = heard.value;
    count(traffic, heard, signal);
    memory.pull = adaptPortion(memory.pull, heard.cost.ms);
    const { stale, counts, cursor: next, greetAgain } = await store.takePage(heard.value);
    if (greetAgain) return false;
    // What comes back of one's own is no news.
    traffic.operationsIn += entries.length - (counts.duplicate ?? 0);
    await fetchStale(setting, stale, traffic);
    // An entry that did not fit begins the log anew: it is not the one the cursor was for.
    if (next.position <= cursor.position && (beginnings += 1) > 2) throw badAnswer('a log that leads on');
    cursor = next;
    reach = end.head;
    progressed({
      direction: 'pull',
      done: Math.max(0, cursor.position - from),
      total: Math.max(0, reach - from),
      unit: 'changes',
      isFirst,
    });
  }
  return true;
}

/**
 * All this desk may see, page by page: what it may see has changed, which the log does not tell. There may be more pages
 * than an endpoint answers in a minute: after a failure it goes on where it was.
 */
async function fetchRecords(
  { calls, store, memory, signal }: ExchangeSetting,
  { scope }: HelloAnswer,
  traffic: Traffic,
): Promise<void> {
  for (let after: string | null = memory.records?.scope === scope ? memory.records.after : ''; after !== null;) {
    checkCancelled(signal);
    const heard: Heard<RecordsAnswer> = await calls.records(after, protocolLimits.recordsPage);
    count(traffic, heard, signal);
    await store.takeRecords(heard.value, after);
    after = heard.value.next;
    memory.records = after === null ? null : { scope, after };
  }
}
