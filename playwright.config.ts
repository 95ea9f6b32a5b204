import { defineConfig } from '@playwright/test';

/** One display a worker, as only one window of a display has the focus; none where the tests use the display that is there. */
const displays = (process.env['HOLDFAST_TEST_DISPLAYS'] ?? '').split(',').filter((display) => display !== '');
const ownDisplay = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
if (ownDisplay !== undefined) process.env['DISPLAY'] = ownDisplay;

/**
 * End-to-end tests in real Electron. `npm test` prepares the runtime (ELECTRON_EXECUTABLE), a display and out/ first;
 * for a single file: `npm run e2e -- tests/e2e/name.spec.ts`.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: Math.max(1, displays.length),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: 'test-results',
  forbidOnly: true,
});
