import { faultNames, type WorldPlan } from './plan.ts';
import { runWorld, type WorldResult } from './run-world.ts';

/** A smaller plan that still breaks the same invariant: fewer devices, fewer steps, fewer faults, fewer records. */
export function shrinkPlan(
  plan: WorldPlan,
  run: (plan: WorldPlan) => WorldResult = (each) => runWorld(each),
): WorldPlan {
  const wanted = run(plan).violation?.invariant;
  const breaks = (candidate: WorldPlan): boolean => run(candidate).violation?.invariant === wanted;
  let best = plan;
  const attempt = (candidate: WorldPlan): boolean => {
    if (!breaks(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let improved = true; improved;) {
    improved = false;
    for (const fault of faultNames) {
      if (best.rates[fault] > 0) improved = attempt({ ...best, rates: { ...best.rates, [fault]: 0 } }) || improved;
    }
    for (let index = best.transports.length - 1; index >= 0 && best.transports.length > 1; index -= 1) {
      improved = attempt({ ...best, transports: best.transports.filter((_, each) => each !== index) }) || improved;
    }
    for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < best.steps.length;) {
        const steps = [...best.steps.slice(0, from), ...best.steps.slice(from + size)];
        if (steps.length < best.steps.length && attempt({ ...best, steps })) improved = true;
        else from += size;
      }
    }
    if (best.records > 1) improved = attempt({ ...best, records: best.records - 1 }) || improved;
  }
  return best;
}
