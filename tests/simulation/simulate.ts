import type { Event } from './ledger.ts';
import type { WorldPlan } from './plan.ts';
import { runSeed, type WorldResult } from './run-world.ts';

export interface SimulationResult {
  readonly worlds: number;
  readonly cpuSeconds: number;
  readonly totals: ReadonlyMap<Event, number>;
  readonly failed: WorldResult | null;
}

/** Runs worlds from a seed on, up to the first that breaks an invariant. */
export function simulate(
  worlds: number,
  seed: number,
  tell: (done: number, perSecond: number) => void = () => undefined,
  run: (seed: number) => WorldResult = runSeed,
): SimulationResult {
  const start = process.cpuUsage();
  const totals = new Map<Event, number>();
  const seconds = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  for (let done = 0; done < worlds; done += 1) {
    const result = run(seed + done);
    for (const [event, count] of result.totals) totals.set(event, (totals.get(event) ?? 0) + count);
    if (result.violation !== null) return { worlds: done + 1, cpuSeconds: seconds(), totals, failed: result };
    if ((done + 1) % 10_000 === 0) tell(done + 1, Math.round((done + 1) / seconds()));
  }
  return { worlds, cpuSeconds: seconds(), totals, failed: null };
}

export function describePlan(plan: WorldPlan): string {
  const faults = Object.entries(plan.rates).flatMap(([fault, rate]) =>
    rate > 0 ? [`${fault} ${rate.toFixed(2)}`] : [],
  );
  return `${plan.transports.length} devices (${plan.transports.join(', ')}), ${plan.steps.length} steps, ${plan.records} records, faults: ${faults.join(', ') || 'none'}`;
}
