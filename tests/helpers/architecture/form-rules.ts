import type { Rule } from './rule.ts';

const maxLines = 300;
const maxTestLines = 500;
const emptyNames = /(^|\/)(utils?|helpers?|types?|index|common|misc|manager|service)\.(ts|tsx|mjs)$/;
const mayDefaultExport = /^([a-z]+\.config\.ts|build\/after-pack\.mjs)$/;
// Put together, so that this file does not hold what it looks for.
const machinePath = ['', 'work', ''].join('/');
const unfinished = /\b(TODO|FIXME|XXX|HACK)\b/;

export const formRules: readonly Rule[] = [
  {
    name: `no file above ${maxLines} lines (tests ${maxTestLines})`,
    check: (file) => {
      const limit = file.path.startsWith('tests/') ? maxTestLines : maxLines;
      return file.lineCount <= limit
        ? []
        : [
            {
              line: limit + 1,
              message: `${file.lineCount} lines, at most ${limit} are allowed: split it by what it holds`,
            },
          ];
    },
    canaries: [
      { path: 'shared/a.ts', code: 'export {};\n'.repeat(maxLines + 1) },
      { path: 'tests/a.ts', code: 'export {};\n'.repeat(maxTestLines + 1) },
    ],
    innocent: [
      { path: 'shared/a.ts', code: 'export {};\n'.repeat(maxLines) },
      { path: 'tests/a.ts', code: 'export {};\n'.repeat(maxTestLines) },
    ],
  },
  {
    name: 'no default exports, no barrels',
    check: (file) => [
      ...(mayDefaultExport.test(file.path)
        ? []
        : file.defaultExports.map(({ line }) => ({ line, message: 'default export: give it a name' }))),
      ...file.starExports.map(({ line, text }) => ({
        line,
        message: `export * from ${text}: import from the file itself`,
      })),
    ],
    canaries: [
      { path: 'renderer/app/a.tsx', code: 'export default function A() { return <p />; }' },
      { path: 'shared/a.ts', code: "export * from './b.ts';" },
    ],
    innocent: [
      { path: 'vitest.config.ts', code: 'export default {};' },
      { path: 'shared/a.ts', code: "export { b } from './b.ts';" },
    ],
  },
  {
    name: 'nothing left to do in comments',
    check: (file) =>
      file.comments.flatMap(({ text, line }) =>
        unfinished.test(text) ? [{ line, message: 'finish it, or file it' }] : [],
      ),
    canaries: [
      { path: 'shared/a.ts', code: '// TODO: later' },
      { path: 'shared/a.ts', code: '/* FIXME */' },
    ],
    innocent: [{ path: 'shared/a.ts', code: '// What is to do comes from the queue.' }],
  },
  {
    name: 'file names are kebab-case and say what the file holds',
    check: (file) => {
      const good =
        file.path.split('/').every((part) => /^(\.?[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z]+)*$/.test(part)) &&
        !emptyNames.test(file.path);
      return good ? [] : [{ line: 1, message: 'name the file in kebab-case after what it holds' }];
    },
    canaries: [
      { path: 'shared/utils.ts', code: '' },
      { path: 'renderer/ui/index.ts', code: '' },
      { path: 'renderer/ui/PickList.tsx', code: '' },
      { path: 'renderer/ui/pick_list.tsx', code: '' },
    ],
    innocent: [{ path: 'tests/unit/shared/pick-list.test.ts', code: '' }],
  },
  {
    name: 'no path of one machine',
    check: (file) =>
      file.text
        .split('\n')
        .flatMap((line, index) =>
          line.includes(machinePath) ? [{ line: index + 1, message: `${machinePath} exists on one machine only` }] : [],
        ),
    canaries: [{ path: 'shared/a.ts', code: `export const x = '${machinePath}a';` }],
    innocent: [{ path: 'shared/a.ts', code: "export const x = './worker.ts';" }],
  },
];
