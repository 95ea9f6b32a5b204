import { expect, test } from '@playwright/test';
import { existsSync } from 'node:fs';
import { runKills } from './run-kills.ts';

test('a desk killed while it works, rests and starts loses nothing acknowledged and does nothing by halves', async () => {
  test.setTimeout(300_000);
  expect(existsSync('/proc/self/cmdline'), 'whether all processes are dead is read from /proc').toBe(true);
  const result = await runKills(5, 11, (line) => console.log(line));
  expect(result).toMatchObject({ lost: [], half: [], damaged: [] });
  expect(result.acknowledged).toBeGreaterThan(20);
});
