import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../project.mjs';
import { runTool } from './run-stage.mjs';

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string, ok: boolean, tests: { results: { error?: { message?: string, stack?: string } }[] }[] }[]} [specs]
 */

/**
 * @typedef {object} PlaywrightReport the parts read here of the report of Playwright's json reporter
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {{ message?: string }[]} errors
 * @property {PlaywrightSuite[]} suites
 */

/** Files that run side by side: a desk waits for its disk and its window as much as it computes. */
const workers = 2;

/**
 * End-to-end tests in real Electron, with the runtime, the display and the build they need.
 * @param {readonly string[]} files filters, none for all
 * @returns {import('./run-stage.mjs').Stage}
 */
export function playwrightStage(files) {
  const run = async () => {
    const { ensureElectron } = await import('../setup/ensure-electron.mjs');
    const { buildIfStale } = await import('../setup/build-if-stale.mjs');
    const { displays } = await ensureElectron({ ownDisplays: workers });
    await buildIfStale();
    const reportFile = path.join(cacheDir, `playwright-${process.pid}.json`);
    fs.mkdirSync(cacheDir, { recursive: true });
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile, HOLDFAST_TEST_DISPLAYS: displays.join(',') };
    const { code, output } = await runTool('playwright', ['test', '--reporter=json', ...files], {
      limitMs: 1_800_000,
      env,
    });
    if (!fs.existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0, output };
    /** @type {PlaywrightReport} */
    const report = JSON.parse(fs.readFileSync(reportFile, 'utf8'));
    fs.rmSync(reportFile);
    return outcomeOf(report, code, output);
  };
  return { name: 'e2e', run };
}

/**
 * @param {PlaywrightReport} report
 * @param {number} code
 * @param {string} output
 * @returns {import('./run-stage.mjs').Outcome}
 */
export function outcomeOf({ stats, errors, suites }, code, output) {
  const found = stats.unexpected + errors.length;
  const passed = stats.expected + stats.flaky;
  const failures = [
    ...errors.map((error) => error.message ?? 'an error outside the tests'),
    ...suites.flatMap((suite) => failuresOf(suite, '')),
  ];
  return {
    passed,
    failed: found === 0 && (code !== 0 || passed === 0) ? 1 : found,
    skipped: stats.skipped,
    output: failures.length > 0 ? failures.join('\n\n') : output || 'no tests were found',
  };
}

/**
 * @param {PlaywrightSuite} suite
 * @param {string} above
 * @returns {string[]}
 */
function failuresOf(suite, above) {
  const place = above === '' ? suite.title : `${above} > ${suite.title}`;
  const own = (suite.specs ?? [])
    .filter((spec) => !spec.ok)
    .map((spec) => {
      const error = spec.tests.flatMap((test) => test.results).findLast((result) => result.error !== undefined)?.error;
      return `${place} > ${spec.title}\n${error?.stack ?? error?.message ?? ''}`;
    });
  return [...own, ...(suite.suites ?? []).flatMap((inner) => failuresOf(inner, place))];
}
