import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir, exitWithError, projectRoot, SetupError } from './project.mjs';

const usage = `usage: node scripts/run-ts.mjs [--built] [--electron] FILE.ts [arguments]

Runs a TypeScript program under plain Node, from the project folder.
  --built      build out/ first when a source changed
  --electron   prepare the Electron runtime and a display first: ELECTRON_EXECUTABLE and DISPLAY are set, and
               HOLDFAST_VIRTUAL_DISPLAY where nobody sees it`;

/**
 * Bundles the entry with everything it takes from the project; packages stay outside and are found in node_modules.
 * @param {string} entry absolute
 * @returns {Promise<string>} the bundle, inside node_modules/.cache
 */
async function bundle(entry) {
  const { build } = await import('vite');
  const outDir = path.join(cacheDir, `run-${process.pid}-${randomBytes(3).toString('hex')}`);
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    plugins: [keepPlaces()],
    build: {
      ssr: entry,
      outDir,
      target: 'node20.18',
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'entry.mjs' } },
    },
  });
  process.on('exit', () => fs.rmSync(outDir, { recursive: true, force: true }));
  return path.join(outDir, 'entry.mjs');
}

/**
 * Lets a bundled module still know its own place, so that `new URL('./table.tsv', import.meta.url)` finds the file.
 * @returns {import('vite').Plugin}
 */
function keepPlaces() {
  return {
    name: 'keep-places',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('import.meta.')) return null;
      const placed = code
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id)))
        .replaceAll('import.meta.filename', JSON.stringify(id));
      // Lines stay where they are.
      return { code: placed, map: null };
    },
  };
}

try {
  process.chdir(projectRoot);
  const args = process.argv.slice(2);
  const flags = new Set();
  while (args[0] === '--built' || args[0] === '--electron') flags.add(args.shift());
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-')) throw new SetupError(usage);
  const entry = path.resolve(file);
  if (!fs.existsSync(entry)) throw new SetupError(`${file} does not exist.\n${usage}`);
  const { ensurePackages } = await import('./setup/ensure-packages.mjs');
  ensurePackages();
  if (flags.has('--built')) await (await import('./setup/build-if-stale.mjs')).buildIfStale();
  if (flags.has('--electron')) {
    const { virtualDisplay } = await (await import('./setup/ensure-electron.mjs')).ensureElectron();
    if (virtualDisplay) process.env['HOLDFAST_VIRTUAL_DISPLAY'] = '1';
  }
  const program = await bundle(entry);
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0] ?? 'node', entry, ...rest];
  await import(pathToFileURL(program).href);
} catch (error) {
  exitWithError(error);
}
