import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePlan, simulate } from '../simulate.ts';
import { startServerThread, type ServerThread } from './server-thread.ts';
import { planServerWorld, runServerWorld } from './server-worlds.ts';

let thread: ServerThread;
beforeAll(async () => {
  thread = await startServerThread();
}, 120_000);
afterAll(async () => await thread.stop());

it('200 worlds with the real endpoint hold every invariant', () => {
  const { failed, worlds } = simulate(200, 1, undefined, (seed) => runServerWorld(thread, planServerWorld(seed)));
  expect(failed === null ? null : { plan: describePlan(failed.plan), violation: failed.violation }).toBeNull();
  expect(worlds).toBe(200);
}, 900_000);
