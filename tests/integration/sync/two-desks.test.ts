import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConflictList, RefusedOperation } from '../../../renderer/data/sync-api.ts';
import { addAccount, changeAccount, giveCode, revokeDevice } from '../../../server/identity/administration.ts';
import type { Role } from '../../../shared/domain/permissions.ts';
import { openFaultProxy, slowLine, type FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { openSyncedDesk, type SyncedDesk } from '../../helpers/endpoint/synced-desk.ts';

let office: Office;
let proxy: FaultProxy;
let ada: SyncedDesk;
let bob: SyncedDesk;

beforeEach(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
  proxy = await openFaultProxy(office.url);
  ada = await openSyncedDesk();
  bob = await openSyncedDesk();
});
afterEach(async () => {
  ada.close();
  bob.close();
  await proxy.close();
  await office.close();
});

async function enrol(desk: SyncedDesk, name: string, ...roles: readonly Role[]): Promise<void> {
  await addAccount(office.endpoint, name, roles);
  await desk.enrol(proxy.url, (await giveCode(office.endpoint, name)).code);
}

async function converge(): Promise<void> {
  for (const desk of [ada, bob]) await desk.until('idle with nothing waiting', isQuiet);
  await bob.until('equal', async () => (await ada.digest()) === (await bob.digest()));
  for (const desk of [ada, bob]) await desk.until('idle with nothing waiting', isQuiet);
}
const isQuiet = ({ phase, waiting, problem }: ReturnType<SyncedDesk['sync']['state']>): boolean =>
  phase === 'idle' && waiting === 0 && problem === null;

const newTicket = (title: string) => ({ fields: { type: 'incident', title, impact: '3', urgency: '3' } });
const conflictsOf = async (desk: SyncedDesk): Promise<ConflictList> =>
  (await desk.service.answer({ type: 'conflicts', offset: 0, limit: 10 })) as ConflictList;
const refusedAt = async (desk: SyncedDesk): Promise<readonly RefusedOperation[]> =>
  (await desk.service.answer({ type: 'refused' })) as readonly RefusedOperation[];

describe('two desks at one endpoint', () => {
  it('bring each other what they wrote before, live and while the endpoint was away', async () => {
    const [ticket = ''] = await ada.command('ticket.create', newTicket('from Ada, before'));
    await enrol(ada, 'ada', 'desk-agent', 'administrator');
    await enrol(bob, 'bob', 'desk-agent');
    await converge();
    await bob.command('ticket.edit', { id: ticket, fields: { title: 'renamed by Bob' } });
    await converge();
    proxy.choose = () => 'drop';
    await ada.command('ticket.edit', { id: ticket, fields: { title: 'Ada, offline' } });
    await bob.command('ticket.edit', { id: ticket, fields: { title: 'Bob, offline' } });
    await bob.command('ticket.create', newTicket('from Bob, offline'));
    await ada.until('waiting', ({ problem, waiting }) => problem?.kind === 'unreachable' && waiting > 0);
    proxy.choose = () => 'none';
    await converge();
    for (const desk of [ada, bob]) {
      const { total, rows } = await conflictsOf(desk);
      expect(total).toBe(1);
      expect(rows[0]?.fields[0]?.heads.map(({ value }) => value).toSorted()).toEqual(['Ada, offline', 'Bob, offline']);
    }
    await bob.command('record.settle', { entity: 'ticket', id: ticket, fields: { title: 'Ada, offline' } });
    await converge();
    expect((await conflictsOf(ada)).total).toBe(0);
  });

  it('a desk locked out says so and goes on working; what it wrote arrives once it is enrolled again', async () => {
    await enrol(ada, 'ada', 'desk-agent', 'administrator');
    await enrol(bob, 'bob', 'desk-agent');
    await converge();
    await revokeDevice(office.endpoint, bob.desktop.files.device);
    await bob.command('ticket.create', newTicket('written while locked out'));
    await bob.until('locked out', ({ phase, problem }) => phase === 'stopped' && problem?.kind === 'device-revoked');
    await bob.command('ticket.create', newTicket('and another'));
    expect(bob.sync.state().waiting).toBe(2);
    await bob.enrol(proxy.url, (await giveCode(office.endpoint, 'bob')).code);
    await converge();
  });

  it('an operation that the rights do not allow comes back to its author with its text', async () => {
    await enrol(ada, 'ada', 'desk-agent', 'administrator');
    await enrol(bob, 'bob', 'desk-agent');
    const [ticket = ''] = await ada.command('ticket.create', newTicket('Ada’s own'));
    await converge();
    await changeAccount(office.endpoint, 'bob', { roles: ['auditor'] });
    await bob.command('ticket.edit', { id: ticket, fields: { title: 'An auditor may not' } });
    await bob.until('refused', async () => (await refusedAt(bob)).some(({ id }) => id === ticket));
    await bob.until('quiet', isQuiet);
    const refused = (await refusedAt(bob)).find(({ command }) => command === 'ticket.edit');
    expect(refused).toMatchObject({ code: 'not-permitted', id: ticket, field: 'title' });
    expect(refused?.values.map(({ value }) => value)).toContain('An auditor may not');
    await changeAccount(office.endpoint, 'bob', { roles: ['desk-agent'] });
    await converge();
  });

  it('a first exchange over 30 kbit/s comes through, in portions that fit the line', async () => {
    proxy.bytesPerSecond = slowLine;
    for (let made = 0; made < 40; made += 1)
      await ada.command('ticket.create', newTicket(`${made} ${randomBytes(90).toString('hex')}`));
    await enrol(ada, 'ada', 'desk-agent', 'administrator');
    await ada.until('through', (state) => state.lastExchange !== null && isQuiet(state));
    const { lastExchange } = ada.sync.state();
    expect(lastExchange?.operationsOut).toBe(42);
    // The line was used, and what it carried was zipped.
    expect(lastExchange?.ms).toBeGreaterThan(((lastExchange?.bytesOut ?? 0) / slowLine) * 1_000);
  });
});
