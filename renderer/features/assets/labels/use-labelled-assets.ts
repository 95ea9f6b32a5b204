import { useEffect, useState } from 'react';
import type { LabelledAsset } from '../../../../shared/domain/label/label-content.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';

/** More labels than this (a box of sheets) at once are a mistake. */
export const labelsAtMost = 2_000;
const atOnce = 50;

/** The assets as their labels need them, in the order of `ids`; undefined until all are read. */
export function useLabelledAssets(ids: readonly string[]): readonly LabelledAsset[] | undefined {
  const { data } = useServices();
  const [assets, setAssets] = useState<readonly LabelledAsset[]>();
  useEffect(() => {
    const wish = { isOver: false };
    const read = async (): Promise<void> => {
      const found: LabelledAsset[] = [];
      const wanted = ids.slice(0, labelsAtMost);
      for (let from = 0; from < wanted.length && !wish.isOver; from += atOnce) {
        const records = await Promise.all(
          wanted.slice(from, from + atOnce).map((id) => data.call('query', { type: 'record', id })),
        );
        for (const record of records as readonly (RecordView | null)[])
          if (record !== null && record.entity === 'asset') found.push(record);
      }
      if (!wish.isOver) setAssets(found);
    };
    void read();
    return () => {
      wish.isOver = true;
    };
  }, [data, ids]);
  return assets;
}
