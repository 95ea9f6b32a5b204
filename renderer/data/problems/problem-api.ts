import type { TriggerReason } from '../../../shared/domain/major-incident/trigger-rules.ts';

/** Known errors in force that touch a configuration item or a service (PRB-4). */
export interface KnownErrorsQuery {
  readonly type: 'known-errors';
  readonly asset: string | null;
  readonly service: string | null;
  readonly limit: number;
}

export interface KnownErrorMatch {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
  readonly workaround: string;
  readonly solution: string;
  /** What it has in common with what was asked for; the configuration item says more than the service. */
  readonly by: 'asset' | 'service';
}

/** What seems to recur and nobody has put aside, greatest first. */
export interface RecurrencesQuery {
  readonly type: 'recurrences';
  readonly limit: number;
}

/** A value most incidents of a proposal share. */
export interface SharedValue {
  readonly title: string;
  readonly id: string;
  readonly count: number;
}

export interface RecurrenceView {
  /** Oldest first. */
  readonly incidents: readonly { readonly id: string; readonly title: string }[];
  readonly open: number;
  /** Opening of the oldest and the newest (ms). */
  readonly from: number;
  readonly to: number;
  readonly asset: SharedValue | null;
  readonly service: SharedValue | null;
  readonly category: SharedValue | null;
  readonly words: readonly string[];
  readonly strength: number;
}

/** Incidents that the trigger rules of the space would propose as major ones. */
export interface MajorTriggersQuery {
  readonly type: 'major-triggers';
  readonly limit: number;
}

export interface MajorTrigger {
  readonly id: string;
  readonly title: string;
  readonly reasons: readonly TriggerReason[];
}

export type ProblemWatchQuery = KnownErrorsQuery | RecurrencesQuery | MajorTriggersQuery;

export interface ProblemWatchResults {
  readonly 'known-errors': readonly KnownErrorMatch[];
  readonly 'major-triggers': readonly MajorTrigger[];
  readonly recurrences: readonly RecurrenceView[];
}
