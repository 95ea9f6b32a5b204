import { useEffect, useState } from 'react';
import type { Result } from '../../shared/result.ts';
import type { BeyondFailure } from '../data/sync-api.ts';
import { searchLimits, type SearchAnswer } from '../../shared/sync/protocol-search.ts';
import { isWholeScope } from '../../shared/sync/protocol-scope.ts';
import { useServices } from '../services/services.ts';
import { useWatch } from '../services/use-watch.ts';

/** Who types is not asked about at every key (ms). */
const restMs = 300;

/** How the search beyond this desk stands; `not-needed` when all there is to find is here. */
export type EndpointSearch =
  | { readonly at: 'not-needed' }
  | { readonly at: 'asking' }
  | { readonly at: 'found'; readonly answer: SearchAnswer }
  | { readonly at: 'failed'; readonly failure: BeyondFailure };

/** Looks at the endpoint for tickets this desk does not keep. Nothing is asked while the desk keeps all it may see. */
export function useEndpointSearch(text: string): EndpointSearch {
  const { data } = useServices();
  const { result: sync } = useWatch({ type: 'sync' });
  const [heard, setHeard] = useState<{
    readonly text: string;
    readonly outcome: Result<SearchAnswer, BeyondFailure>;
  } | null>(null);
  // The first exchange is under way: what it has not brought yet is at the endpoint, too.
  const isPartial = sync !== undefined && (!isWholeScope(sync.wish) || sync.progress?.isFirst === true);
  const isWanted =
    sync !== undefined &&
    sync.link !== null &&
    isPartial &&
    text.length >= searchLimits.textMin &&
    text.length <= searchLimits.textMax;

  useEffect(() => {
    if (!isWanted) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      void data.call('searchEndpoint', { text }).then((outcome) => {
        if (!isOver) setHeard({ text, outcome });
      });
    }, restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [data, text, isWanted]);

  if (!isWanted) return { at: 'not-needed' };
  if (heard?.text !== text) return { at: 'asking' };
  const { outcome } = heard;
  return outcome.ok ? { at: 'found', answer: outcome.value } : { at: 'failed', failure: outcome.failure };
}
