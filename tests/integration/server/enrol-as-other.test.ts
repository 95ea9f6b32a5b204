import { afterEach, beforeEach, expect, it } from 'vitest';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

let office: Office;
beforeEach(async () => (office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() })));
afterEach(async () => await office.close());
const enrolAs = async (device: string): Promise<number> => {
  await addAccount(office.endpoint, 'mallory', ['requester']);
  const desk = new TestDesk(office.url, 'mallory');
  Object.defineProperty(desk, 'device', { value: device });
  return (await desk.enrol((await giveCode(office.endpoint, 'mallory')).code)).status;
};
const create = {
  entity: 'ticket',
  id: 't1',
  fields: { type: 'incident', title: 'One', state: 'new', impact: '3', urgency: '3' },
};

it('nobody is enrolled as the endpoint’s own device', async () => {
  const ada = await office.desk('ada', 'desk-agent');
  ada.edit('ticket.create', [create]);
  await ada.exchange();
  const { systemDevice } = await office.endpoint.store.read(async (store) => await store.space());
  expect(await enrolAs(systemDevice)).toBe(409);
});

it('nobody is enrolled as the branch of another’s device', async () => {
  const ada = await office.desk('ada', 'desk-agent');
  ada.edit('ticket.create', [create]);
  await ada.exchange();
  const twin = ada.clone();
  for (const desk of [ada, twin])
    desk.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: desk === ada ? 'a' : 'b' } }]);
  await ada.exchange();
  await twin.exchange();
  const branches = await office.endpoint.store.read(async (store) => await store.branches());
  expect(await enrolAs(branches[0]?.[1].device ?? '')).toBe(409);
});
