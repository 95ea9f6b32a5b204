import { expect, it } from 'vitest';
import { Watches } from '../../../../../renderer/data/engine/watches.ts';
import { Tables } from '../../../../../renderer/data/storage/tables.ts';
import type { WatchQuery } from '../../../../../renderer/data/data-api.ts';

const listOfAssets: WatchQuery = {
  type: 'list',
  entity: 'asset',
  where: [],
  search: 'switch',
  sort: [],
  offset: 0,
  limit: 50,
};

/** A list of assets, whose membership test notes the rows it is asked about. */
function watchAssets() {
  const tables = new Tables();
  const tested: number[] = [];
  let told = 0;
  const pending: (() => void)[] = [];
  const watches = new Watches({
    answer: () => ({ rows: [], total: 0 }),
    testOf: () => (row) => {
      tested.push(row);
      return false;
    },
    schedule: (run) => pending.push(run),
  });
  watches.add('one', listOfAssets, () => (told += 1));
  const put = (kind: 'asset' | 'person', id: string): void => {
    const table = tables.of(kind);
    table.put({ id, values: { name: id }, updatedAt: 1, updatedBy: '', deleted: false, conflicts: [] } as never);
    watches.afterChange(table, [id]);
  };
  const settle = async (): Promise<number> => {
    for (const run of pending.splice(0)) run();
    await Promise.resolve();
    return told;
  };
  return { put, settle, tested };
}

it('tests the rows of its own kind only; a change of another kind, whose name may be shown, is always told', async () => {
  const { put, settle, tested } = watchAssets();
  expect(await settle()).toBe(1);
  put('asset', 'printer');
  expect(tested).toEqual([0]);
  expect(await settle()).toBe(1);
  // More people than assets: no row of the asset table has their numbers.
  put('person', 'first');
  put('person', 'second');
  expect(tested).toEqual([0]);
  expect(await settle()).toBe(2);
});
