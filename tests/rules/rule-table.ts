import { readdirSync, readFileSync } from 'node:fs';
import type { Rule } from './rule-list.ts';

/** A test that names a rule in its title. */
export interface NamingTest {
  readonly file: string;
  readonly title: string;
}

const titles =
  /\b(?:it|test|describe)(?:\.each(?:<[^>]*>)?\([^]*?\))?\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`)/g;

/** Titles of the tests below a folder that name a rule, by its id. */
export function findNamingTests(folder: string): ReadonlyMap<string, readonly NamingTest[]> {
  const found = new Map<string, NamingTest[]>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(?:test|spec)\.tsx?$/.test(file))
    .toSorted();
  for (const file of files) {
    for (const [, single, double, template] of readFileSync(file, 'utf8').matchAll(titles)) {
      const title = (single ?? double ?? template ?? '').replaceAll('\\', '');
      for (const id of new Set(title.match(/\b[A-Z]{3,4}-\d+\b/g)))
        found.set(id, [...(found.get(id) ?? []), { file, title }]);
    }
  }
  return found;
}

/** Rules that are done and that no test names. */
export function untestedRules(
  rules: readonly Rule[],
  tests: ReadonlyMap<string, readonly NamingTest[]>,
): readonly string[] {
  return rules.filter(({ id, isDone }) => isDone && !tests.has(id)).map(({ id }) => id);
}

/** The table of docs/rules.md. */
export function writeRuleTable(rules: readonly Rule[], tests: ReadonlyMap<string, readonly NamingTest[]>): string {
  const lines = rules.map(({ id, says, isDone }) => {
    const named = (tests.get(id) ?? []).map(({ file, title }) => `[${cell(title)}](../${file})`);
    return `| ${id} | ${cell(says)} | ${isDone ? named.join('<br>') : 'not built yet'} |`;
  });
  return [
    '# Rules and their tests',
    '',
    '<!-- prettier-ignore-start -->',
    '',
    'Written by `node scripts/run-ts.mjs tests/rules/write-rules.ts`; a test fails when it is not up to date, or when a rule',
    'that is built has no test that names it.',
    '',
    '| rule | says | tests |',
    '| --- | --- | --- |',
    ...lines,
    '',
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll('<', '&lt;');
}
