import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqlReader } from '../../../server/store/sql-reader.ts';
import { composeOperation } from '../../../shared/sync/compose.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const newTicket = (id: string, more = {}) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3', ...more },
});
const set = (id: string, fields: Readonly<Record<string, string | boolean | null>>) => ({
  entity: 'ticket',
  id,
  fields,
});
const stateOf = (desk: TestDesk, id: string) =>
  desk.replica.records.get(`ticket/${id}`)?.fields['state']?.heads[0]?.value;

describe('admission', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
  });
  afterEach(async () => await office.close());
  const bodies = async (): Promise<string> =>
    (await office.endpoint.store.read(async (store) => await store.page(0, 100, 1e6))).map((row) => row.body).join('');

  it('takes 500 operations in a push and not one more', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const operations = Array.from({ length: 501 }, (_, index) =>
      ada.edit('ticket.create', [newTicket(`t${index}`)]),
    ).map((operation) => ({ type: 'operation', operation }) as const);
    await expect(ada.push(ada.pushLines(operations))).rejects.toThrow('413');
    expect((await ada.push(ada.pushLines(operations.slice(0, 500)))).held[ada.device]).toBe(500);
  });

  it('gives the next numbers that an import has not brought, without asking for each of thousands', async () => {
    const brought = Array.from({ length: 3_000 }, (_, index) => `INC${String(index + 1).padStart(7, '0')}`);
    const numbers = brought
      .filter((number) => number !== 'INC0002000')
      .map((number) => ({ number, record: 'ticket/x' }));
    await office.endpoint.store.write(async (store) => await store.putNumbers(0, numbers));
    const asked = vi.spyOn(SqlReader.prototype, 'takenNumbers');
    const ada = await office.desk('ada', 'desk-agent');
    ada.edit('ticket.create', [newTicket('t1'), newTicket('t2')]);
    await ada.exchange();
    const given = ['t1', 't2'].map((id) => ada.replica.records.get(`ticket/${id}`)?.fields['number']?.heads[0]?.value);
    expect(given).toEqual(['INC0002000', 'INC0003001']);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(5);
    asked.mockRestore();
  });

  it('lets an undo go back where no move leads, by what it replaces and not by its name', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const bob = await office.desk('bob', 'desk-agent');
    ada.edit('ticket.create', [newTicket('t1', { state: 'in-progress' }), newTicket('t2', { state: 'closed' })]);
    ada.edit('ticket.cancel', [set('t1', { state: 'canceled' })]);
    ada.edit('undo:ticket.cancel', [set('t1', { state: 'in-progress' })]);
    ada.edit('undo:by-name', [set('t2', { state: 'in-progress' })]);
    await ada.exchange();
    expect([stateOf(ada, 't1'), stateOf(ada, 't2')]).toEqual(['in-progress', 'closed']);
    ada.edit('ticket.cancel', [set('t1', { state: 'canceled' })]);
    await ada.exchange();
    await bob.exchange();
    bob.edit('undo:of-another', [set('t1', { state: 'in-progress' })]);
    await bob.exchange();
    expect(stateOf(bob, 't1')).toBe('canceled');
  });

  it('tells nobody the elements of a set that it refused', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const rita = await office.desk('rita', 'requester');
    ada.edit('ticket.create', [newTicket('t1', { caller: 'rita', 'tags/known': true })]);
    await ada.exchange();
    await rita.exchange();
    rita.edit('ticket.edit', [set('t1', { 'tags/secret': true, 'tags/known': false })]);
    rita.edit('ticket.edit', [set('t1', { 'tags/secret': false })]);
    await rita.exchange();
    expect(rita.replica.refused).toHaveLength(2);
    expect(await bodies()).not.toContain('secret');
    await ada.exchange();
    expect(ada.replica.records.get('ticket/t1')?.fields['tags/known']?.heads[0]?.value).toBe(true);
  });

  it('sends no state on which an operation of a newer version waits, since it has not applied all that is held', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const rita = await office.desk('rita', 'requester');
    ada.edit('ticket.create', [newTicket('plain'), newTicket('waiting')]);
    await ada.exchange();
    const { operation } = laterVersion(ada, 'waiting');
    await ada.push(ada.pushLines([{ type: 'operation', operation }]));
    ada.replica.receive({ type: 'operation', operation });
    ada.edit('ticket.edit', [set('plain', { caller: 'rita' }), set('waiting', { caller: 'rita' })]);
    await ada.exchange();
    const page = await rita.pull();
    expect(page.enter.map(({ id }) => id)).toEqual(['plain']);
    expect(page.end.held[ada.device]).toBe(3);
    expect((await rita.send('GET', '/v1/records/ticket/waiting')).status).toBe(404);
    expect((await rita.send('GET', '/v1/records/ticket/plain')).status).toBe(200);
  });
});

function laterVersion(desk: TestDesk, id: string): { operation: Operation } {
  const seq = desk.replica.log.lastSeq(desk.device) + 1;
  const before = desk.replica.log.entryAt(`${desk.device}:${seq - 1}`);
  if (before?.type !== 'operation') throw new Error('the desk has written before');
  const frame = {
    device: desk.device,
    seq,
    at: [1_700_000_000_500, 0] as const,
    clockOffset: null,
    user: desk.person,
    schemaVersion: 9,
    previousHash: hashOperation(before.operation),
    command: 'ticket.edit',
  };
  return { operation: composeOperation(frame, [set(id, { title: 'of a later version' })], () => undefined) };
}
