import { describe, expect, it } from 'vitest';
import type { RefusedOperation } from '../../../../renderer/data/sync-api.ts';
import { stateText } from '../../../../shared/sync/digest.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run, type OpenedService } from '../../../helpers/open-service.ts';
import { deskText, PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';
import { helloOf } from '../../../helpers/page-hello.ts';
import { giveRecords, giveStale, helloWith, snapshotOf, takeParts } from '../../../helpers/page-snapshot.ts';

let spaces = 0;

interface Desk extends OpenedService {
  readonly desktop: MemoryDesktop;
  readonly space: string;
}

async function openDesk(device: string): Promise<Desk> {
  const desktop = createMemoryDesktop(device);
  const space = `take-part-${++spaces}`;
  return { desktop, space, ...(await openService(desktop, space)) };
}

async function restart({ desktop, space }: Desk): Promise<Desk> {
  return { desktop, space, ...(await openService(desktop, space)) };
}

const create = ({ service }: Desk, title: string): Promise<readonly string[]> =>
  run(service, 'ticket.create', { fields: { type: 'incident', title } });

const rename = ({ service }: Desk, id: string, title: string): Promise<unknown> =>
  run(service, 'ticket.edit', { id, fields: { title } });

async function titlesOf({ service }: Desk): Promise<readonly unknown[]> {
  return (await listTickets(service)).rows.map((row) => row.values['title']).toSorted();
}

async function ticketOf({ service }: Desk, title: string): Promise<string> {
  return (await listTickets(service)).rows.find((row) => row.values['title'] === title)?.id ?? '';
}

/** An endpoint with tickets 1 to 6 of another desk. */
async function openFilled(refuses?: ConstructorParameters<typeof PageEndpoint>[0]) {
  const endpoint = new PageEndpoint(refuses);
  const author = await openDesk('M3V9Q2M7TB');
  for (let number = 1; number <= 6; number += 1) await create(author, `T${number}`);
  await run(author.service, 'ticket.comment', {
    id: await ticketOf(author, 'T6'),
    audience: 'comment',
    body: 'so it is',
  });
  endpoint.takeFrom(author.desktop, 1_000);
  return { endpoint, author };
}

async function pullAll(desk: Desk, endpoint: PageEndpoint): Promise<void> {
  const store = storeOf(desk.service);
  for (let page = 0; page < 10; page += 1)
    if ((await endpoint.giveTo(store, 1_000)).cursor.position === endpoint.log.length) return;
  throw new Error('the desk begins anew without end');
}

async function expectEqual(desk: Desk, endpoint: PageEndpoint): Promise<void> {
  const wanted = stateText(endpoint.replica.settledRecords());
  expect(await deskText(desk.service)).toBe(wanted);
  expect(await deskText((await restart(desk)).service)).toBe(wanted);
}

describe('a snapshot that comes in parts', () => {
  it('is shown part by part, goes on after a restart, and leads on by pages', async () => {
    const { endpoint, author } = await openFilled();
    const snapshot = snapshotOf(endpoint, 3);
    let desk = await openDesk('K3V9Q2M7TA');
    const hello = helloWith(endpoint, snapshot);
    expect((await storeOf(desk.service).takeHello(hello, 0)).fetch).toBe('snapshot');
    await takeParts(storeOf(desk.service), snapshot, 1);
    expect(await titlesOf(desk)).toEqual(['T4', 'T5', 'T6']);
    expect(JSON.stringify(await desk.service.answer({ type: 'timeline', id: await ticketOf(desk, 'T6') }))).toContain(
      'so it is',
    );
    const parts = snapshot.parts.length;
    expect(storeOf(desk.service).standing().snapshot).toEqual({ hash: snapshot.hash, next: 1, parts });
    desk = await restart(desk);
    expect(await titlesOf(desk)).toEqual(['T4', 'T5', 'T6']);
    expect((await storeOf(desk.service).takeHello(hello, 0)).fetch).toBe('snapshot');
    const twice = { hash: snapshot.hash, manifest: snapshot.manifest, part: 0, records: snapshot.parts[0] ?? [] };
    expect(await storeOf(desk.service).takePart(twice)).toEqual({ ok: true, next: 1, done: false });
    expect(await storeOf(desk.service).takePart({ ...twice, part: 2 })).toEqual({ ok: false, why: 'out-of-turn' });
    await takeParts(storeOf(desk.service), snapshot);
    const { snapshot: half, cursor, scope } = storeOf(desk.service).standing();
    expect({ half, cursor, scope }).toEqual({
      half: null,
      cursor: { epoch: 'e', position: snapshot.manifest.position },
      scope: 's1',
    });
    expect((await storeOf(desk.service).takeHello(hello, 0)).fetch).toBe('nothing');
    endpoint.takeFrom(desk.desktop, 1_000);
    await rename(author, await ticketOf(author, 'T1'), 'T1 again');
    endpoint.takeFrom(author.desktop, 1_000);
    await pullAll(desk, endpoint);
    await expectEqual(desk, endpoint);
    expect((await desk.service.checkIntegrity()).problems).toEqual([]);
  });

  it('loses nothing written before, between and after its parts, and makes no conflict of it', async () => {
    const { endpoint, author } = await openFilled();
    const desk = await openDesk('K3V9Q2M7TA');
    await create(desk, 'mine');
    const snapshot = snapshotOf(endpoint, 3);
    await takeParts(storeOf(desk.service), snapshot, 1);
    await rename(desk, await ticketOf(desk, 'T5'), 'T5 by me');
    await takeParts(storeOf(desk.service), snapshot);
    await rename(desk, await ticketOf(desk, 'T1'), 'T1 by me');
    expect(await titlesOf(desk)).toEqual(['T1 by me', 'T2', 'T3', 'T4', 'T5 by me', 'T6', 'mine']);
    for (const each of [desk, author, desk]) {
      endpoint.takeFrom(each.desktop, 1_000);
      await pullAll(each, endpoint);
    }
    await expectEqual(desk, endpoint);
    expect(await titlesOf(author)).toEqual(await titlesOf(desk));
    expect(await desk.service.answer({ type: 'conflicts', offset: 0, limit: 9 })).toMatchObject({ rows: [] });
  });

  it('takes a desk that was long away up to it, with what it wrote meanwhile, and has it look what it still may see', async () => {
    const { endpoint, author } = await openFilled();
    const desk = await openDesk('K3V9Q2M7TA');
    await pullAll(desk, endpoint);
    await rename(desk, await ticketOf(desk, 'T2'), 'T2 offline');
    await rename(author, await ticketOf(author, 'T2'), 'T2 at the desk');
    await create(author, 'T7');
    endpoint.takeFrom(author.desktop, 1_000);
    const snapshot = snapshotOf(endpoint, 4);
    const { minPosition } = { minPosition: endpoint.log.length - 1 };
    const hello = { ...helloWith(endpoint, snapshot), minPosition };
    expect((await storeOf(desk.service).takeHello(hello, 0)).fetch).toBe('snapshot');
    await takeParts(storeOf(desk.service), snapshot);
    endpoint.takeFrom(desk.desktop, 1_000);
    await pullAll(desk, endpoint);
    await expectEqual(desk, endpoint);
    expect(await desk.service.answer({ type: 'conflicts', offset: 0, limit: 9 })).toMatchObject({ total: 1 });
    expect((await storeOf(desk.service).takeHello(helloOf(endpoint), 0)).fetch).toBe('all-records');
  });

  it('puts an own operation that was refused meanwhile into the drawer', async () => {
    const refuses = new PageEndpoint((operation) => operation.writes[0]?.fields['title'] === 'forbidden');
    const desk = await openDesk('K3V9Q2M7TA');
    const [id = ''] = await create(desk, 'mine');
    await rename(desk, id, 'forbidden');
    refuses.takeFrom(desk.desktop, 1_000);
    await rename(desk, id, 'after that');
    await takeParts(storeOf(desk.service), snapshotOf(refuses, 100));
    expect(await titlesOf(desk)).toEqual(['after that']);
    const refused = (await desk.service.answer({ type: 'refused' })) as readonly RefusedOperation[];
    expect(refused.map(({ values }) => values.map(({ value }) => value))).toEqual([['forbidden']]);
    refuses.takeFrom(desk.desktop, 1_000);
    await pullAll(desk, refuses);
    await expectEqual(desk, refuses);
  });

  it('names a record of which an edit was refused until it is fetched, also after a restart', async () => {
    const { endpoint } = await openFilled((operation) => operation.writes[0]?.fields['title'] === 'forbidden');
    let desk = await openDesk('K3V9Q2M7TA');
    const snapshot = snapshotOf(endpoint, 100);
    await takeParts(storeOf(desk.service), snapshot);
    const id = await ticketOf(desk, 'T5');
    await rename(desk, id, 'forbidden');
    const { device } = storeOf(desk.service).standing();
    endpoint.takeFrom(desk.desktop, 1_000);
    const seq = endpoint.replica.held[device] ?? 0;
    const at = { device, seq, entity: 'ticket', id, field: 'title', expected: 'another' };
    const answer = { epoch: 'e', head: endpoint.log.length, held: { [device]: seq }, need: {}, ignored: [] };
    await storeOf(desk.service).takePushAnswer({ ...answer, voids: [{ ...at, code: 'not-permitted' }] });
    desk = await restart(desk);
    expect(storeOf(desk.service).standing().stale).toEqual([{ entity: 'ticket', id }]);
    await giveStale(storeOf(desk.service), endpoint);
    expect(storeOf(desk.service).standing().stale).toEqual([]);
    await pullAll(desk, endpoint);
    await expectEqual(desk, endpoint);
    expect(await titlesOf(desk)).toContain('T5');
  });

  it('that is no more when half of it is here gives way to all records and the log', async () => {
    const { endpoint, author } = await openFilled();
    const desk = await openDesk('K3V9Q2M7TA');
    const store = storeOf(desk.service);
    await takeParts(store, snapshotOf(endpoint, 3), 1);
    // Replaces a value of which the log will tell once more.
    await rename(desk, await ticketOf(desk, 'T6'), 'T6 by me');
    await rename(author, await ticketOf(author, 'T4'), 'T4 again');
    endpoint.takeFrom(author.desktop, 1_000);
    expect((await endpoint.giveTo(store, 1_000)).greetAgain).toBe(true);
    expect((await store.takeHello(helloOf(endpoint), 0)).fetch).toBe('all-records');
    expect(store.standing().snapshot).toBe(null);
    await giveRecords(store, endpoint, 4);
    expect((await store.takeHello(helloOf(endpoint), 0)).fetch).toBe('nothing');
    endpoint.takeFrom(desk.desktop, 1_000);
    await pullAll(desk, endpoint);
    await expectEqual(desk, endpoint);
    expect(await desk.service.answer({ type: 'conflicts', offset: 0, limit: 9 })).toMatchObject({ rows: [] });
  });

  it('does not go back when a part comes that was taken before', async () => {
    const { endpoint } = await openFilled();
    const snapshot = snapshotOf(endpoint, 1);
    const store = storeOf((await openDesk('R3V9Q2M7TE')).service);
    await store.takeHello(helloWith(endpoint, snapshot), 0);
    await takeParts(store, snapshot, 3);
    const first = { hash: snapshot.hash, manifest: snapshot.manifest, part: 0, records: snapshot.parts[0] ?? [] };
    expect(await store.takePart(first)).toEqual({ ok: true, next: 3, done: false });
    expect(store.standing().snapshot?.next).toBe(3);
  });

  it('is not stood on by a desk that would lose something: one that knows more, another chain, or of an older version', async () => {
    const { endpoint, author } = await openFilled();
    const early = snapshotOf(endpoint, 100);
    await create(author, 'T7');
    endpoint.takeFrom(author.desktop, 1_000);
    const desk = await openDesk('K3V9Q2M7TA');
    await pullAll(desk, endpoint);
    const given = { hash: early.hash, manifest: early.manifest, part: 0, records: early.parts[0] ?? [] };
    expect(await storeOf(desk.service).takePart(given)).toEqual({ ok: true, next: 1, done: true });
    const other = { ...early.manifest, epoch: 'another life' };
    const store = storeOf(desk.service);
    expect(await store.takePart({ ...given, manifest: other })).toEqual({ ok: false, why: 'behind' });
    const newer = { ...early.manifest, schemaVersion: 1_000_000 };
    const fresh = await openDesk('P3V9Q2M7TC');
    expect(await storeOf(fresh.service).takePart({ ...given, manifest: newer })).toEqual({
      ok: false,
      why: 'newer-version',
    });
    const { device } = storeOf(fresh.service).standing();
    const forked = {
      ...early.manifest,
      held: { ...early.manifest.held, [device]: 1 },
      lastHash: { ...early.manifest.lastHash, [device]: 'f'.repeat(32) },
    };
    const told = storeOf(fresh.service);
    expect(await told.takePart({ ...given, manifest: forked })).toEqual({ ok: false, why: 'forked' });
    // More than it ever made or was told of: another installation writes under its id.
    const unknown = await openDesk('Q3V9Q2M7TD');
    const { device: name } = storeOf(unknown.service).standing();
    const ahead = { ...early.manifest, held: { ...early.manifest.held, [name]: 1_000 } };
    expect(await storeOf(unknown.service).takePart({ ...given, manifest: ahead })).toEqual({
      ok: false,
      why: 'forked',
    });
    expect((await told.takeHello(helloWith(endpoint, early), 0)).fetch).toBe('nothing');
    expect(await titlesOf(fresh)).toEqual([]);
  });
});
