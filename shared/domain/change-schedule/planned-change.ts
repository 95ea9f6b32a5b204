import type { Interval } from '../calendar/interval.ts';

/** A change as the schedule sees it. Configuration items and services are nodes of the impact graph. */
export interface PlannedChange extends Interval {
  readonly id: string;
  readonly items: readonly number[];
  /** Named by the change itself. */
  readonly service: number | null;
  /** Id of the person who implements it; '' when nobody does yet. */
  readonly owner: string;
}

/** A blackout or a maintenance window with its occurrences in the time looked at, in order. */
export interface ScheduleWindow {
  readonly id: string;
  readonly kind: 'blackout' | 'maintenance-window';
  /** Nodes it is for; null for all. */
  readonly covers: ReadonlySet<number> | null;
  readonly occurrences: readonly Interval[];
}

/** What hangs together with a change. */
export interface Touched {
  /** Its configuration items. */
  readonly own: ReadonlySet<number>;
  /** What fails with them, services included. */
  readonly below: ReadonlySet<number>;
  /** What they stand on directly. */
  readonly above: ReadonlySet<number>;
  /** Services among `below`, and the one the change names. */
  readonly services: ReadonlySet<number>;
}

/** Each check can be switched off (itsm-practices 2.4). */
export const conflictKinds = ['same-item', 'related-item', 'service', 'owner', 'blackout', 'outside-window'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export interface Conflict {
  readonly kind: ConflictKind;
  /** Id of the other change, or of the window. */
  readonly other: string;
  /** Node it is about; null for a person, and for windows that are for all. */
  readonly node: number | null;
}
