import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../../helpers/endpoint/open-office.ts';
import { readLog } from './log-rows.ts';
import { replayLog } from './replay-log.ts';

const sample = path.resolve(import.meta.dirname, '../../../fixtures/incidents-sample.csv');

it('a real log replayed by desks that are offline at random ends equal everywhere, with nothing lost', async () => {
  const rows = readLog(sample, 300);
  const place = { kind: 'sqlite', directory: temporaryDirectory() } as const;
  const result = await replayLog({ rows, place, desks: 5, seed: 3 });
  expect(new Set(result.digests).size).toBe(1);
  expect(result).toMatchObject({ lost: 0, refused: 0 });
  expect(result.digests).toHaveLength(6);
  expect(result.operations).toBeGreaterThan(150);
  // Without conflicts the desks did not work beside each other.
  expect(result.conflicts).toBeGreaterThan(0);
}, 180_000);
