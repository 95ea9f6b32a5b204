import type { WatchQuery } from './data-api.ts';
import type { EndpointCallSet, ExchangeQuery, SyncWatchResults } from './sync-api.ts';

export type ExchangeResult = SyncWatchResults[ExchangeQuery['type']];

/** The exchange with an endpoint as pages reach it. Another room provides it; the worker's composition joins the two. */
export interface SyncPort {
  readonly answer: (query: ExchangeQuery) => ExchangeResult;
  /** Tells the answer at once and whenever it changes. */
  readonly watch: (key: string, query: ExchangeQuery, tell: (result: ExchangeResult) => void) => void;
  readonly unwatch: (key: string) => void;
  /** Ends every watch whose key begins so. */
  readonly unwatchAll: (prefix: string) => void;
  readonly calls: {
    readonly [Name in keyof EndpointCallSet]: (
      input: EndpointCallSet[Name]['input'],
    ) => Promise<EndpointCallSet[Name]['output']>;
  };
}

/** A query that another room answers. */
export function isExchangeQuery(query: WatchQuery): query is ExchangeQuery {
  return query.type === 'sync' || query.type === 'presence' || query.type === 'editing';
}
