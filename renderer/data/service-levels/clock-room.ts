import { readCalendarRecord } from '../../../shared/domain/calendar/calendar-record.ts';
import { planDay } from '../../../shared/domain/calendar/calendar.ts';
import { timeText } from '../../../shared/domain/calendar/read-calendar.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { evaluateTargets, type TargetState } from '../../../shared/domain/service-level/evaluate-target.ts';
import { explainTarget } from '../../../shared/domain/service-level/explain-target.ts';
import { ServicePolicy } from '../../../shared/domain/service-level/service-policy.ts';
import { summarizeTargets } from '../../../shared/domain/service-level/ticket-due.ts';
import { nothingDue, type TicketDue } from '../../../shared/domain/service-level/target-stage.ts';
import {
  buildHistory,
  type HistoryContext,
  type TicketHistory,
} from '../../../shared/domain/service-level/ticket-history.ts';
import { Temporal } from 'temporal-polyfill';
import type { Body } from '../storage/body.ts';
import type { CalendarPreview, TargetView } from './target-view.ts';
import { trailOf } from './trail-of.ts';

/**
 * Everything that reckons with calendars, in a part of its own: the arithmetic is loaded when the space is open, not
 * before the first list shows.
 */
export { ServicePolicy };

export function dueOf(body: Body, policy: ServicePolicy, context: HistoryContext): TicketDue {
  if (policy.groups.length === 0) return nothingDue;
  const history = buildHistory(trailOf(body), context);
  return history === null ? nothingDue : summarizeTargets(evaluateTargets(history, policy, context.now));
}

export function targetsOf(body: Body, policy: ServicePolicy, context: HistoryContext): readonly TargetView[] {
  const history = buildHistory(trailOf(body), context);
  if (history === null) return [];
  return evaluateTargets(history, policy, context.now).map((state) => viewOf(state, history, policy, context.now));
}

function viewOf(state: TargetState, history: TicketHistory, policy: ServicePolicy, now: number): TargetView {
  const { level, cycle, working } = state;
  const isIdle = state.status === 'idle';
  return {
    level: { id: level.id, name: level.name, kind: level.kind, target: level.target },
    status: state.status,
    stage: state.stage,
    startedAt: cycle.from,
    endedAt: cycle.to,
    dueAt: state.dueAt,
    breachedAt: state.breachedAt,
    isRetroactive: state.isRetroactive,
    budgetMs: state.budgetMs,
    elapsedMs: state.elapsedMs,
    actualMs: state.actualMs,
    remainingMs: state.remainingMs,
    missedBefore: state.missedBefore,
    calendar: { name: policy.nameOf(working.calendar), zone: working.calendar.zone },
    steps: state.steps.map(({ step, at, isSkipped }) => ({ name: step.name, at, isSkipped })),
    ...(isIdle ? { segments: [], remarks: [] } : explainTarget(state, history, now)),
  };
}

export function previewDays(
  values: RecordValues,
  holidays: readonly RecordValues[],
  now: number,
  count: number,
): CalendarPreview {
  const read = readCalendarRecord(values, holidays);
  if (!read.ok) return { problem: read.failure, days: [] };
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(read.value.zone).toPlainDate();
  const days = Array.from({ length: count }, (_, index) => {
    const date = today.add({ days: index });
    const plan = planDay(read.value, date.toString(), date.dayOfWeek);
    const open = plan.segments.map(({ start, end }) => [timeText(start), timeText(end)] as const);
    return { date: date.toString(), holiday: plan.holiday, open };
  });
  return { problem: null, days };
}
