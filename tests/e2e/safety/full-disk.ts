import { parseArgs } from 'node:util';
import { runFullDisk } from './run-full-disk.ts';

/**
 * `npm run full-disk -- --times 20 --seed 1`: fills the disk of a working desk that many times and counts what was lost.
 * Needs root, for a small file system of its own.
 */
const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const started = performance.now();
const { rounds, acknowledged, problems } = await runFullDisk(
  whole('times', values.times),
  whole('seed', values.seed),
  (line) => console.log(line),
);
const worst = (numbers: readonly number[]): number => Math.max(0, ...numbers);
console.log(
  JSON.stringify({
    filled: rounds.length,
    acknowledged,
    problems: problems.length,
    slowestMessageMs: worst(rounds.map((round) => round.messageMs)),
    messagesAfter2s: rounds.filter((round) => round.messageMs > 2_000).length,
    slowestResumeMs: worst(rounds.map((round) => round.resumeMs)),
    loadedAgain: rounds.filter((round) => round.reloads > 0).length,
    startedOnFullDisk: rounds.filter((round) => round.opened !== null).length,
    withoutRoomToOpen: rounds.filter((round) => round.opened === 'no room').length,
    seconds: Math.round((performance.now() - started) / 1_000),
  }),
);
process.exitCode = problems.length === 0 ? 0 : 1;

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name} expects a whole number above 0, got ${JSON.stringify(text)}`);
}
