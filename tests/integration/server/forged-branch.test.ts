import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';

const newTicket = (id: string) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3' },
});
const set = (id: string, title: string) => ({ entity: 'ticket', id, fields: { title } });
let office: Office;
beforeEach(async () => (office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() })));
afterEach(async () => await office.close());

it('nobody goes on in the losing chain of another’s device without its key', async () => {
  const ada = await office.desk('ada', 'desk-agent');
  const mallory = await office.desk('mallory', 'requester');
  ada.edit('ticket.create', [newTicket('t1')]);
  await ada.exchange();
  const twin = ada.clone();
  const left = ada.edit('ticket.edit', [set('t1', 'Ada')]);
  const right = twin.edit('ticket.edit', [set('t1', 'twin')]);
  const [loser, winner] = hashOperation(left) < hashOperation(right) ? [twin, ada] : [ada, twin];
  const tail = [loser.edit('ticket.edit', [set('t1', 'more')]), loser.edit('ticket.edit', [set('t1', 'most')])];
  await winner.exchange();
  await loser.exchange();
  const last = tail.at(-1);
  if (!last) throw new Error('no tail');
  // What is pulled under the branch's name tells how the raw chain ends.
  const forged: Operation = {
    ...last,
    seq: last.seq + 1,
    previousHash: hashOperation(last),
    command: 'record.edit',
    user: 'ada',
    writes: [{ entity: 'ticket', id: 't1', fields: { title: 'forged', number: 'INC0000666' }, parents: {} }],
  };
  const answer = await mallory.push([{ type: 'entry', entry: { type: 'operation', operation: forged }, seal: null }]);
  const stored = await office.endpoint.store.read(async (store) => await store.records(['ticket/t1']));
  expect(JSON.stringify(stored)).not.toContain('forged');
  expect(answer).toMatchObject({ need: { [forged.device]: winner.replica.log.lastSeq(forged.device) + 1 }, voids: [] });
});
