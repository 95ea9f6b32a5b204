import { spawn } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectRoot } from '../project.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} passed tests, or 1 for a stage that is one check
 * @property {number} failed
 * @property {number} skipped
 * @property {string} output shown when something failed
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<Outcome>} run
 */

/**
 * Runs a tool of node_modules/.bin and keeps what it prints.
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {{ limitMs: number, env?: Readonly<Record<string, string>> }} options
 * @returns {Promise<{ code: number, output: string }>} code 1 also when the limit was passed
 */
export function runTool(tool, args, { limitMs, env = {} }) {
  const child = spawn(path.join(projectRoot, 'node_modules/.bin', tool), [...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    shell: process.platform === 'win32',
  });
  let output = '';
  const keep = (/** @type {Buffer} */ data) => (output += data.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const timer = setTimeout(() => {
    output += `\n${tool} was stopped after ${limitMs / 1_000} s\n`;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  }, limitMs);
  return new Promise((resolve) => {
    const end = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    };
    child.once('error', (error) => {
      output += `${tool} could not be started: ${error.message}\n`;
      end(1);
    });
    child.once('close', end);
  });
}

/**
 * A stage that is one check: it passes when the tool ends with code 0.
 * @param {string} name
 * @param {string} tool
 * @param {readonly string[]} args
 * @returns {Stage}
 */
export function toolStage(name, tool, args) {
  const run = async () => {
    const { code, output } = await runTool(tool, args, { limitMs: 300_000 });
    return code === 0 ? { passed: 1, failed: 0, skipped: 0, output: '' } : { passed: 0, failed: 1, skipped: 0, output };
  };
  return { name, run };
}

/**
 * Runs every stage, also after a failure, and prints one line for each.
 * @param {readonly Stage[]} stages
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runStages(stages) {
  const sum = { passed: 0, failed: 0 };
  for (const { name, run } of stages) {
    const began = Date.now();
    const outcome = await run().catch(thrownOutcome);
    const seconds = ((Date.now() - began) / 1_000).toFixed(1).padStart(6);
    const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    const verdict = outcome.failed > 0 ? 'FAILED' : 'ok';
    process.stdout.write(
      `${name.padEnd(13)}${seconds} s  ${verdict.padEnd(7)} ${outcome.passed} passed, ${outcome.failed} failed${skipped}\n`,
    );
    if (outcome.failed > 0) process.stdout.write(`${indent(outcome.output)}\n`);
    sum.passed += outcome.passed;
    sum.failed += outcome.failed;
  }
  return sum;
}

/**
 * @param {unknown} error
 * @returns {Outcome}
 */
function thrownOutcome(error) {
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/**
 * Some tools colour what they report even where nobody sees colours.
 * @param {string} text
 */
function indent(text) {
  return stripVTControlCharacters(text).trimEnd().replaceAll(/^/gm, '    ');
}
