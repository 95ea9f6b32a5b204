import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Mutant } from './mutant-list.ts';
import type { SimulationResult } from './simulate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cache = path.join(root, 'node_modules/.cache/mutants');

/** Builds the simulator with one snippet of the production core replaced, and runs worlds until one breaks. */
export async function runMutant(mutant: Mutant, worlds: number): Promise<SimulationResult> {
  const target = path.join(root, 'shared/sync', mutant.file);
  const outDir = path.join(cache, `${process.pid}-${mutant.name.replaceAll(/\W+/g, '-')}`);
  let planted = false;
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [
      {
        name: 'plant',
        enforce: 'pre',
        transform(code, id) {
          if (path.normalize(id) !== target) return null;
          if (code.split(mutant.find).length !== 2)
            throw new Error(
              `"${mutant.name}": expected its snippet once in ${mutant.file}; adapt tests/simulation/mutant-list.ts`,
            );
          planted = true;
          return code.replace(mutant.find, () => mutant.replace);
        },
      },
    ],
    build: {
      ssr: path.join(root, 'tests/simulation/simulate.ts'),
      outDir,
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'entry.mjs' } },
    },
  });
  if (!planted) throw new Error(`"${mutant.name}": ${mutant.file} is not part of the simulation`);
  try {
    const program: { readonly simulate: (worlds: number, seed: number) => SimulationResult } = await import(
      pathToFileURL(path.join(outDir, 'entry.mjs')).href
    );
    return program.simulate(worlds, 1);
  } finally {
    fs.rmSync(outDir, { recursive: true, force: true });
  }
}
