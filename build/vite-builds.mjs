import react from '@vitejs/plugin-react';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

/**
 * Oldest runtime the program must run on: Electron 33 (Chromium 130, Node 20.18). Said in this one place; a newer
 * release runtime runs the same output.
 */
export const targets = { chromium: 'chrome130', node: 'node20.18' };

/**
 * Renderer: page and data worker. No inlined assets and no preload polyfill, because the page's content security
 * policy allows neither `data:` fonts nor inline scripts.
 * @param {string} root project folder
 * @param {string} outDir absolute
 * @returns {import('vite').InlineConfig}
 */
export function rendererConfig(root, outDir) {
  return {
    configFile: false,
    root: path.join(root, 'renderer'),
    base: './',
    cacheDir: path.join(root, 'node_modules/.cache/vite'),
    plugins: [react()],
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: targets.chromium,
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
    },
    server: { host: '127.0.0.1', port: 5173, strictPort: false },
  };
}

/**
 * Main and preload: everything but Electron and Node is bundled, so the package carries no node_modules.
 * @param {string} root project folder
 * @param {string} outDir absolute
 * @param {{ entry: string, format: 'es' | 'cjs' }} part
 * @returns {import('vite').InlineConfig}
 */
export function shellConfig(root, outDir, part) {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: part.entry,
      outDir,
      emptyOutDir: true,
      target: targets.node,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: [/^electron(\/.+)?$/, /^node:/],
        // zod's builders have no effects: a bundle that uses only the channel names need not carry the schemas.
        treeshake: { manualPureFunctions: ['z'] },
        output: { format: part.format, entryFileNames: part.format === 'cjs' ? '[name].cjs' : '[name].js' },
      },
    },
  };
}

/**
 * Builds the three parts beside the old output and puts them in its place by a rename, so that a running window or a
 * second build never reads a half-written folder.
 * @param {string} root project folder
 * @param {string} outDir absolute; holds renderer/, main/ and preload/ afterwards
 */
export async function buildAll(root, outDir) {
  const staged = `${outDir}.${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    await build(rendererConfig(root, path.join(staged, 'renderer')));
    await build(
      shellConfig(root, path.join(staged, 'preload'), { entry: 'electron/preload/preload.ts', format: 'cjs' }),
    );
    await build(shellConfig(root, path.join(staged, 'main'), { entry: 'electron/main/main.ts', format: 'es' }));
    await replaceFolder(staged, outDir);
  } finally {
    await fs.rm(staged, { recursive: true, force: true });
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
async function replaceFolder(from, to) {
  const old = `${from}.old`;
  try {
    await fs.rename(to, old);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await fs.mkdir(path.dirname(to), { recursive: true });
  await fs.rename(from, to);
  await fs.rm(old, { recursive: true, force: true });
}

/** @param {unknown} error */
function isMissing(error) {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
