import type { WorkingTime } from '../calendar/working-time.ts';
import type { RecordValues } from '../change.ts';
import type { ServiceLevel } from './read-service-level.ts';
import {
  decisiveSpan,
  finishedSince,
  resolutionCycle,
  responseCycle,
  responseStop,
  updateCycles,
  type Cycle,
} from './running-cycle.ts';
import type { ServicePolicy } from './service-policy.ts';
import { stepTimes, type StepTime } from './step-times.ts';
import { actualMs, budgetOf, dueAfter, usedMs } from './target-clock.ts';
import { stageAt, type TargetStage } from './target-stage.ts';
import { spanAt, type TicketHistory } from './ticket-history.ts';

/** Where one target of one ticket stands (SLA-1). Instants and durations in ms. */
export interface TargetState {
  readonly level: ServiceLevel;
  readonly status: 'idle' | 'running' | 'paused' | 'completed' | 'canceled';
  readonly stage: TargetStage;
  readonly cycle: Cycle;
  /** Since when the definition applies to the ticket. */
  readonly attachedAt: number;
  /** Null while a pause makes it unknown. */
  readonly dueAt: number | null;
  /** When little is left: the last share of its steps below 100 %. */
  readonly soonAt: number | null;
  /** When it became overdue, as it was known then: not before it was attached (SLA-9). */
  readonly breachedAt: number | null;
  /** Overdue already when it was attached: one breach, and no flood of the steps before. */
  readonly isRetroactive: boolean;
  readonly budgetMs: number;
  /** Open time used, and all time between start and end but pauses (SLA-13). */
  readonly elapsedMs: number;
  readonly actualMs: number;
  /** Below zero: overdue by that much open time. */
  readonly remainingMs: number;
  readonly steps: readonly StepTime[];
  readonly working: WorkingTime;
  /** Update targets: open time of the longest exchange. */
  readonly longestMs: number;
  /** Exchanges that missed the target before this one. */
  readonly missedBefore: number;
}

/**
 * Every target of a ticket: for each kind of agreement and target the definition that attaches. A function of history,
 * policy and now and of nothing else; targets of definitions that are out of use are not there (SLA-11).
 */
export function evaluateTargets(history: TicketHistory, policy: ServicePolicy, now: number): readonly TargetState[] {
  return policy.groups.flatMap((group) => {
    const chosen = chooseLevel(history, policy, group);
    const state = chosen && evaluateTarget(history, policy, chosen.level, chosen.attachedAt, chosen.values, now);
    return state ? [state] : [];
  });
}

interface Chosen {
  readonly level: ServiceLevel;
  readonly attachedAt: number;
  readonly values: RecordValues;
}

/**
 * SLA-9: the definition that attaches to the ticket as it is, or as it was when the target ended: what is changed on a
 * finished ticket does not judge it anew.
 */
function chooseLevel(history: TicketHistory, policy: ServicePolicy, group: readonly ServiceLevel[]): Chosen | null {
  const finished = finishedSince(history.spans);
  let at: number | null = finished?.from ?? null;
  const first = policy.levelFor(group, decisiveSpan(history, at)?.values ?? {});
  if (first?.target === 'response') at = responseStop(history, first)?.at ?? at;
  const span = decisiveSpan(history, at);
  const level = span && policy.levelFor(group, span.values);
  if (!span || !level) return null;
  let attachedAt = span.from;
  for (const before of history.spans.toReversed()) {
    if (before.from >= span.from) continue;
    if (policy.levelFor(group, before.values) !== level) break;
    attachedAt = before.from;
  }
  return { level, attachedAt, values: span.values };
}

function evaluateTarget(
  history: TicketHistory,
  policy: ServicePolicy,
  level: ServiceLevel,
  attachedAt: number,
  values: RecordValues,
  now: number,
): TargetState | null {
  const working = policy.workingFor(level, values);
  if (level.target === 'response')
    return runCycle(level, working, responseCycle(history, level, attachedAt), attachedAt, now);
  if (level.target === 'resolution')
    return runCycle(level, working, resolutionCycle(history, level, attachedAt), attachedAt, now);
  const states = updateCycles(history, level, attachedAt).flatMap(
    (cycle) => runCycle(level, working, cycle, attachedAt, now) ?? [],
  );
  const last = states.at(-1);
  if (!last) return idleTarget(level, working, history, attachedAt);
  return {
    ...last,
    longestMs: Math.max(...states.map(({ elapsedMs }) => elapsedMs)),
    missedBefore: states.slice(0, -1).filter(({ stage }) => stage === 'missed').length,
  };
}

/** Null when the calendar has no such time. */
function runCycle(
  level: ServiceLevel,
  working: WorkingTime,
  cycle: Cycle,
  attachedAt: number,
  now: number,
): TargetState | null {
  const budgetMs = budgetOf(working, cycle.from, level.duration);
  if (budgetMs === null) return null;
  const end = cycle.to ?? Math.max(now, cycle.from);
  const lasting = cycle.to === null ? cycle.pauses.find(({ to }) => to === Number.POSITIVE_INFINITY) : undefined;
  const known = cycle.pauses.filter((pause) => pause !== lasting);
  // A pause that lasts moves everything behind its start to nobody knows when.
  const instantAfter = (ms: number): number | null => {
    const at = dueAfter(working, cycle.from, ms, known);
    return at === null || (lasting && at > lasting.from) ? null : at;
  };
  const dueAt = instantAfter(budgetMs);
  const shares = level.steps.flatMap((step) => (step.kind === 'percent' && step.percent < 100 ? [step.percent] : []));
  const soonAt = instantAfter((budgetMs * Math.max(0, ...shares, ...(shares.length === 0 ? [75] : []))) / 100);
  const isOverdue = dueAt !== null && end > dueAt;
  const isRetroactive = isOverdue && dueAt < attachedAt;
  const clipped = cycle.pauses.map((pause) => ({ ...pause, to: Math.min(pause.to, end) }));
  const elapsedMs = usedMs(working, cycle.from, end, clipped);
  const status = cycle.isCanceled ? 'canceled' : cycle.to !== null ? 'completed' : lasting ? 'paused' : 'running';
  return {
    level,
    status,
    stage: stageAt(status, dueAt, soonAt, end),
    cycle,
    attachedAt,
    dueAt,
    soonAt,
    breachedAt: isOverdue ? (isRetroactive ? attachedAt : dueAt) : null,
    isRetroactive,
    budgetMs,
    elapsedMs,
    actualMs: actualMs(cycle.from, end, clipped),
    remainingMs: budgetMs - elapsedMs,
    // Lists ask for none of them.
    get steps() {
      return stepTimes(level, working, cycle, budgetMs, attachedAt, instantAfter);
    },
    working,
    longestMs: elapsedMs,
    missedBefore: 0,
  };
}

function idleTarget(
  level: ServiceLevel,
  working: WorkingTime,
  history: TicketHistory,
  attachedAt: number,
): TargetState {
  const from = spanAt(history.spans, Infinity)?.from ?? history.openedAt;
  return {
    level,
    status: 'idle',
    stage: 'idle',
    cycle: { number: 0, from, to: from, isCanceled: false, pauses: [] },
    attachedAt,
    dueAt: null,
    soonAt: null,
    breachedAt: null,
    isRetroactive: false,
    budgetMs: budgetOf(working, from, level.duration) ?? 0,
    elapsedMs: 0,
    actualMs: 0,
    remainingMs: budgetOf(working, from, level.duration) ?? 0,
    steps: [],
    working,
    longestMs: 0,
    missedBefore: 0,
  };
}
