import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreement, compareLog } from '../../../../helpers/service-level/log-targets.ts';

const sample = readFileSync('tests/fixtures/incidents-sample.csv', 'utf8');

describe('a real log (SLA-1)', () => {
  it('gives the targets that a calculation over its rows gives, for every incident', async () => {
    const { incidents, targets, overdue, differences } = await compareLog(sample);
    expect(differences).toEqual([]);
    expect(targets).toBe(2 * incidents);
    expect(overdue).toBeGreaterThan(0);
    expect(overdue).toBeLessThan(targets);
  }, 60_000);

  it('would show it if they differed', async () => {
    const few = sample.split('\n').slice(0, 30).join('\n');
    expect((await compareLog(few)).differences).toEqual([]);
    const other = { ...agreement, resolution: { ...agreement.resolution, '3': 1_441 } };
    expect((await compareLog(few, other)).differences.length).toBeGreaterThan(0);
  }, 60_000);
});
