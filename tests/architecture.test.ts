import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { doorRules } from './helpers/architecture/door-rules.ts';
import { formRules } from './helpers/architecture/form-rules.ts';
import { roomRules } from './helpers/architecture/room-rules.ts';
import { roomTable } from './helpers/architecture/rooms.ts';
import { readSourceFacts } from './helpers/architecture/source-facts.ts';

const root = path.dirname(import.meta.dirname);
const folders = ['shared', 'electron', 'renderer', 'server', 'scripts', 'build', 'tests'];

function sourceFiles(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs|cjs|js)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

const atTop = fs.readdirSync(root).filter((name) => name.endsWith('.ts'));
const files = [...folders.flatMap(sourceFiles), ...atTop].map((file) =>
  readSourceFacts(file, fs.readFileSync(path.join(root, file), 'utf8')),
);

describe.each([...roomRules, ...doorRules, ...formRules])('$name', ({ check, canaries, innocent }) => {
  it('holds in every file', () => {
    const found = files.flatMap((file) => check(file).map(({ line, message }) => `${file.path}:${line} ${message}`));
    expect(found.join('\n')).toBe('');
  });

  it.each(canaries)('flags $path: $code', (sample) => {
    expect(check(readSourceFacts(sample.path, sample.code)).length).toBeGreaterThan(0);
  });

  it.each(innocent)('lets pass $path: $code', (sample) => {
    expect(check(readSourceFacts(sample.path, sample.code))).toEqual([]);
  });
});

describe('the scan', () => {
  it('reads every room and the imports in it', () => {
    // A check that finds no files reports success: this one may not.
    for (const folder of folders)
      expect(files.filter((file) => file.path.startsWith(`${folder}/`)).length, folder).toBeGreaterThan(0);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(files.length / 2);
  });

  it('refuses a file it cannot parse', () => {
    expect(() => readSourceFacts('shared/a.ts', 'export const = ;')).toThrow('does not parse');
  });

  it('knows every folder of the renderer as a room', () => {
    const rooms = fs
      .readdirSync(path.join(root, 'renderer'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory());
    const unknown = rooms
      .map((entry) => `renderer/${entry.name}`)
      .filter((room) => !(room in roomTable) && room !== 'renderer/features');
    expect(unknown).toEqual([]);
  });
});
