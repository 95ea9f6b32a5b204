import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { openFaultProxy, type FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { openSyncedDesk, type SyncedDesk } from '../../helpers/endpoint/synced-desk.ts';

let office: Office;
let proxy: FaultProxy;
let ada: SyncedDesk;
let ben: SyncedDesk;

beforeEach(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
  proxy = await openFaultProxy(office.url);
  ada = await join('ada', proxy.url);
  ben = await join('ben', office.url);
}, 60_000);
afterEach(async () => {
  ada.close();
  ben.close();
  await proxy.close();
  await office.close();
});

async function join(name: string, url: string): Promise<SyncedDesk> {
  await addAccount(office.endpoint, name, ['desk-agent']);
  const desk = await openSyncedDesk();
  await desk.enrol(url, (await giveCode(office.endpoint, name)).code);
  return desk;
}
const create = async (desk: SyncedDesk, title: string): Promise<string> => {
  const [id = ''] = await desk.command('ticket.create', {
    fields: { type: 'incident', title, impact: '3', urgency: '3' },
  });
  return id;
};
const titles = ({ service }: SyncedDesk): readonly string[] => {
  const table = service.space.state.tables.of('ticket');
  return Array.from({ length: table.size }, (_, row) => row)
    .filter((row) => !table.isDeleted(row))
    .map((row) => table.titleAt(row))
    .toSorted();
};
const has = (desk: SyncedDesk, ...expected: readonly string[]): boolean =>
  JSON.stringify(titles(desk)) === JSON.stringify([...expected].toSorted());

describe('a desk that keeps what it needs', () => {
  it('lets go of the rest, except what has work the endpoint lacks, and gets it back', async () => {
    await create(ada, 'mine');
    await create(ben, 'of another');
    const edited = await create(ben, 'of another, edited here');
    await ada.until('has all', () => has(ada, 'mine', 'of another', 'of another, edited here'));

    proxy.choose = ({ path }) => (path === '/v1/push' ? 'drop' : 'none');
    await ada.command('ticket.edit', { id: edited, fields: { description: 'typed on the train' } });
    await ada.sync.calls.syncScope({ whose: [], closedDays: 90 });
    await ada.sync.calls.syncNow(null);
    await ada.until('could not push', ({ problem }) => problem !== null);
    expect(titles(ada)).toContain('of another, edited here');
    proxy.choose = () => 'none';
    await ada.sync.calls.syncNow(null);
    await ada.until('has its own', () => has(ada, 'mine'));
    expect(ada.sync.state()).toMatchObject({ waiting: 0, wish: { whose: [], closedDays: 90, also: [] } });

    await create(ben, 'later');
    await ben.command('ticket.edit', { id: edited, fields: { title: 'edited by both' } });
    await ben.until('has pushed', ({ waiting }) => waiting === 0);
    await ada.sync.calls.syncNow(null);
    await ada.sync.calls.syncScope({ whose: 'all', closedDays: null });
    await ada.until('has all again', () => has(ada, 'mine', 'of another', 'edited by both', 'later'));
    await ben.sync.calls.syncNow(null);
    await ben.until('has what was typed', async () => (await ada.digest()) === (await ben.digest()));
  });

  it('finds what it does not keep at the endpoint, brings it here and keeps up with it', async () => {
    const other = await create(ben, 'far away');
    await create(ben, 'far off');
    await ben.until('has pushed', ({ waiting }) => waiting === 0);
    await ada.sync.calls.syncScope({ whose: [], closedDays: 90 });
    await ada.until('is told', () => proxy.seen.some(({ path }) => path === '/v1/records'));
    await ada.until('keeps nothing of it', ({ phase }) => phase === 'idle' && has(ada));
    const found = await ada.sync.calls.searchEndpoint({ text: 'away' });
    expect(found).toMatchObject({ ok: true, value: { rows: [{ id: other, title: 'far away' }], more: false } });

    proxy.choose = () => 'drop';
    expect(await ada.sync.calls.bringTicket({ id: other })).toMatchObject({
      ok: false,
      failure: { kind: 'unreachable' },
    });
    expect(await ada.sync.calls.searchEndpoint({ text: 'away' })).toMatchObject({ ok: false });
    expect(ada.sync.state().wish.also).toEqual([]);
    proxy.choose = () => 'none';
    expect(await ada.sync.calls.bringTicket({ id: other })).toEqual({ ok: true, value: null });
    expect(titles(ada)).toEqual(['far away']);
    await ben.command('ticket.edit', { id: other, fields: { title: 'far away, edited' } });
    await ada.until('keeps up', () => has(ada, 'far away, edited'));
    await ada.restartSync();
    expect(ada.sync.state().wish.also).toEqual([other]);
  });

  it('remembers its choice and its pause', async () => {
    await ada.sync.calls.syncScope({ whose: ['queues'], closedDays: 30 });
    await ada.sync.calls.syncPause({ paused: true });
    await ada.restartSync();
    expect(ada.sync.state()).toMatchObject({ paused: true, wish: { whose: ['queues'], closedDays: 30 } });
    await create(ada, 'waits');
    // A greeting that was under way may still be heard; nothing is sent.
    const pushes = (): number => proxy.seen.filter(({ path }) => path === '/v1/push').length;
    const before = pushes();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(pushes()).toBe(before);
    expect(ada.sync.state().waiting).toBeGreaterThan(0);
    await ada.sync.calls.syncPause({ paused: false });
    await ada.until('has pushed', ({ waiting }) => waiting === 0);
  });
});
