import type { WorkingTime } from '../calendar/working-time.ts';
import type { ServiceLevel } from './read-service-level.ts';
import type { Cycle } from './running-cycle.ts';
import type { Step } from './step.ts';

/** When a step of a target fires. */
export interface StepTime {
  readonly step: Step;
  /** Ms; null while a pause makes it unknown, or when the target ended before. */
  readonly at: number | null;
  /** When it is to be told: held until the calendar is open, if the definition says so. */
  readonly noticeAt: number | null;
  /** Passed before the definition was attached: nobody is told (SLA-9). */
  readonly isSkipped: boolean;
}

/** SLA-12: every step of one cycle. `instantAfter` is when so much open time has passed. */
export function stepTimes(
  level: ServiceLevel,
  working: WorkingTime,
  cycle: Cycle,
  budgetMs: number,
  attachedAt: number,
  instantAfter: (ms: number) => number | null,
): readonly StepTime[] {
  return level.steps.map((step) => {
    const ms = step.kind === 'percent' ? (budgetMs * step.percent) / 100 : budgetMs + step.ms;
    const reached = ms < 0 ? cycle.from : instantAfter(ms);
    const at = reached !== null && cycle.to !== null && reached >= cycle.to ? null : reached;
    const isBreach = step.kind === 'percent' && step.percent === 100;
    const isLate = at !== null && at < attachedAt;
    const told = at === null ? null : Math.max(at, attachedAt);
    return {
      step,
      at,
      noticeAt: told !== null && level.noticesInHours ? working.nextOpen(told) : told,
      isSkipped: isLate && !isBreach,
    };
  });
}

/**
 * What names a step of one cycle of one target of one ticket: whoever notices it, on whichever device, acts under this
 * key, and what was done under it is not done again (SLA-12).
 */
export function stepKey(ticket: string, level: ServiceLevel, cycle: Pick<Cycle, 'number'>, step: Step): string {
  return `${ticket}/${level.id}/${cycle.number}/${step.name}`;
}
