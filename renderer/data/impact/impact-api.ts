import type { LicenceCompliance } from '../../../shared/domain/asset/licence-compliance.ts';
import type { RelationType } from '../../../shared/domain/asset/relation-types.ts';
import type { HealthState } from '../../../shared/domain/impact/health.ts';

/** Kinds of record a failure reaches. */
export const impactKinds = ['asset', 'service', 'person'] as const;
export type ImpactKind = (typeof impactKinds)[number];

/** What is affected when these configuration items fail, or while a change works on them. Live. */
export interface ImpactQuery {
  readonly type: 'impact';
  readonly sources: readonly string[];
  /** Known not to be affected. */
  readonly barriers: readonly string[];
  /** Whether what open incidents have brought down counts as down. */
  readonly withContext: boolean;
  /** Most records told; figures cover all. */
  readonly limit: number;
}

/** How one record carries its failure to the next, as read from where the failure comes. */
export type ImpactLink =
  | { readonly by: 'relation'; readonly relation: RelationType; readonly isReverse: boolean }
  | { readonly by: 'service' | 'person' };

export interface ImpactRecord {
  readonly id: string;
  readonly entity: ImpactKind;
  readonly title: string;
  /** Finer class of an asset, job of a person. */
  readonly detail: string;
  readonly health: HealthState;
}

/** How a redundancy stands: of `of` neighbours `failed` are down, and `needed` must be up. */
export interface RedundancyView {
  readonly failed: number;
  readonly of: number;
  readonly needed: number;
}

export interface ImpactStep {
  readonly id: string;
  readonly title: string;
  /** From this record to the next one on the way. */
  readonly link: ImpactLink;
  readonly redundancy: RedundancyView | null;
}

export interface AffectedRecord extends ImpactRecord {
  /** Steps from a source. */
  readonly depth: number;
  /** From a source up to the record before this one. */
  readonly path: readonly ImpactStep[];
}

export interface ImpactView {
  readonly sources: readonly (ImpactRecord & { readonly isProductive: boolean })[];
  readonly affected: readonly AffectedRecord[];
  readonly totals: Readonly<Record<ImpactKind, number>>;
  /** Would be affected, if no redundancy bore it. */
  readonly spared: readonly (ImpactRecord & { readonly redundancy: RedundancyView })[];
  /** All ways between the sources, what is told of the affected, and the spared. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly link: ImpactLink }[];
}

/** How assets or services stand. */
export interface HealthQuery {
  readonly type: 'health';
  readonly entity: 'asset' | 'service';
  readonly ids: readonly string[];
}

export interface HealthView {
  readonly state: HealthState;
  /** Open incidents on the asset itself that put it out of order. */
  readonly incidents: number;
  /** Configuration items it suffers from, worst first; at most three. */
  readonly causes: readonly { readonly id: string; readonly title: string }[];
}

/** Whether the licences for a software cover what is installed. */
export interface LicenceQuery {
  readonly type: 'licence';
  readonly software: string;
}

export type ImpactWatchQuery = ImpactQuery | HealthQuery | LicenceQuery;

export interface ImpactWatchResults {
  readonly impact: ImpactView;
  readonly health: Readonly<Record<string, HealthView>>;
  readonly licence: LicenceCompliance;
}
