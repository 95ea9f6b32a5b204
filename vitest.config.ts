import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'tests/e2e/**'];

export default defineConfig({
  test: {
    environment: 'node',
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], exclude } },
      {
        extends: true,
        test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'], exclude, testTimeout: 300_000 },
      },
      {
        extends: true,
        test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], exclude, testTimeout: 60_000 },
      },
      {
        extends: true,
        test: { name: 'architecture', include: ['tests/architecture.test.ts'], exclude, testTimeout: 60_000 },
      },
    ],
    // Two workers: the tests must also run beside a build on a machine with two cores.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
