import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { compareLog } from '../helpers/service-level/log-targets.ts';
import { checkVectors } from './check-vector.ts';

const usage = `usage: npm run vectors -- [FILE...]
       npm run vectors -- --log FILE...

Checks files in the form of tests/fixtures/sla-vectors.json (the default) and prints a line per vector.
--log: update logs (CSV, also .gz). Imports each, computes the targets of every incident from its history, and compares
them with a calculation over the rows of the file.
Exit code 0: all as expected. 1: some are not, or a file cannot be read.`;

/** Differences of a log that are printed. */
const shownDifferences = 50;

const given = process.argv.slice(2);
const files = given.filter((each) => each !== '--log');
if (given.some((each) => each === '--help' || each === '-h')) {
  process.stdout.write(`${usage}\n`);
} else {
  const failed = given.includes('--log') ? await checkLogs(files) : checkFiles(files);
  process.exitCode = failed === 0 ? 0 : 1;
}

function checkFiles(named: readonly string[]): number {
  let failed = 0;
  let checked = 0;
  for (const file of named.length === 0 ? ['tests/fixtures/sla-vectors.json'] : named) {
    try {
      for (const { id, passed, text } of checkVectors(readFileSync(file, 'utf8'))) {
        process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${id.padEnd(6)} ${text}\n`);
        checked += 1;
        if (!passed) failed += 1;
      }
    } catch (error) {
      fail(file, error);
      failed += 1;
    }
  }
  process.stdout.write(`${checked} vectors, ${failed} failed\n`);
  return failed;
}

async function checkLogs(named: readonly string[]): Promise<number> {
  let failed = 0;
  for (const file of named.length === 0 ? ['tests/fixtures/incidents-sample.csv'] : named) {
    try {
      const bytes = readFileSync(file);
      const csv = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      const { incidents, targets, overdue, differences } = await compareLog(csv);
      for (const difference of differences.slice(0, shownDifferences)) process.stdout.write(`FAIL ${difference}\n`);
      process.stdout.write(`${file}: ${incidents} incidents, ${targets} targets, ${overdue} overdue, `);
      process.stdout.write(`${differences.length} differences\n`);
      failed += differences.length;
    } catch (error) {
      fail(file, error);
      failed += 1;
    }
  }
  return failed;
}

function fail(file: string, error: unknown): void {
  process.stdout.write(`FAIL ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
}
