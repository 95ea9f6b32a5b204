import type { HolidayFeed, FeedProblem } from '../../../shared/domain/calendar/holiday-feed.ts';
import type { CalendarIssue } from '../../../shared/domain/calendar/calendar-record.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import type { TargetSegment } from '../../../shared/domain/service-level/explain-target.ts';
import type { ServiceLevelKind, TargetName } from '../../../shared/domain/service-level/service-level-words.ts';
import type { TargetStage } from '../../../shared/domain/service-level/target-stage.ts';
import type { ClockRemark } from '../../../shared/domain/service-level/ticket-history.ts';
import type { Result } from '../../../shared/result.ts';

/** Part of the contract between page and worker: service-level targets. Instants and durations in ms. */

/** Targets of a ticket with the reasons of every minute. `asOf` asks anew as time goes on. */
export interface TargetsQuery {
  readonly type: 'targets';
  readonly id: string;
  readonly asOf: number;
}

export interface TargetView {
  readonly level: {
    readonly id: string;
    readonly name: string;
    readonly kind: ServiceLevelKind;
    readonly target: TargetName;
  };
  readonly status: 'idle' | 'running' | 'paused' | 'completed' | 'canceled';
  readonly stage: TargetStage;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly dueAt: number | null;
  readonly breachedAt: number | null;
  readonly isRetroactive: boolean;
  readonly budgetMs: number;
  readonly elapsedMs: number;
  readonly actualMs: number;
  readonly remainingMs: number;
  readonly missedBefore: number;
  readonly calendar: { readonly name: string; readonly zone: string };
  readonly steps: readonly { readonly name: string; readonly at: number | null; readonly isSkipped: boolean }[];
  readonly segments: readonly TargetSegment[];
  readonly remarks: readonly ClockRemark[];
}

/** `policyVersion` is '' while the definitions are being read. */
export interface TargetsView {
  readonly policyVersion: string;
  readonly targets: readonly TargetView[];
}

export interface CalendarPreview {
  readonly problem: CalendarIssue | null;
  /** Days from today in the calendar's zone; open hours as `08:00`, above 24:00 into the next day. */
  readonly days: readonly {
    readonly date: string;
    readonly holiday: string | null;
    readonly open: readonly (readonly [from: string, to: string])[];
  }[];
}

/** What a definition would change among the open tickets. */
export interface PolicyPreview {
  readonly open: number;
  /** Tickets whose next due time would be another. */
  readonly changed: number;
  readonly overdueBefore: number;
  readonly overdueAfter: number;
}

export interface ServiceLevelCalls {
  /** The coming days of a calendar as it would be with these values and the holidays it has. */
  readonly previewCalendar: {
    readonly input: { readonly id: string | null; readonly values: RecordValues; readonly days: number };
    readonly output: CalendarPreview;
  };
  readonly previewPolicy: {
    readonly input: { readonly id: string; readonly values: RecordValues };
    readonly output: PolicyPreview;
  };
  readonly readHolidayFeed: {
    readonly input: { readonly text: string };
    readonly output: Result<HolidayFeed, FeedProblem>;
  };
}
