import { parseArgs } from 'node:util';
import { describePlan, simulate } from './simulate.ts';
import { shrinkPlan } from './shrink.ts';
import { runWorld } from './run-world.ts';

const usage = 'usage: npm run simulate -- [--worlds N] [--seed S]   N worlds from seed S on (default 2000 from 1)';

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name} expects a whole number, got ${JSON.stringify(text)}.\n${usage}`);
}

function main(): number {
  const { values } = parseArgs({
    options: {
      worlds: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const worlds = whole('worlds', values.worlds);
  const result = simulate(worlds, whole('seed', values.seed), (done, perSecond) =>
    console.log(`  ${done} worlds, ${perSecond} worlds per CPU second`),
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
  const shrunk = shrinkPlan(plan);
  const replay = runWorld(shrunk, true);
  console.log(
    `\nshrunk to ${describePlan(shrunk)}\n${replay.violation?.message ?? ''}\n\ntrace:\n${replay.trace.slice(-60).join('\n')}`,
  );
  return 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
