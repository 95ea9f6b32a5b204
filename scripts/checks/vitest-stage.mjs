import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../project.mjs';
import { runTool } from './run-stage.mjs';

/**
 * @typedef {object} VitestReport the parts read here of the report of vitest's json reporter
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {{ name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[]} testResults
 */

/**
 * A stage of one vitest project. No tests, or a file that does not load, is a failure.
 * @param {string} project
 * @param {readonly string[]} files filters, none for all
 * @returns {import('./run-stage.mjs').Stage}
 */
export function vitestStage(project, files) {
  const run = async () => {
    const reportFile = path.join(cacheDir, `vitest-${project}-${process.pid}.json`);
    const args = ['run', '--project', project, '--reporter=json', `--outputFile=${reportFile}`, ...files];
    const { code, output } = await runTool('vitest', args, { limitMs: 900_000 });
    if (!fs.existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0, output };
    /** @type {VitestReport} */
    const report = JSON.parse(fs.readFileSync(reportFile, 'utf8'));
    fs.rmSync(reportFile);
    return outcomeOf(report, code, output);
  };
  return { name: project, run };
}

/**
 * @param {VitestReport} report
 * @param {number} code
 * @param {string} output
 * @returns {import('./run-stage.mjs').Outcome}
 */
export function outcomeOf(report, code, output) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  const failures = [
    ...brokenFiles.map((file) => `${file.name}\n${file.message ?? ''}`),
    ...report.testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'failed')
        .map(
          (test) => `${file.name}: ${test.fullName}\n${(test.failureMessages ?? []).map(withoutToolFrames).join('\n')}`,
        ),
    ),
  ];
  const found = report.numFailedTests + brokenFiles.length;
  // An error outside any test (an unhandled rejection, no test at all) shows only in the exit code.
  const failed = found === 0 && (code !== 0 || report.numPassedTests === 0) ? 1 : found;
  return {
    passed: report.numPassedTests,
    failed,
    skipped: report.numPendingTests,
    output: failures.length > 0 ? failures.join('\n\n') : output || 'no tests were found',
  };
}

/**
 * A stack without the lines that lie in the test runner.
 * @param {string} stack
 */
function withoutToolFrames(stack) {
  return stack.replaceAll(/^ +at .*node_modules.*\n?/gm, '');
}
