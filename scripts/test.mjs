import { parseArgs } from 'node:util';
import { playwrightStage } from './checks/playwright-stage.mjs';
import { runStages, toolStage } from './checks/run-stage.mjs';
import { vitestStage } from './checks/vitest-stage.mjs';
import { exitWithError, SetupError } from './project.mjs';
import { ensurePackages } from './setup/ensure-packages.mjs';

// Must run on a fresh clone: nothing imported above may need an npm package.

const staticStages = ['types', 'lint', 'format', 'dead-code'];
const allStages = [...staticStages, 'architecture', 'unit', 'simulation', 'integration', 'e2e'];
const checkStages = [...staticStages, 'architecture', 'unit'];

const usage = `usage: npm test [-- OPTIONS] [-- FILE...]

Installs what is missing and runs every stage, also after a failure: ${allStages.join(', ')}.
  --check            only ${checkStages.join(', ')} (npm run check)
  --only STAGE,...   only these stages
  --help             this text
Files narrow the stages that run tests, e.g. npm test -- --only unit tests/unit/shared`;

/** @param {readonly string[]} args */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean' }, check: { type: 'boolean' }, only: { type: 'string' } },
    });
    const only = values.only?.split(',');
    const unknown = only?.find((name) => !allStages.includes(name));
    if (unknown !== undefined) throw new Error(`there is no stage "${unknown}"`);
    return {
      help: values.help === true,
      names: only ?? (values.check === true ? checkStages : allStages),
      files: positionals,
    };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} files
 * @returns {import('./checks/run-stage.mjs').Stage}
 */
function stageOf(name, files) {
  switch (name) {
    case 'types':
      return toolStage(name, 'tsc', ['-b', '--pretty', 'false']);
    case 'lint':
      return toolStage(name, 'oxlint', []);
    case 'format':
      return toolStage(name, 'prettier', [
        '--check',
        '--log-level=warn',
        '--cache',
        '--cache-location=node_modules/.cache/prettier-check',
        '.',
      ]);
    case 'dead-code':
      return toolStage(name, 'knip', ['--no-progress']);
    case 'e2e':
      return playwrightStage(files);
    default:
      return vitestStage(name, files);
  }
}

try {
  const { help, names, files } = readArguments(process.argv.slice(2));
  if (help) process.stdout.write(`${usage}\n`);
  else {
    ensurePackages();
    const { passed, failed } = await runStages(names.map((name) => stageOf(name, files)));
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
    process.exitCode = failed === 0 ? 0 : 1;
  }
} catch (error) {
  exitWithError(error);
}
