import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../shared/domain/permissions.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { makeSnapshot } from '../../../server/snapshot/make-snapshot.ts';
import { openFaultProxy, type Fault, type FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { openSyncedDesk, type SyncedDesk } from '../../helpers/endpoint/synced-desk.ts';

let office: Office;
let proxy: FaultProxy;
let ada: SyncedDesk;
let ben: SyncedDesk;

beforeEach(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
  proxy = await openFaultProxy(office.url);
  ada = await openSyncedDesk();
  for (let number = 1; number <= 12; number += 1) await createTicket(ada, `before it, ${number}`);
  ben = await openSyncedDesk();
  await join(ada, 'ada', office.url, ['desk-agent', 'administrator']);
  await ada.until('has pushed all', ({ waiting, lastExchange }) => waiting === 0 && lastExchange !== null);
  expect(await makeSnapshot(office.endpoint.store, { now: Date.now, rest: 0 })).not.toBeNull();
  await createTicket(ada, 'after it');
  await ada.until('has pushed', ({ waiting }) => waiting === 0);
}, 60_000);
afterEach(async () => {
  ada.close();
  ben.close();
  await proxy.close();
  await office.close();
});

async function join(desk: SyncedDesk, name: string, url: string, roles: readonly Role[]): Promise<void> {
  await addAccount(office.endpoint, name, roles);
  await desk.enrol(url, (await giveCode(office.endpoint, name)).code);
}
async function createTicket(desk: SyncedDesk, title: string): Promise<string> {
  const [id = ''] = await desk.command('ticket.create', {
    fields: { type: 'incident', title, impact: '3', urgency: '3' },
  });
  return id;
}
const partOf = (path: string): number => Number(/^\/v1\/snapshots\/[^/]+\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
const askedFor = (part: number): number => proxy.seen.filter(({ path }) => partOf(path) === part).length;
const ticketsHere = (): number => ben.service.space.state.tables.of('ticket').size;
/** Digests read everything: they are asked for when nothing moves any more. */
async function areEqual(): Promise<void> {
  const { head } = await office.endpoint.store.read(async (store) => await store.space());
  for (const desk of [ben, ada])
    await desk.until('at the head', ({ phase, waiting }) => {
      const { cursor } = desk.service.space.state.meta.remote ?? {};
      return phase === 'idle' && waiting === 0 && (cursor?.position ?? 0) >= head;
    });
  expect(await ben.digest()).toBe(await ada.digest());
}

describe('the first contact over HTTP', () => {
  it('goes by parts, over a line that cuts each of them once, and ends equal', async () => {
    const met = new Set<string>();
    proxy.choose = ({ path }): Fault => {
      if (Number.isNaN(partOf(path)) || met.has(path)) return 'none';
      met.add(path);
      return partOf(path) % 2 === 0 ? 'cut' : 'cut-quietly';
    };
    await join(ben, 'ben', proxy.url, ['desk-agent']);
    await areEqual();
    expect(met.size).toBeGreaterThan(1);
    for (const path of met) expect(askedFor(partOf(path))).toBe(2);
    // The log before the snapshot is not read.
    expect(proxy.seen.filter(({ path }) => path === '/v1/pull').length).toBeLessThan(4);
  }, 60_000);

  it('can be worked with after the first part, and goes on at the next one after a restart', async () => {
    proxy.choose = ({ path }) => (partOf(path) > 0 ? 'drop' : 'none');
    await join(ben, 'ben', proxy.url, ['desk-agent']);
    await ben.until('cannot go on', ({ problem }) => problem !== null);
    expect(ticketsHere()).toBeGreaterThan(10);
    const mine = await createTicket(ben, 'in between');
    await ben.sync.calls.syncPause({ paused: true });
    await ben.restartSync();
    expect(ben.sync.state()).toMatchObject({ paused: true });
    proxy.choose = () => 'none';
    await ben.sync.calls.syncPause({ paused: false });
    await ben.until('has pushed', ({ waiting }) => waiting === 0);
    await areEqual();
    expect(askedFor(0)).toBe(1);
    expect(ada.service.space.state.tables.of('ticket').rowOf(mine)).toBeDefined();
  }, 60_000);
});
