import { expect, it } from 'vitest';
import { regressionSeeds } from './regression-seeds.ts';
import { planWorld } from './plan.ts';
import { runWorld } from './run-world.ts';
import { describePlan, simulate } from './simulate.ts';

it.each(regressionSeeds)('world $seed holds every invariant: $taught', ({ seed }) => {
  expect(runWorld(planWorld(seed, { undo: 0, twin: 0 })).violation).toBeNull();
});

it('2,000 worlds hold every invariant', () => {
  const { failed, worlds } = simulate(2_000, 1);
  expect(failed === null ? null : { plan: describePlan(failed.plan), violation: failed.violation }).toBeNull();
  expect(worlds).toBe(2_000);
});
