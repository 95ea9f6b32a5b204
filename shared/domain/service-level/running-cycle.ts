import type { ServiceLevel } from './read-service-level.ts';
import { spanAt, type Span, type TicketHistory } from './ticket-history.ts';
import type { Interval } from '../calendar/interval.ts';
import type { RecordValues } from '../change.ts';

/** One run of a target: what starts it, what stops it, and when it does not count. */
export interface Cycle {
  /** From 0; each step fires once per cycle (SLA-12). */
  readonly number: number;
  readonly from: number;
  /** When it was fulfilled or ended; null while it goes on. */
  readonly to: number | null;
  /** Canceled: ended without being fulfilled (SLA-11). */
  readonly isCanceled: boolean;
  /** United; `to` is Infinity for a pause that lasts. */
  readonly pauses: readonly Pause[];
}

export interface Pause extends Interval {
  readonly reason: 'on-hold' | 'resolved';
  /** Reason of the hold, where one was given. */
  readonly detail: string;
}

const done: ReadonlySet<unknown> = new Set(['resolved', 'closed']);

export function isDone(values: RecordValues): boolean {
  return done.has(values['state']);
}

function isCanceled(values: RecordValues): boolean {
  return values['state'] === 'canceled';
}

/** Since when the ticket has been resolved, closed or canceled without a break; null while it is open. */
export function finishedSince(spans: readonly Span[]): Span | null {
  let since: Span | null = null;
  for (const span of spans.toReversed()) {
    if (!isDone(span.values) && !isCanceled(span.values)) break;
    since = span;
  }
  return since;
}

/** SLA-7: when the response was given; null while it is owed. Canceling ends it without. */
export function responseStop(history: TicketHistory, level: ServiceLevel): { at: number; isCanceled: boolean } | null {
  const reply = level.responseStop === 'start' ? undefined : history.contacts.find(({ by }) => by === 'agent')?.at;
  const started =
    level.responseStop === 'reply'
      ? undefined
      : history.spans.find(
          ({ values }) => !isCanceled(values) && (values['state'] ?? 'new') !== 'new' && isTaken(values),
        )?.from;
  const resolved = history.spans.find(({ values }) => isDone(values))?.from;
  const given = Math.min(reply ?? Infinity, started ?? Infinity, resolved ?? Infinity);
  const finished = finishedSince(history.spans);
  const canceledAt = finished && isCanceled(finished.values) ? finished.from : Infinity;
  if (given === Infinity && canceledAt === Infinity) return null;
  return given <= canceledAt ? { at: given, isCanceled: false } : { at: canceledAt, isCanceled: true };
}

/** The first move out of New counts once somebody works on it. */
function isTaken(values: RecordValues): boolean {
  return typeof values['assignee'] === 'string' || isDone(values);
}

/**
 * SLA-8, SLA-10: when a target does not count: held for a reason that pauses it, and resolved before it was reopened.
 * A hold without a reason pauses what pauses at all.
 */
export function pausesOf(spans: readonly Span[], level: ServiceLevel, from: number, to: number): readonly Pause[] {
  const pauses: Pause[] = [];
  for (const span of spans) {
    const reason = pauseReason(span.values, level);
    const bounds = { from: Math.max(from, span.from), to: Math.min(to, span.to) };
    if (reason === null || bounds.to <= bounds.from) continue;
    const last = pauses.at(-1);
    if (last?.to === bounds.from && last.reason === reason.reason && last.detail === reason.detail)
      pauses[pauses.length - 1] = { ...last, to: bounds.to };
    else pauses.push({ ...reason, ...bounds });
  }
  return pauses;
}

function pauseReason(values: RecordValues, level: ServiceLevel): Pick<Pause, 'reason' | 'detail'> | null {
  if (isDone(values) || isCanceled(values)) return { reason: 'resolved', detail: '' };
  if (values['state'] !== 'on-hold' || level.pausesOn.size === 0) return null;
  const given = values['onHoldReason'];
  if (typeof given !== 'string') return { reason: 'on-hold', detail: '' };
  return level.pausesOn.has(given) ? { reason: 'on-hold', detail: given } : null;
}

/** The cycle of a resolution target that counts now. `attachedAt` is since when the definition applies. */
export function resolutionCycle(history: TicketHistory, level: ServiceLevel, attachedAt: number): Cycle {
  const { spans } = history;
  const finished = finishedSince(spans);
  const to = finished?.from ?? null;
  const reopenings = spans.flatMap((span, index) => {
    const before = spans[index - 1];
    return before && isDone(before.values) && !isDone(span.values) && span !== finished ? [span.from] : [];
  });
  const restarts = level.onReopen === 'restart' ? reopenings.filter((at) => at <= (to ?? Infinity)) : [];
  const start = level.onChange === 'restart' ? attachedAt : history.openedAt;
  const from = Math.max(start, restarts.at(-1) ?? start);
  return {
    number: restarts.filter((at) => at > start).length,
    from,
    to: to === null ? null : Math.max(from, to),
    isCanceled: finished !== null && isCanceled(finished.values),
    pauses: pausesOf(spans, level, from, to ?? Infinity),
  };
}

export function responseCycle(history: TicketHistory, level: ServiceLevel, attachedAt: number): Cycle {
  const stop = responseStop(history, level);
  const from = level.onChange === 'restart' ? attachedAt : history.openedAt;
  return {
    number: 0,
    from,
    to: stop === null ? null : Math.max(from, stop.at),
    isCanceled: stop?.isCanceled ?? false,
    pauses: pausesOf(history.spans, level, from, stop?.at ?? Infinity),
  };
}

/**
 * The exchanges of an update target: from the caller's first unanswered word to the answer. Further words of the caller
 * do not move it, and none counts before the first response, which has a target of its own (zammad#5177).
 */
export function updateCycles(history: TicketHistory, level: ServiceLevel, attachedAt: number): readonly Cycle[] {
  const cycles: { from: number; to: number | null; isCanceled: boolean }[] = [];
  const taken = history.spans.find(({ values }) => (values['state'] ?? 'new') !== 'new')?.from ?? Infinity;
  const reply = history.contacts.find(({ by }) => by === 'agent')?.at ?? Infinity;
  const responded = Math.min(taken, reply);
  let open: { from: number; to: number | null; isCanceled: boolean } | null = null;
  for (const { at, by } of history.contacts) {
    open = closeByState(open, history.spans, at);
    if (by === 'caller' && open === null && at >= responded) {
      open = { from: at, to: null, isCanceled: false };
      cycles.push(open);
    } else if (by === 'agent' && open !== null) {
      open.to = at;
      open = null;
    }
  }
  closeByState(open, history.spans, Infinity);
  return cycles
    .filter(({ to }) => level.onChange === 'retroactive' || to === null || to >= attachedAt)
    .map((cycle, number) => {
      const from = level.onChange === 'restart' ? Math.max(cycle.from, attachedAt) : cycle.from;
      const pauses = pausesOf(history.spans, level, from, cycle.to ?? Infinity);
      return { ...cycle, from, number, pauses };
    });
}

/** Resolving answers, canceling ends: whichever came before `until`. */
function closeByState(
  open: { from: number; to: number | null; isCanceled: boolean } | null,
  spans: readonly Span[],
  until: number,
): typeof open {
  if (open === null) return null;
  const ending = spans.find(
    ({ from, values }) => from > open.from && from < until && (isDone(values) || isCanceled(values)),
  );
  if (!ending) return open;
  open.to = ending.from;
  open.isCanceled = isCanceled(ending.values);
  return null;
}

/** The values by which a definition is chosen: those at the end of the target, or now. */
export function decisiveSpan(history: TicketHistory, at: number | null): Span | undefined {
  return spanAt(history.spans, at ?? Infinity);
}
