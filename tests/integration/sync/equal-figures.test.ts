import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../shared/domain/permissions.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { makeSnapshot } from '../../../server/snapshot/make-snapshot.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { openSyncedDesk, type SyncedDesk } from '../../helpers/endpoint/synced-desk.ts';

let office: Office;
const desks: SyncedDesk[] = [];

beforeEach(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
});
afterEach(async () => {
  for (const desk of desks.splice(0)) desk.close();
  await office.close();
});

async function open(): Promise<SyncedDesk> {
  const desk = await openSyncedDesk();
  desks.push(desk);
  return desk;
}
async function join(desk: SyncedDesk, name: string, roles: readonly Role[]): Promise<void> {
  await addAccount(office.endpoint, name, roles);
  await desk.enrol(office.url, (await giveCode(office.endpoint, name)).code);
}
const userOf = (desk: SyncedDesk): string => desk.service.space.state.meta.user;
async function atHead(desk: SyncedDesk): Promise<void> {
  const { head } = await office.endpoint.store.read(async (store) => await store.space());
  await desk.until('at the head', ({ phase, waiting }) => {
    const { cursor } = desk.service.space.state.meta.remote ?? {};
    return phase === 'idle' && waiting === 0 && (cursor?.position ?? 0) >= head;
  });
}

/** What its clocks run on, and what they say at one instant. */
async function figuresOf({ service }: SyncedDesk, ids: readonly string[], now: number) {
  const { store, serviceLevels } = service.space.state;
  await serviceLevels.settled();
  const bodies = await store.read(ids);
  return ids.map((id) => {
    const body = bodies.get(id);
    const trail = (body?.trail ?? []).map((event) =>
      JSON.stringify([event.dot, event.entry, event.at, event.offset, event.fields]),
    );
    return { trail: trail.toSorted(), due: body === undefined ? null : serviceLevels.expected(body, now) };
  });
}

describe('a desk that began with a snapshot', () => {
  it('shows the times that one shows which has read the whole log, also of what happened before it', async () => {
    const ada = await open();
    await join(ada, 'ada', ['desk-agent', 'administrator']);
    const ids: string[] = [];
    for (let number = 0; number < 4; number += 1) {
      const fields = { type: 'incident', title: `Printer ${number}`, impact: '2', urgency: '2', assignee: userOf(ada) };
      ids.push(...(await ada.command('ticket.create', { fields })));
    }
    const [first = '', second = '', third = ''] = ids;
    for (const id of [first, second])
      await ada.command('ticket.change-state', {
        id,
        state: 'in-progress',
      });
    await ada.command('ticket.change-state', { id: first, state: 'on-hold', reason: 'awaiting-vendor' });
    await ada.command('ticket.comment', { id: second, audience: 'comment', body: 'We look at it' });
    await ada.command('ticket.edit', { id: third, fields: { urgency: '1' } });
    await atHead(ada);
    expect(await makeSnapshot(office.endpoint.store, { now: Date.now, rest: 0 })).not.toBeNull();
    await ada.command('ticket.change-state', { id: first, state: 'in-progress' });
    await atHead(ada);
    const ben = await open();
    await join(ben, 'ben', ['desk-agent']);
    await atHead(ben);
    const now = Date.now() + 3_600_000;
    const [here, there] = [await figuresOf(ben, ids, now), await figuresOf(ada, ids, now)];
    expect(there[0]?.trail.length).toBeGreaterThan(3);
    expect(there.some(({ due }) => due?.due !== null)).toBe(true);
    expect(here).toEqual(there);
  }, 60_000);

  it('does so, too, when the endpoint kept no history beside its records yet', async () => {
    const ada = await open();
    await join(ada, 'ada', ['desk-agent', 'administrator']);
    const [id = ''] = await ada.command('ticket.create', {
      fields: { type: 'incident', title: 'Printer', impact: '2', urgency: '2', assignee: userOf(ada) },
    });
    await ada.command('ticket.change-state', { id, state: 'in-progress' });
    await atHead(ada);
    await office.endpoint.store.write(async (store) => await store.forgetTrails([`ticket/${id}`]));
    expect(await makeSnapshot(office.endpoint.store, { now: Date.now, rest: 0 })).not.toBeNull();
    const ben = await open();
    await join(ben, 'ben', ['desk-agent']);
    await atHead(ben);
    const now = Date.now();
    expect(await figuresOf(ben, [id], now)).toEqual(await figuresOf(ada, [id], now));
  }, 60_000);
});
