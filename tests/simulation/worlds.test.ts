import { expect, it } from 'vitest';
import { regressionSeeds } from './regression-seeds.ts';
import { describePlan, simulate, type SimulationResult } from './simulate.ts';

const failureIn = ({ failed }: SimulationResult) =>
  failed === null ? null : { plan: describePlan(failed.plan), seed: failed.plan.seed, violation: failed.violation };

it.each(regressionSeeds)('world $seed holds every invariant: $taught', ({ seed }) => {
  expect(failureIn(simulate(1, seed))).toBeNull();
});

it('2,000 worlds hold every invariant', () => {
  const result = simulate(2_000, 1);
  expect(failureIn(result)).toBeNull();
  expect(result.worlds).toBe(2_000);
});
