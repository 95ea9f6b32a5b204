import { useEffect, useMemo, useState } from 'react';
import type { WatchQuery, WatchResults } from '../data/data-api.ts';
import { useServices } from './services.ts';

export interface Watched<Result> {
  /** Latest result; of the query before, until the first one of this query arrives; undefined before any. */
  readonly result: Result | undefined;
  /** True while `result` still belongs to the query before. */
  readonly isStale: boolean;
}

/**
 * Hears a query of the data worker for as long as the component lives. One subscription per visible region (D11).
 * The last result stays until the next one comes, so that nothing flickers while a query changes. Null watches nothing.
 */
export function useWatch<Query extends WatchQuery>(query: Query | null): Watched<WatchResults[Query['type']]> {
  type Result = WatchResults[Query['type']];
  const { data } = useServices();
  const key = query === null ? '' : JSON.stringify(query);
  const [heard, setHeard] = useState<{ readonly key: string; readonly result: Result } | null>(null);

  useEffect(() => {
    if (key === '') return undefined;
    const asked = JSON.parse(key) as Query;
    return data.watch(asked, (result) => setHeard({ key, result }));
  }, [data, key]);

  return useMemo(() => ({ result: key === '' ? undefined : heard?.result, isStale: heard?.key !== key }), [heard, key]);
}
