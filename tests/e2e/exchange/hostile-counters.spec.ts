import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';

test('the run over hostile texts counts a script, a request and a navigation that are planted', () => {
  const args = ['scripts/run-ts.mjs', 'tests/e2e/hostile.ts', '--self-check'];
  const output = execFileSync('node', args, { encoding: 'utf8', env: process.env, timeout: 100_000 });
  const counts: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  expect(counts).toMatchObject({ scripts: 1, requests: 1, navigations: 1 });
});
