import { parseArgs } from 'node:util';
import { runKills } from './run-kills.ts';

/**
 * `npm run kills -- --times 100 --seed 1`: kills a working desk that many times and counts what was lost.
 */
const { values } = parseArgs({
  options: { times: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const started = performance.now();
const result = await runKills(whole('times', values.times), whole('seed', values.seed), (line) => console.log(line));
for (const problem of [...result.lost, ...result.half, ...result.damaged]) console.log(problem);
const { kills, acknowledged, kept, drafts, lost, half, damaged } = result;
console.log(
  JSON.stringify({
    kills,
    acknowledged,
    keptThoughNotAcknowledged: kept,
    drafts,
    lost: lost.length,
    half: half.length,
    damaged: damaged.length,
    seconds: Math.round((performance.now() - started) / 1_000),
  }),
);
process.exitCode = lost.length + half.length + damaged.length === 0 ? 0 : 1;

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name} expects a whole number above 0, got ${JSON.stringify(text)}`);
}
