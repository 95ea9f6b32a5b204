import { expect, test } from 'vitest';
import type { DataClient } from '../../../../../renderer/data/data-client.ts';
import { ImportSession } from '../../../../../renderer/features/exchange/import-session.ts';
import type { DesktopApi } from '../../../../../shared/desktop-api.ts';

test('an import can be taken back from the moment its report shows, while past imports are still read', async () => {
  const report = { importId: 'i1', steps: 2 };
  const data = {
    call: (name: string) =>
      name === 'importFile' ? Promise.resolve({ report, failure: null }) : new Promise(() => undefined),
  } as unknown as DataClient;
  const desktop = { call: async () => ({ ok: true, value: null }) } as unknown as DesktopApi;
  const session = new ImportSession({ data, desktop, zone: 'UTC' });
  void session.open({ name: 'lamps.csv', text: 'number\n' } as never);
  await Promise.resolve();
  const seen: string[] = [];
  session.subscribe(() => seen.push(session.getState().step));
  const outcome = await session.run(({ importId }) => seen.push(`undo ${importId}`));
  expect(outcome?.report?.importId).toBe('i1');
  expect(seen.indexOf('undo i1')).toBeGreaterThan(-1);
  expect(seen.indexOf('undo i1')).toBeLessThan(seen.indexOf('report'));
});
