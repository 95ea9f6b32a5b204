import { parseArgs } from 'node:util';
import { describePlan, simulate } from './simulate.ts';
import { shrinkPlan } from './shrink.ts';
import { planWorld, type WorldPlan } from './plan.ts';
import { runWorld, type WorldResult } from './run-world.ts';
import { startServerThread } from './server/server-thread.ts';
import { planServerWorld, runServerWorld } from './server/server-worlds.ts';

const usage = `usage: npm run simulate -- [--worlds N] [--seed S] [--server]
N worlds from seed S on (default 2000 from 1; with --server 200).
  --server   the real endpoint takes the place of the simulated one: its routes in process, its store in a directory`;

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name} expects a whole number, got ${JSON.stringify(text)}.\n${usage}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      worlds: { type: 'string' },
      server: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const thread = values.server ? await startServerThread() : null;
  try {
    return simulateAndTell(
      whole('worlds', values.worlds ?? (thread ? '200' : '2000')),
      whole('seed', values.seed),
      (seed) => (thread ? planServerWorld(seed) : planWorld(seed)),
      (plan, tracing) => (thread ? runServerWorld(thread, plan, tracing) : runWorld(plan, tracing)),
    );
  } finally {
    await thread?.stop();
  }
}

function simulateAndTell(
  worlds: number,
  seed: number,
  planOf: (seed: number) => WorldPlan,
  run: (plan: WorldPlan, tracing?: boolean) => WorldResult,
): number {
  const result = simulate(
    worlds,
    seed,
    (done, perSecond) => console.log(`  ${done} worlds, ${perSecond} worlds per CPU second`),
    (each) => run(planOf(each)),
  );
  console.log(
    `${result.worlds} worlds in ${result.cpuSeconds.toFixed(1)} CPU seconds (${Math.round(result.worlds / result.cpuSeconds)} per second)`,
  );
  for (const [event, count] of [...result.totals].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`  ${event.padEnd(14)} ${count}`);
  if (result.failed === null) {
    console.log('0 violations');
    return 0;
  }
  const { plan, violation } = result.failed;
  console.log(
    `\nVIOLATION in world ${plan.seed} (npm run simulate -- --worlds 1 --seed ${plan.seed})\n${violation?.message ?? ''}`,
  );
  const shrunk = shrinkPlan(plan, run);
  const replay = run(shrunk, true);
  console.log(
    `\nshrunk to ${describePlan(shrunk)}\n${replay.violation?.message ?? ''}\n\ntrace:\n${replay.trace.slice(-60).join('\n')}`,
  );
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
