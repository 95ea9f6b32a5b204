import path from 'node:path/posix';

/**
 * Who may import whom: the table of ARCHITECTURE.md. A room may always import itself. `renderer/features/*` stands for
 * each single feature, none of which may know another.
 */
export const roomTable: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'electron/main': ['shared'],
  'electron/preload': ['shared'],
  server: ['shared'],
  'renderer/ui': [],
  'renderer/desktop': ['shared'],
  'renderer/store': ['shared'],
  'renderer/data': ['shared'],
  'renderer/sync': ['shared', 'renderer/data', 'renderer/desktop'],
  'renderer/services': ['shared', 'renderer/data', 'renderer/desktop'],
  'renderer/widgets': ['shared', 'renderer/ui', 'renderer/data', 'renderer/store', 'renderer/services'],
  'renderer/features/*': [
    'shared',
    'renderer/ui',
    'renderer/data',
    'renderer/store',
    'renderer/services',
    'renderer/widgets',
  ],
  'renderer/app': ['shared', 'renderer/*'],
  renderer: ['shared', 'renderer/*'],
  build: [],
  scripts: ['build'],
  tests: ['*'],
};

/** Packages a room may use besides what is allowed everywhere; a room not named here may use any. */
export const packageTable: Readonly<Record<string, readonly string[]>> = {
  shared: ['zod', '@noble/hashes', 'temporal-polyfill', 'ical.js', 'bwip-js'],
  'renderer/desktop': ['zod'],
};

/** The room a file belongs to, e.g. `renderer/features/tickets`, or null outside all rooms. */
export function roomOf(file: string): string | null {
  const parts = file.split('/');
  const [top, second, third] = parts;
  if (top === undefined || parts.length < 2) return null;
  if (top === 'renderer') {
    if (second === 'features')
      return parts.length > 3 && third !== undefined ? `renderer/features/${third}` : 'renderer/features';
    return parts.length > 2 && second !== undefined ? `renderer/${second}` : 'renderer';
  }
  if (top === 'electron') return parts.length > 2 && second !== undefined ? `electron/${second}` : null;
  return top;
}

/** True when `from` may import a file of `to`. */
export function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  const row = from.startsWith('renderer/features/') ? 'renderer/features/*' : from;
  return (roomTable[row] ?? []).some(
    (allowed) => allowed === to || (allowed.endsWith('*') && to.startsWith(allowed.slice(0, -1))),
  );
}

/** The file a relative specifier names, from the project folder; null for a package. */
export function targetOf(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : null;
}

/** The package a specifier names: `dexie`, `@noble/hashes`, `node:fs`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
