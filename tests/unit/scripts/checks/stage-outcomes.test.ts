import { describe, expect, it, vi } from 'vitest';
import { outcomeOf as playwrightOutcome } from '../../../../scripts/checks/playwright-stage.mjs';
import { runStages, runTool } from '../../../../scripts/checks/run-stage.mjs';
import { outcomeOf as vitestOutcome } from '../../../../scripts/checks/vitest-stage.mjs';

const passedTest = { status: 'passed', fullName: 'adds' };
const failedTest = { status: 'failed', fullName: 'adds wrong', failureMessages: ['expected 1 to be 2'] };
const vitestReport = {
  numPassedTests: 1,
  numFailedTests: 0,
  numPendingTests: 0,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [passedTest] }],
};

describe('outcome of a vitest run', () => {
  it('counts tests', () => {
    expect(vitestOutcome(vitestReport, 0, '')).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
  });

  it('shows what failed', () => {
    const report = {
      ...vitestReport,
      numFailedTests: 1,
      testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [passedTest, failedTest] }],
    };
    const outcome = vitestOutcome(report, 1, '');
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.output).toContain('adds wrong\nexpected 1 to be 2');
  });

  it('counts a file that does not load', () => {
    const report = {
      ...vitestReport,
      testResults: [
        ...vitestReport.testResults,
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    };
    const outcome = vitestOutcome(report, 1, '');
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.output).toContain('b.test.ts\nno such module');
  });

  it('fails on an error outside the tests, and on no tests', () => {
    expect(vitestOutcome(vitestReport, 1, 'unhandled rejection')).toMatchObject({
      failed: 1,
      output: 'unhandled rejection',
    });
    expect(vitestOutcome({ ...vitestReport, numPassedTests: 0, testResults: [] }, 0, '')).toMatchObject({
      failed: 1,
      output: 'no tests were found',
    });
  });
});

describe('outcome of a Playwright run', () => {
  const stats = { expected: 2, unexpected: 0, flaky: 1, skipped: 1 };

  it('counts tests', () => {
    expect(playwrightOutcome({ stats, errors: [], suites: [] }, 0, '')).toMatchObject({
      passed: 3,
      failed: 0,
      skipped: 1,
    });
  });

  it('shows what failed, with its place', () => {
    const spec = {
      title: 'saves',
      ok: false,
      tests: [{ results: [{ error: { message: 'first' } }, { error: { message: 'no row' } }] }],
    };
    const suites = [{ title: 'desk.spec.ts', suites: [{ title: 'tickets', specs: [spec] }] }];
    const outcome = playwrightOutcome({ stats: { ...stats, unexpected: 1 }, errors: [], suites }, 1, '');
    expect(outcome).toMatchObject({ passed: 3, failed: 1 });
    expect(outcome.output).toBe('desk.spec.ts > tickets > saves\nno row');
  });

  it('fails on an error outside the tests, and on no tests', () => {
    expect(playwrightOutcome({ stats, errors: [{ message: 'does not parse' }], suites: [] }, 1, '')).toMatchObject({
      failed: 1,
      output: 'does not parse',
    });
    const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    expect(playwrightOutcome({ stats: none, errors: [], suites: [] }, 0, '')).toMatchObject({ failed: 1 });
  });
});

describe('runStages', () => {
  it('runs every stage also after a failure or a throw, and sums up', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const sum = await runStages([
      { name: 'types', run: async () => ({ passed: 0, failed: 1, skipped: 0, output: 'wrong type' }) },
      { name: 'lint', run: () => Promise.reject(new Error('no such tool')) },
      { name: 'unit', run: async () => ({ passed: 5, failed: 0, skipped: 2, output: 'not shown' }) },
    ]);
    const text = written.mock.calls.map(([chunk]) => String(chunk)).join('');
    written.mockRestore();
    expect(sum).toEqual({ passed: 5, failed: 2 });
    expect(text).toMatch(/types.*FAILED.*\n {4}wrong type\nlint.*FAILED.*\n {4}Error: no such tool/);
    expect(text).toMatch(/unit .* s {2}ok +5 passed, 0 failed, 2 skipped\n/);
    expect(text).not.toContain('not shown');
  });
});

describe('runTool', () => {
  it('ends a tool that hangs, and says so', async () => {
    const { code, output } = await runTool('vitest', ['--version'], { limitMs: 1 });
    expect(code).not.toBe(0);
    expect(output).toContain('vitest was stopped after 0.001 s');
  });

  it('fails for a tool that is not there', async () => {
    expect(await runTool('no-such-tool', [], { limitMs: 1_000 })).toMatchObject({ code: 1 });
  });
});
