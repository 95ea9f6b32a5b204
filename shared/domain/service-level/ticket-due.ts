import type { TargetState } from './evaluate-target.ts';
import { stepKey, type StepTime } from './step-times.ts';
import { nothingDue, type TicketDue } from './target-stage.ts';

/**
 * The target a list shows: the unfulfilled one that is due first, so an overdue response stays until it is given; a
 * paused one when nothing is due; else how it ended, missed before met.
 */
export function summarizeTargets(targets: readonly TargetState[]): TicketDue {
  const open = targets.filter(({ status }) => status === 'running' || status === 'paused');
  const [next] = open
    .filter(({ dueAt }) => dueAt !== null)
    .sort((left, right) => Number(left.dueAt) - Number(right.dueAt));
  const shown = next ?? open[0] ?? targets.find(hasMissed) ?? targets.find(({ stage }) => stage === 'met');
  if (!shown) return nothingDue;
  const isOpen = open.includes(shown);
  return {
    due: isOpen ? shown.dueAt : null,
    dueSoon: isOpen ? shown.soonAt : null,
    dueTarget: shown.level.target,
    dueStage: !isOpen && hasMissed(shown) ? 'missed' : shown.stage,
  };
}

function hasMissed({ stage, missedBefore }: TargetState): boolean {
  return stage === 'missed' || (missedBefore > 0 && stage !== 'canceled');
}

/** One step that is to be acted on. */
export interface FiredStep {
  readonly key: string;
  readonly target: TargetState;
  readonly time: StepTime;
}

/** SLA-12: the steps whose notice is due, each under its key; what `isDone` knows of is not named again. */
export function stepsToFire(
  ticket: string,
  targets: readonly TargetState[],
  now: number,
  isDone: (key: string) => boolean,
): readonly FiredStep[] {
  return targets.flatMap((target) =>
    target.steps.flatMap((time) => {
      if (time.isSkipped || time.noticeAt === null || time.noticeAt > now) return [];
      const key = stepKey(ticket, target.level, target.cycle, time.step);
      return isDone(key) ? [] : [{ key, target, time }];
    }),
  );
}
