import { expect, it } from 'vitest';
import { chainOf, operationBy } from '../helpers/operations.ts';
import { Ledger } from './ledger.ts';

it('a field is not judged when what its writer replaced is on no disk any more, under whatever name it was held', () => {
  const ledger = new Ledger(1, false);
  ledger.oracle.openSite('desk', 1);
  const lost = ledger.record('desk', operationBy('A', 1, { title: 'first' }));
  // The desk held it as the first operation of a branch of A.
  const heir = operationBy('B', 1, { title: 'second' }, { title: ['BRANCH:1'] });
  ledger.record('desk', heir, new Map(), (dot) => (dot === 'BRANCH:1' ? lost : undefined));
  expect([...ledger.taintedFields()]).toEqual([]);
  ledger.oracle.lose(lost);
  expect([...ledger.taintedFields()]).toEqual(['ticket/t1 title']);
});

it('nor when the rival of the branch it replaced is gone, so that the branch has its own name again', () => {
  const ledger = new Ledger(1, false);
  ledger.oracle.openSite('desk', 1);
  const rival = ledger.record('desk', operationBy('A', 1, { title: 'first' }));
  const branched = ledger.record('desk', operationBy('A', 1, { title: 'other' }));
  const heir = operationBy('B', 1, { title: 'second' }, { title: ['BRANCH:1'] });
  ledger.record('desk', heir, new Map(), (dot) => (dot === 'BRANCH:1' ? branched : undefined));
  expect([...ledger.taintedFields()]).toEqual([]);
  ledger.oracle.lose(rival);
  expect([...ledger.taintedFields()]).toEqual(['ticket/t1 title']);
});

it.each([
  ['has reached a site where its chain is one', [], true],
  ['has not where its chain has two names', [operationBy('A', 1, { title: 'other' })], false],
])('an entry left for later %s', (_, rivals, reached) => {
  const ledger = new Ledger(1, false);
  for (const site of ['desk', 'clone', 'reader']) ledger.oracle.openSite(site, 1);
  const [first, second] = chainOf(
    operationBy('A', 1, { title: 'first' }, {}, { command: 'edit.0' }),
    operationBy('A', 2, { title: 'second' }, {}, { command: 'edit.1' }),
  );
  if (first === undefined || second === undefined) throw new Error('a chain of two was made');
  for (const operation of [first, second]) ledger.record('desk', operation);
  for (const rival of rivals) ledger.record('clone', rival);
  ledger.offer('reader', { type: 'operation', operation: first }, 'applied');
  ledger.offer('reader', { type: 'operation', operation: second }, 'gap');
  expect(ledger.oracle.held('reader').has(1)).toBe(reached);
});
