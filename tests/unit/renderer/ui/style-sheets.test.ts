import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowHeights } from '../../../../renderer/widgets/row-height.ts';

const renderer = path.resolve(import.meta.dirname, '../../../../renderer');
const files = fs.readdirSync(renderer, { recursive: true, encoding: 'utf8' }).map((name) => path.join(renderer, name));
const sources = files.filter((file) => file.endsWith('.tsx'));
const sheets = files.filter((file) => file.endsWith('.css'));

/** Names a source takes from each of its sheets: the strings of `classNames(sheet, ...)`. */
function namesUsed(source: string, sheet: string): readonly string[] {
  const calls = [...source.matchAll(new RegExp(`classNames\\(\\s*${sheet},([^;{}]*?)\\)(?=[}\\s,;>])`, 'g'))];
  return calls.flatMap(([, list]) =>
    [...(list ?? '').matchAll(/(?:^|[,?:&(])\s*'([\w-]+)'/g)].map((match) => match[1] ?? ''),
  );
}

describe('style sheets', () => {
  it('define every name that is used', () => {
    const missing: string[] = [];
    let used = 0;
    for (const file of sources) {
      const source = fs.readFileSync(file, 'utf8');
      for (const [, name = '', address = ''] of source.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)) {
        const css = fs.readFileSync(path.resolve(path.dirname(file), address), 'utf8');
        for (const each of namesUsed(source, name)) {
          used += 1;
          if (!css.includes(`.${each}`)) missing.push(`${path.relative(renderer, file)}: ${each}`);
        }
      }
    }
    expect(used).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it('use logical properties, so that the desk can be read from right to left', () => {
    const physical =
      /^\s*(left|right|top|bottom|(margin|padding|border)-(left|right|top|bottom)|(min-|max-)?(width|height)|text-align: (left|right))\b.*:/m;
    const found = sheets.filter((file) =>
      physical.test(fs.readFileSync(file, 'utf8').replaceAll(/@media[^{]*\{/g, '')),
    );
    expect(found.map((file) => path.relative(renderer, file))).toEqual([]);
  });

  it('stand in a layer', () => {
    const outside = sheets.filter((file) => !fs.readFileSync(file, 'utf8').trimStart().startsWith('@layer'));
    expect(outside.map((file) => path.relative(renderer, file))).toEqual([]);
  });

  it('and the virtual list agree about the height of rows', () => {
    const css = fs.readFileSync(path.join(renderer, 'ui/styles/tokens.css'), 'utf8');
    for (const [density, heights] of Object.entries(rowHeights)) {
      const block = css.slice(css.indexOf(`[data-density='${density}']`)).split('}', 1)[0] ?? '';
      expect(block).toContain(`--row-list: ${heights.list}px`);
      expect(block).toContain(`--row-table: ${heights.table}px`);
    }
  });
});
