import { writeFileSync } from 'node:fs';
import { rules } from './rule-list.ts';
import { findNamingTests, untestedRules, writeRuleTable } from './rule-table.ts';

const tests = findNamingTests('tests');
const untested = untestedRules(rules, tests);
if (untested.length > 0) {
  process.stderr.write(`rules without a test that names them: ${untested.join(', ')}\n`);
  process.exitCode = 1;
} else {
  writeFileSync('docs/rules.md', writeRuleTable(rules, tests));
  process.stdout.write(`docs/rules.md: ${rules.filter(({ isDone }) => isDone).length} of ${rules.length} rules\n`);
}
