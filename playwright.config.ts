import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests in real Electron. `npm test` prepares the runtime (ELECTRON_EXECUTABLE), a display and out/ first;
 * for a single file: `npm run e2e -- tests/e2e/name.spec.ts`.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: 'test-results',
  forbidOnly: true,
});
