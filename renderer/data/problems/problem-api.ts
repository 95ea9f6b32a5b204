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

export type ProblemWatchQuery = KnownErrorsQuery;

export interface ProblemWatchResults {
  readonly 'known-errors': readonly KnownErrorMatch[];
}
