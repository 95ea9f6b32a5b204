import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { rendererConfig, shellConfig } from '../../build/vite-builds.mjs';

export interface BuiltBench {
  readonly ownPages: string;
  /** Null when the peers are not installed. */
  readonly peerPages: string | null;
  readonly preload: string;
  readonly main: string;
  readonly startMain: string;
}

/**
 * Builds the pages and the shells of the benchmarks as the product is built: same targets, same minifier.
 * @param root project folder
 * @param outDir absolute
 * @param peerFolder folder that holds the node_modules of the peers; null without them
 * @param readable keeps the names of functions, for profiles
 */
export async function buildBench(
  root: string,
  outDir: string,
  peerFolder: string | null,
  readable: boolean,
): Promise<BuiltBench> {
  const bench = path.join(root, 'tests/bench');
  mkdirSync(outDir, { recursive: true });
  // Below node_modules nothing else says that the shells are ES modules.
  writeFileSync(path.join(outDir, 'package.json'), '{ "type": "module" }\n');
  await buildPages(root, path.join(bench, 'pages'), path.join(outDir, 'own'), null, readable);
  if (peerFolder !== null)
    await buildPages(root, path.join(bench, 'peers'), path.join(outDir, 'peers'), peerFolder, readable);
  await build(shellConfig(root, path.join(outDir, 'preload'), { entry: 'electron/preload/preload.ts', format: 'cjs' }));
  await build(shellConfig(root, path.join(outDir, 'main'), { entry: 'tests/bench/electron/main.ts', format: 'es' }));
  await build(
    shellConfig(root, path.join(outDir, 'start'), { entry: 'tests/bench/electron/start-main.ts', format: 'es' }),
  );
  return {
    ownPages: path.join(outDir, 'own'),
    peerPages: peerFolder === null ? null : path.join(outDir, 'peers'),
    preload: path.join(outDir, 'preload/preload.cjs'),
    main: path.join(outDir, 'main/main.js'),
    startMain: path.join(outDir, 'start/start-main.js'),
  };
}

async function buildPages(
  root: string,
  pages: string,
  outDir: string,
  peerFolder: string | null,
  readable: boolean,
): Promise<void> {
  const config = rendererConfig(root, outDir);
  const resolvers = peerFolder === null ? [] : [resolvePeers(peerFolder)];
  await build({
    ...config,
    root: pages,
    plugins: resolvers,
    worker: { format: 'es', plugins: () => resolvers },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: { ...config.build, sourcemap: false, ...(readable ? { minify: false } : {}) },
  });
}

/** Packages of the peers are not the project's: they are found where the runner installed them. */
function resolvePeers(peerFolder: string): Plugin {
  const importer = path.join(peerFolder, 'package.json');
  return {
    name: 'resolve-peers',
    enforce: 'pre',
    resolveId(source, from) {
      const fromOurs = from !== undefined && from.includes('/tests/bench/');
      // PouchDB means the package of this name, not Node's module.
      if (source === 'events') return this.resolve('events/events.js', importer, { skipSelf: true });
      return fromOurs && /^[a-z@]/.test(source) ? this.resolve(source, importer, { skipSelf: true }) : null;
    },
  };
}
