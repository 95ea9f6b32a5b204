import type { EndpointCallSet, SyncState } from './sync-api.ts';

/** The exchange with an endpoint as pages reach it. Another room provides it; the worker's composition joins the two. */
export interface SyncPort {
  readonly state: () => SyncState;
  /** Tells the state at once and whenever it changes. */
  readonly watch: (key: string, tell: (state: SyncState) => void) => void;
  readonly unwatch: (key: string) => void;
  /** Ends every watch whose key begins so. */
  readonly unwatchAll: (prefix: string) => void;
  readonly calls: {
    readonly [Name in keyof EndpointCallSet]: (
      input: EndpointCallSet[Name]['input'],
    ) => Promise<EndpointCallSet[Name]['output']>;
  };
}
