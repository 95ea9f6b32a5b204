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
  for (const standing of [result.before, result.after]) {
    expect(new Set(standing.digests).size).toBe(1);
    expect(standing.digests).toHaveLength(6);
    expect(standing.lost).toBe(0);
  }
  expect(result.refused).toBe(0);
  expect(result.before.operations).toBeGreaterThan(150);
  // Without conflicts the desks did not work beside each other.
  expect(result.before.conflicts.length).toBeGreaterThan(0);
  expect(result).toMatchObject({ notOffered: [], settled: result.before.conflicts.length, after: { conflicts: [] } });
}, 180_000);
