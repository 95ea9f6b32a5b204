import { readFileSync } from 'node:fs';
import { checkVectors } from './check-vector.ts';

const usage = `usage: npm run vectors -- [FILE...]

Checks files in the form of tests/fixtures/sla-vectors.json (the default) and prints a line per vector.
Exit code 0: all as expected. 1: some are not, or a file cannot be read.`;

const files = process.argv.slice(2);
if (files.some((file) => file === '--help' || file === '-h')) {
  process.stdout.write(`${usage}\n`);
} else {
  let failed = 0;
  let checked = 0;
  for (const file of files.length === 0 ? ['tests/fixtures/sla-vectors.json'] : files) {
    try {
      for (const { id, passed, text } of checkVectors(readFileSync(file, 'utf8'))) {
        process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${id.padEnd(6)} ${text}\n`);
        checked += 1;
        if (!passed) failed += 1;
      }
    } catch (error) {
      process.stdout.write(`FAIL ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
      failed += 1;
    }
  }
  process.stdout.write(`${checked} vectors, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
