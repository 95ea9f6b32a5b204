import type { ChangeState, ChangeType } from '../../../shared/domain/change-request/change-words.ts';
import type { RiskAssessment } from '../../../shared/domain/change-risk/assess-risk.ts';
import type { ConflictKind } from '../../../shared/domain/change-schedule/planned-change.ts';
import type { StepVerdict } from '../../../shared/domain/approval/judge-approval.ts';

/** Everything derived about one change: approvals, risk, conflicts. Live. */
export interface ChangeQuery {
  readonly type: 'change';
  readonly id: string;
}

/** One conflict in words: with which change or window, about what. */
export interface ConflictView {
  readonly kind: ConflictKind;
  readonly other: string;
  readonly title: string;
  /** Name of the configuration item or service; '' for a person and for windows that are for all. */
  readonly about: string;
}

export interface ChangeView {
  readonly phase: ChangeState | null;
  readonly verdicts: readonly StepVerdict[];
  /** Names of the people in the verdicts, by id. */
  readonly people: Readonly<Record<string, string>>;
  readonly risk: RiskAssessment;
  readonly conflicts: readonly ConflictView[];
  /** Incidents that name it as their cause. */
  readonly causedIncidents: number;
}

/** A change at another time, while it is being moved: nothing is written. */
export interface SlotQuery {
  readonly type: 'change-slot';
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** When a change could be without conflict, from an instant (ms) on. */
export interface FreeSlotsQuery {
  readonly type: 'free-slots';
  readonly id: string;
  readonly from: number;
}

/** What the calendar shows between two instants (ms). */
export interface ScheduleQuery {
  readonly type: 'change-schedule';
  readonly from: number;
  readonly to: number;
}

export interface ScheduledChange {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly changeType: ChangeType;
  readonly phase: ChangeState;
  readonly from: number;
  readonly to: number;
  readonly owner: string;
  /** Names of the services it is for. */
  readonly services: readonly string[];
  readonly conflicts: readonly ConflictView[];
}

export interface ScheduleView {
  readonly changes: readonly ScheduledChange[];
  readonly windows: readonly {
    readonly id: string;
    readonly kind: 'blackout' | 'maintenance-window';
    readonly name: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** CNF-1: what collides with the changes of one person, told anew after every exchange. */
export interface OwnConflictsQuery {
  readonly type: 'change-conflicts';
  readonly owner: string;
}

export interface OwnConflict {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly conflicts: readonly ConflictView[];
}

export type ChangeWatchQuery = ChangeQuery | SlotQuery | FreeSlotsQuery | ScheduleQuery | OwnConflictsQuery;

export interface ChangeWatchResults {
  readonly change: ChangeView | null;
  readonly 'change-slot': readonly ConflictView[];
  readonly 'free-slots': readonly { readonly from: number; readonly to: number }[];
  readonly 'change-schedule': ScheduleView;
  readonly 'change-conflicts': readonly OwnConflict[];
}
