import { expect, it } from 'vitest';
import { describePlan, simulate } from './simulate.ts';

it('2,000 worlds hold every invariant', () => {
  const { failed, worlds } = simulate(2_000, 1);
  expect(failed === null ? null : { plan: describePlan(failed.plan), violation: failed.violation }).toBeNull();
  expect(worlds).toBe(2_000);
});
