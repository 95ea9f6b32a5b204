import { expect, it } from 'vitest';
import { operationBy } from '../helpers/operations.ts';
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
