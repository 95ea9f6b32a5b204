import { useCallback, useState } from 'react';
import type { ConflictList, ConflictRow } from '../../../data/sync-api.ts';
import { useWatch } from '../../../services/use-watch.ts';

const step = 50;

interface Page {
  readonly offset: number;
  readonly list: ConflictList;
}

export interface ConflictListData {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => ConflictRow | undefined;
  readonly indexOf: (id: string) => number;
  readonly onVisible: (first: number, last: number) => void;
}

/** The records in sight and some around them, by position: each row reads the history of its record. */
export function useConflictList(): ConflictListData {
  const [offset, setOffset] = useState(0);
  const { result, isStale } = useWatch({ type: 'conflicts', offset, limit: 2 * step });
  const [page, setPage] = useState<Page | null>(null);
  // A list of the window before would stand at the wrong place.
  if (result !== undefined && !isStale && page?.list !== result) setPage({ offset, list: result });
  const onVisible = useCallback((first: number, last: number) => {
    setOffset((before) =>
      first >= before && last < before + 2 * step ? before : Math.max(0, Math.floor(first / step) * step),
    );
  }, []);
  const rowAt = useCallback((index: number) => page?.list.rows[index - page.offset], [page]);
  const indexOf = useCallback(
    (id: string) => {
      const found = page?.list.rows.findIndex((row) => row.id === id) ?? -1;
      return found < 0 || page === null ? -1 : page.offset + found;
    },
    [page],
  );
  return { total: page?.list.total, rowAt, indexOf, onVisible };
}
