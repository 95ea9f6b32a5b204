import { tallyOf, type CountedThing, type Tally } from '../../../../shared/domain/stock-take/tally.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { rowTitle, textValue } from '../../../widgets/row-title.ts';

/** Nobody counts more than this at one site. */
const most = 5_000;

export interface NamedThing extends CountedThing {
  readonly name: string;
}

export interface StockTakeView {
  readonly record: RecordView;
  readonly site: { readonly id: string; readonly name: string };
  readonly booked: number;
  readonly tally: Tally<NamedThing>;
  /** Names of assets booked at the site, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** How an open stock-take stands, told with every scan of any device; null when it is not here. */
export function useStockTake(id: string): StockTakeView | null | undefined {
  const { result: record } = useWatch({ type: 'record', id });
  const site = record ? textValue(record.values, 'site') : '';
  const shared = { search: '', offset: 0, limit: most } as const;
  const { result: booked } = useWatch(
    site === ''
      ? null
      : {
          type: 'list',
          entity: 'asset',
          where: [
            { field: 'site', op: 'in', values: [site] },
            { field: 'active', op: 'not-in', values: ['false'] },
            // What has no body cannot be found on a shelf.
            { field: 'baseClass', op: 'not-in', values: ['software', 'licence', 'service', 'virtual', 'site'] },
            { field: 'status', op: 'not-in', values: ['planned', 'retired', 'disposed'] },
          ],
          sort: [{ field: 'name', direction: 'ascending' }],
          ...shared,
        },
  );
  const { result: counted } = useWatch({
    type: 'list',
    entity: 'stock-take-entry',
    where: [
      { field: 'stockTake', op: 'in', values: [id] },
      { field: 'active', op: 'not-in', values: ['false'] },
    ],
    sort: [{ field: 'countedAt', direction: 'descending' }],
    ...shared,
  });
  if (record === null || (record !== undefined && record.entity !== 'stock-take')) return null;
  if (record === undefined || booked === undefined || counted === undefined) return undefined;
  const things = counted.rows.map((row) => ({
    id: row.id,
    asset: textValue(row.values, 'asset') || null,
    name: row.titles['asset'] ?? textValue(row.values, 'scanned'),
  }));
  return {
    record,
    site: { id: site, name: record.titles['site'] ?? '' },
    booked: booked.total,
    tally: tallyOf(
      booked.rows.map((row) => row.id),
      things,
    ),
    names: new Map(booked.rows.map((row) => [row.id, rowTitle(row)])),
  };
}
