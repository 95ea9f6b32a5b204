import type { TargetName } from './service-level-words.ts';

export const targetStages = [
  'breached',
  'due-soon',
  'on-track',
  'paused',
  'missed',
  'met',
  'canceled',
  'idle',
] as const;
export type TargetStage = (typeof targetStages)[number];

/**
 * Stage of a target at an instant, by comparing instants, never rounded shares. Overdue is overdue also while paused; a
 * target that ends on its due instant is met (SLA-5).
 */
export function stageAt(
  status: 'idle' | 'running' | 'paused' | 'completed' | 'canceled',
  dueAt: number | null,
  soonAt: number | null,
  at: number,
): TargetStage {
  if (status === 'idle' || status === 'canceled') return status;
  const isOverdue = dueAt !== null && at > dueAt;
  if (status === 'completed') return isOverdue ? 'missed' : 'met';
  if (isOverdue) return 'breached';
  if (status === 'paused') return 'paused';
  return soonAt !== null && at >= soonAt ? 'due-soon' : 'on-track';
}

/** What lists show and sort by of a ticket: its next target. A cache for sorting, never the truth (D5). */
export interface TicketDue {
  /** When the next unfulfilled target is due, in ms; null when none is, or while it is paused. */
  readonly due: number | null;
  /** When that target's stage becomes `due-soon`. */
  readonly dueSoon: number | null;
  readonly dueTarget: TargetName | null;
  readonly dueStage: TargetStage | null;
}

export const nothingDue: TicketDue = { due: null, dueSoon: null, dueTarget: null, dueStage: null };

/** The stage a running target has at an instant; the others keep theirs until something happens. */
export function dueStageAt({ due, dueSoon, dueStage }: TicketDue, at: number): TargetStage | null {
  return dueStage === 'on-track' || dueStage === 'due-soon' || dueStage === 'breached'
    ? stageAt('running', due, dueSoon, at)
    : dueStage;
}

/** The next instant (ms) after `at` at which the stage changes by itself; null when it never does. */
export function nextStageChange({ due, dueSoon, dueStage }: TicketDue, at: number): number | null {
  if (dueStage !== 'on-track' && dueStage !== 'due-soon' && dueStage !== 'breached') return null;
  if (dueSoon !== null && dueSoon > at) return dueSoon;
  // Overdue begins with the millisecond after.
  return due !== null && due >= at ? due + 1 : null;
}
