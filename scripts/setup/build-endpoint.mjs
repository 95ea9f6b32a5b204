import { isBuiltin } from 'node:module';
import path from 'node:path';
import { projectRoot } from '../project.mjs';

/** Holds native code, which no bundle can: where the runtime has no SQLite of its own, it lies in node_modules beside. */
const outside = '@photostructure/sqlite';

/**
 * Builds the endpoint with all its packages into one file, `out/endpoint.mjs`.
 * @returns {Promise<void>}
 */
export async function buildEndpoint() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    ssr: { noExternal: true, external: [outside] },
    build: {
      ssr: path.join(projectRoot, 'server/main.ts'),
      outDir: path.join(projectRoot, 'out'),
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        external: (id) => isBuiltin(id) || id === outside || id === 'pg-native',
        output: {
          format: 'es',
          entryFileNames: 'endpoint.mjs',
          codeSplitting: false,
          // Packages in the older form ask for their own place.
          banner: [
            "import { fileURLToPath as placeOf } from 'node:url';",
            "const __filename = placeOf(import.meta.url), __dirname = placeOf(new URL('.', import.meta.url));",
          ].join('\n'),
        },
      },
    },
  });
}
