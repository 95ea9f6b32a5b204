import type { ListQuery } from '../data/data-api.ts';
import type { ListState } from '../store/lists-slice.ts';

/** A list of records on screen: where the store keeps how it stands, and what is asked for it. */
export interface ListSource {
  readonly key: string;
  readonly state: ListState;
  readonly query: (offset: number, limit: number) => ListQuery;
}
