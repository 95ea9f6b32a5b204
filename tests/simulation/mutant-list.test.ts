import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { mutants } from './mutant-list.ts';

const core = path.resolve(import.meta.dirname, '../../shared/sync');

it.each(mutants)('$name: its snippet still occurs once in $file', ({ file, find, replace }) => {
  const code = fs.readFileSync(path.join(core, file), 'utf8');
  expect(code.split(find).length - 1).toBe(1);
  expect(replace).not.toBe(find);
});
