import { expect, test } from '@playwright/test';
import { runFullDisk } from './run-full-disk.ts';

test('a disk that is full costs nothing: said at once, typed text kept, read-only, resumed without a restart', async () => {
  test.setTimeout(420_000);
  // Elsewhere `npm test` goes on without it, and says so; what counts as tested must have been tried.
  test.skip(process.getuid?.() !== 0 && !process.env['CI'], 'needs root, for a small file system of its own');
  const { rounds, problems, acknowledged } = await runFullDisk(4, 3, (line) => console.log(line));
  expect(problems).toEqual([]);
  expect(rounds.map((round) => round.moment)).toEqual(['working', 'idle', 'importing', 'starting']);
  expect(acknowledged).toBeGreaterThan(20);
  // Promised are 2 s; the rest is for a loaded machine. `npm run full-disk` measures.
  for (const { messageMs } of rounds) expect(messageMs).toBeLessThan(20_000);
});
