import { checkCursor, checkMidRun, checkQuiescent } from './checks.ts';
import { heal } from './heal.ts';
import type { Totals } from './ledger.ts';
import { planWorld, type WorldPlan } from './plan.ts';
import { checkProperties } from './properties.ts';
import { Violation } from './violation.ts';
import { World, type OpenEndpoint } from './world.ts';

export interface WorldResult {
  readonly plan: WorldPlan;
  readonly violation: Violation | null;
  readonly totals: Totals;
  readonly trace: readonly string[];
}

/** Runs one world to its end. Anything thrown that is no violation counts as one of I1: the core must not throw. */
export function runWorld(plan: WorldPlan, tracing = false, openEndpoint?: OpenEndpoint): WorldResult {
  const world = new World(plan, tracing, openEndpoint);
  let violation: Violation | null = null;
  try {
    world.runSteps((device) => {
      checkMidRun(world, device);
      checkCursor(world, device);
    });
    heal(world);
    checkQuiescent(world);
    world.endpoint.checkStored();
    checkProperties(world);
  } catch (error) {
    violation =
      error instanceof Violation
        ? error
        : new Violation(
            'I1',
            `the core threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
  }
  return { plan, violation, totals: world.ledger.totals, trace: world.ledger.trace ?? [] };
}

export function runSeed(seed: number): WorldResult {
  return runWorld(planWorld(seed));
}
