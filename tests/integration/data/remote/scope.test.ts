import { describe, expect, it } from 'vitest';
import type { RemoteStore } from '../../../../renderer/data/remote/remote-store.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import type { PushAnswer } from '../../../../shared/sync/protocol.ts';
import type { PullPage } from '../../../../shared/sync/protocol-lines.ts';
import type { RecordState, VersionVector } from '../../../../shared/sync/record-state.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run } from '../../../helpers/open-service.ts';
import { operationBy } from '../../../helpers/operations.ts';
import { PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';
import { helloOf } from '../../../helpers/page-hello.ts';

let spaces = 0;

/** A desk that has pushed a ticket with a comment, and the endpoint that has them. */
async function openEnrolled() {
  const desktop = createMemoryDesktop('K3V9Q2M7TA');
  const space = `scope-${++spaces}`;
  const { service } = await openService(desktop, space);
  const store = storeOf(service);
  const endpoint = new PageEndpoint();
  const [ticket = ''] = await run(service, 'ticket.create', { fields: { type: 'incident', title: 'Printer' } });
  await run(service, 'ticket.comment', { id: ticket, audience: 'work-note', body: 'seen it' });
  endpoint.takeFrom(desktop, 100);
  await store.takeHello(helloOf(endpoint), 0);
  await endpoint.giveTo(store, 100);
  return { desktop, service, store, endpoint, ticket, space };
}

function statesOf(endpoint: PageEndpoint, entity: string): readonly RecordState[] {
  return endpoint.replica.settledRecords().filter((state) => state.entity === entity);
}

function movePage(endpoint: PageEndpoint, moves: Partial<Pick<PullPage, 'enter' | 'leave'>>): PullPage {
  const page = endpoint.page(endpoint.log.length, 10);
  return { ...page, ...moves, end: { ...page.end, held: endpoint.replica.held } };
}

async function pushAll(store: RemoteStore, desktop: MemoryDesktop, endpoint: PageEndpoint): Promise<void> {
  endpoint.takeFrom(desktop, 100);
  const { device } = store.standing();
  const held: VersionVector = { [device]: endpoint.replica.held[device] ?? 0 };
  const answer: PushAnswer = { epoch: 'e', head: endpoint.log.length, held, voids: [], need: {}, ignored: [] };
  await store.takePushAnswer(answer);
}

describe('records that come into scope and leave it', () => {
  it('a record that left with unsent work, and came back before it was sent, stays', async () => {
    const { desktop, service, store, endpoint, ticket } = await openEnrolled();
    await run(service, 'ticket.edit', { id: ticket, fields: { title: 'Printer again' } });
    await store.takePage(movePage(endpoint, { leave: [{ entity: 'ticket', id: ticket }] }));
    expect((await listTickets(service)).total).toBe(1);
    await store.takePage(movePage(endpoint, { enter: statesOf(endpoint, 'ticket') }));
    await pushAll(store, desktop, endpoint);
    expect((await listTickets(service)).rows.map((row) => row.values['title'])).toEqual(['Printer again']);
  });

  it('a record that left with unsent work goes once that is sent', async () => {
    const { desktop, service, store, endpoint, ticket } = await openEnrolled();
    await run(service, 'ticket.edit', { id: ticket, fields: { title: 'Printer again' } });
    await store.takePage(movePage(endpoint, { leave: [{ entity: 'ticket', id: ticket }] }));
    await pushAll(store, desktop, endpoint);
    expect((await listTickets(service)).total).toBe(0);
  });

  it('an entry that may no longer be seen goes, also when its record is told of in another page', async () => {
    const { service, store, endpoint, ticket } = await openEnrolled();
    const { held } = endpoint.replica;
    const note = async (): Promise<string> => JSON.stringify(await service.answer({ type: 'timeline', id: ticket }));
    expect(await note()).toContain('seen it');
    const frame = { held, head: endpoint.log.length, scope: 's2' };
    await store.takeRecords({ ...frame, records: [], next: 'ticket-entry/zzzz' }, '');
    await store.takeRecords({ ...frame, records: [...statesOf(endpoint, 'ticket')], next: null }, 'ticket-entry/zzzz');
    const [body] = (await service.space.state.store.read([ticket])).values();
    expect(body?.entries.map(({ id }) => id)).toEqual([]);
    expect((await listTickets(service)).total).toBe(1);
  });

  it('are looked through once in a fetch of many pages of entries', async () => {
    const { service, store, endpoint, ticket } = await openEnrolled();
    for (let number = 0; number < 8; number += 1)
      await run(service, 'ticket.create', { fields: { type: 'incident', title: `T${number}` } });
    let read = 0;
    const bodies = service.space.state.store;
    const readAll = bodies.read.bind(bodies);
    bodies.read = async (ids) => {
      const wanted = [...ids];
      read += wanted.length;
      return readAll(wanted);
    };
    const frame = { held: endpoint.replica.held, head: endpoint.log.length, scope: 's2' };
    let after = '';
    for (let page = 1; page <= 20; page += 1) {
      const next = `ticket-entry/${String(page).padStart(3, '0')}`;
      await store.takeRecords({ ...frame, records: [], next }, after);
      after = next;
    }
    await store.takeRecords({ ...frame, records: [...statesOf(endpoint, 'ticket')], next: null }, after);
    expect(read).toBeLessThan(60);
    expect((await readAll([ticket])).get(ticket)?.entries).toEqual([]);
  });

  it('what may be seen is fetched anew when it changed while it was fetched', async () => {
    const { store, endpoint } = await openEnrolled();
    const frame = { held: endpoint.replica.held, head: endpoint.log.length };
    const hello = { ...helloOf(endpoint), scope: 's2' };
    expect((await store.takeHello(hello, 0)).fetch).toBe('all-records');
    await store.takeRecords({ ...frame, records: [], scope: 's2', next: 'ticket/' }, '');
    await store.takeRecords(
      { ...frame, records: [...statesOf(endpoint, 'ticket')], scope: 's3', next: null },
      'ticket/',
    );
    expect((await store.takeHello({ ...hello, scope: 's3' }, 0)).fetch).toBe('all-records');
  });

  it('keep what they came in with once for all that came together, also in a snapshot of the space', async () => {
    const { desktop, service, store, endpoint, space } = await openEnrolled();
    const made = (id: string): Operation => {
      const writes = [{ entity: 'ticket', id, fields: { title: id }, parents: {} }];
      return operationBy(`${id}AAAAAAAA`, 1, {}, {}, { writes });
    };
    for (const id of ['R1', 'R2', 'R3']) endpoint.admit(made(id));
    const later = { ...movePage(endpoint, { enter: statesOf(endpoint, 'ticket') }) };
    await store.takePage({ ...later, end: { ...later.end, from: 0, to: 0 } });
    const rows = await service.space.database.scope.toArray();
    expect(rows.map(({ key }) => key.split('/')[0]).toSorted()).toEqual(['held', 'ticket', 'ticket', 'ticket']);
    expect(rows.filter(({ held }) => typeof held === 'object')).toHaveLength(1);
    await service.takeSnapshot();
    const { database } = service.space;
    database.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(database.name).addEventListener('success', resolve);
    });
    const again = await openService(desktop, space);
    expect(await again.service.space.database.scope.toArray()).toEqual(rows);
    const titles = async (): Promise<unknown> =>
      (await listTickets(again.service)).rows.map((row) => row.values['title']).toSorted();
    expect(await titles()).toEqual(['Printer', 'R1', 'R2', 'R3']);
    // What the log still tells of them is in what they stand on already.
    await run(again.service, 'ticket.edit', { id: 'R1', fields: { title: 'R1 by me' } });
    const told = storeOf(again.service);
    for (let page = 0; page < 3; page += 1) await endpoint.giveTo(told, 100);
    expect(await titles()).toEqual(['Printer', 'R1 by me', 'R2', 'R3']);
    expect(await again.service.answer({ type: 'conflicts', offset: 0, limit: 9 })).toMatchObject({ total: 0 });
  });
});
