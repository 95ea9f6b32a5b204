import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../helpers/endpoint/postgres-cluster.ts';
import { temporaryDirectory } from '../../../helpers/endpoint/open-office.ts';
import { readLog } from './log-rows.ts';
import { replayLog } from './replay-log.ts';

const usage = `usage: npm run replay -- FILE [--store sqlite|postgres] [--desks N] [--rows N] [--seed S]
Replays an update log (CSV, may be .gz) by N desks (20), each offline at random, on SQLite (default) or PostgreSQL.`;

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
    const distinct = new Set(result.digests).size;
    console.log(
      [
        `${result.operations} operations of ${values.desks} desks, ${result.edits} fields, ${result.exchanges} exchanges, ${result.seconds.toFixed(0)} s`,
        `${result.digests.length} digests, ${distinct === 1 ? 'all equal' : `${distinct} DIFFERENT`}; ${result.lost} lost; ${result.refused} refused`,
        `${result.conflicts} fields in review: ${result.conflictsPerThousand.toFixed(1)} for 1,000 edits; ${result.systemOperations} operations of the authority`,
      ].join('\n'),
    );
    return distinct === 1 && result.lost === 0 ? 0 : 1;
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
