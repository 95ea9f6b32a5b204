import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../helpers/endpoint/postgres-cluster.ts';
import { temporaryDirectory } from '../../../helpers/endpoint/open-office.ts';
import { readLog } from './log-rows.ts';
import type { Standing } from './judge-replay.ts';
import { replayLog, type ReplayResult } from './replay-log.ts';

const usage = `usage: npm run replay -- FILE [--store sqlite|postgres] [--desks N] [--rows N] [--seed S]
Replays an update log (CSV, may be .gz) by N desks (20), each offline at random, on SQLite (default) or PostgreSQL.`;

function describe(result: ReplayResult, desks: number): readonly string[] {
  const { before, after, edits, exchanges, refused, settled } = result;
  const told = (standing: Standing): string => {
    const { size } = new Set(standing.digests);
    return `${standing.digests.length} digests, ${size === 1 ? 'all equal' : `${size} DIFFERENT`}; ${standing.lost} lost`;
  };
  const peakGiB = process.resourceUsage().maxRSS / 2 ** 20;
  return [
    `${before.operations} operations of ${desks} desks, ${edits} fields, ${exchanges} exchanges, ${result.seconds.toFixed(0)} s, at most ${peakGiB.toFixed(1)} GiB`,
    `${told(before)}; ${refused} refused; ${before.systemOperations} operations of the authority`,
    `${before.conflicts.length} fields in review: ${result.conflictsPerThousand.toFixed(1)} for 1,000 operations; ${result.notOffered.length} not offered by some desk`,
    `${settled} settled at one desk: ${after.conflicts.length} left, ${told(after)}`,
  ];
}

/** Equal everywhere, nothing lost or refused, and every conflict could be settled. */
function isProven({ before, after, refused, notOffered, settled }: ReplayResult): boolean {
  const isEqual = [before, after].every(({ digests, lost }) => new Set(digests).size === 1 && lost === 0);
  const isReviewed = notOffered.length === 0 && settled === before.conflicts.length && after.conflicts.length === 0;
  return isEqual && refused === 0 && isReviewed;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      store: { type: 'string', default: 'sqlite' },
      desks: { type: 'string', default: '20' },
      rows: { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || !fs.existsSync(file)) {
    console.log(file === undefined || values.help ? usage : `There is no file ${file}.\n${usage}`);
    return values.help ? 0 : 1;
  }
  const cluster = values.store === 'postgres' ? startPostgres() : null;
  try {
    const result = await replayLog({
      rows: readLog(file, values.rows === undefined ? Infinity : Number(values.rows)),
      place: cluster
        ? { kind: 'postgres', url: cluster.newDatabase() }
        : { kind: 'sqlite', directory: temporaryDirectory() },
      desks: Number(values.desks),
      seed: Number(values.seed),
      tell: console.log,
    });
    console.log(describe(result, Number(values.desks)).join('\n'));
    return isProven(result) ? 0 : 1;
  } finally {
    cluster?.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
