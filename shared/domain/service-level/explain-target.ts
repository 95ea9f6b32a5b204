import type { TargetState } from './evaluate-target.ts';
import type { ClockRemark, TicketHistory } from './ticket-history.ts';

/** A stretch of a target's time and why it counts or not (SLA-6). */
export interface TargetSegment {
  readonly from: number;
  readonly to: number;
  readonly kind: 'open' | 'outside-hours' | 'holiday' | 'paused' | 'resolved';
  /** Name of the holiday, or reason of the hold. */
  readonly detail: string;
  /** Open time (ms) it adds to the target: its length when open, else 0. */
  readonly countedMs: number;
  /** After the due time. */
  readonly isOverdue: boolean;
}

export interface TargetExplanation {
  /** In order and without gaps, from the start to the end or now. */
  readonly segments: readonly TargetSegment[];
  /** Clock corrections among the events of that time. */
  readonly remarks: readonly ClockRemark[];
}

/** Every minute of a target with its reason. The open ones add up to the elapsed time. */
export function explainTarget(target: TargetState, history: TicketHistory, now: number): TargetExplanation {
  const { cycle, working, dueAt } = target;
  const end = cycle.to ?? Math.max(now, cycle.from);
  const segments: TargetSegment[] = [];
  let at = cycle.from;
  const openUntil = (to: number): void => {
    if (to <= at) return;
    for (const stretch of working.explain(at, to)) pushSplit(segments, stretch.kind, stretch.name, stretch, dueAt);
    at = to;
  };
  for (const pause of cycle.pauses) {
    if (pause.from >= end) break;
    openUntil(pause.from);
    const to = Math.min(pause.to, end);
    const kind = pause.reason === 'resolved' ? 'resolved' : 'paused';
    pushSplit(segments, kind, pause.detail, { from: at, to }, dueAt);
    at = to;
  }
  openUntil(end);
  return { segments, remarks: history.remarks.filter((remark) => remark.at >= cycle.from && remark.at <= end) };
}

/** A stretch that the due time falls into becomes two. */
function pushSplit(
  segments: TargetSegment[],
  kind: TargetSegment['kind'],
  detail: string,
  { from, to }: { readonly from: number; readonly to: number },
  dueAt: number | null,
): void {
  const cut = dueAt !== null && dueAt > from && dueAt < to ? [from, dueAt, to] : [from, to];
  for (let index = 1; index < cut.length; index += 1) {
    const [start = from, end = to] = [cut[index - 1], cut[index]];
    const countedMs = kind === 'open' ? end - start : 0;
    segments.push({ from: start, to: end, kind, detail, countedMs, isOverdue: dueAt !== null && start >= dueAt });
  }
}
