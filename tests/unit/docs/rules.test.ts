import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/rule-list.ts';
import { findNamingTests, untestedRules, writeRuleTable } from '../../rules/rule-table.ts';

const tests = findNamingTests('tests');

describe('docs/rules.md', () => {
  it('has a test for every rule that is built', () => {
    expect(untestedRules(rules, tests)).toEqual([]);
    expect(untestedRules([{ id: 'XXX-1', says: '', isDone: true }], tests)).toEqual(['XXX-1']);
  });

  it('names tests that are there: node scripts/run-ts.mjs tests/rules/write-rules.ts writes it anew', () => {
    const written = readFileSync('docs/rules.md', 'utf8');
    const fresh = writeRuleTable(rules, tests);
    // A test that is new may wait for the next writing; one that is gone may not stand there.
    for (const [link] of written.matchAll(/\[[^\]]*(?:\\\][^\]]*)*\]\(\.\.\/[^)]*\)/g)) expect(fresh).toContain(link);
    for (const { id } of rules) expect(written).toContain(`| ${id} |`);
  });
});
