import { useEffect, useState } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { rowTitle } from '../../../widgets/row-title.ts';

/** Titles of records by id, as far as they are on this device. */
export function useTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const { data } = useServices();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const key = ids.join(' ');
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const found = new Map<string, string>();
      for (const id of key.split(' ').filter((each) => each !== '')) {
        const record = (await data.call('query', { type: 'record', id })) as RecordView | null;
        if (record !== null) found.set(id, rowTitle(record));
      }
      if (isShown && found.size > 0) setTitles(found);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [data, key]);
  return titles;
}
