import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownReader } from '../../../../renderer/data/remote/reader.ts';
import { takePage } from '../../../../renderer/data/remote/take-page.ts';
import { stateText } from '../../../../shared/sync/digest.ts';
import { hashOperation } from '../../../../shared/sync/operation-hash.ts';
import { dotOf, type Operation } from '../../../../shared/sync/operation.ts';
import { voidOperation } from '../../../../shared/sync/voiding.ts';
import { createMemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run } from '../../../helpers/open-service.ts';
import { chainOf, operationBy } from '../../../helpers/operations.ts';
import { deskText, PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';
import { helloOf } from '../../../helpers/page-hello.ts';

let spaces = 0;
const newSpace = (): string => `remote-${++spaces}`;
const wall = 1_760_000_000_000;
const ports = { now: () => wall, renewDevice: () => Promise.reject(new Error('no fork here')) };
const titleOf = (operation: Operation): string => String(operation.writes[0]?.fields['title'] ?? '');

async function openDesk(device: string) {
  const desktop = createMemoryDesktop(device);
  const space = newSpace();
  return { desktop, space, ...(await openService(desktop, space)) };
}

const bare = { at: [wall, 0], clockOffset: null, user: 'p', schemaVersion: 1, previousHash: '' } as const;

const bareWrite = { entity: 'ticket', id: 'remote-1' };

function remoteTicket(fields: Record<string, string>, frame: Partial<Operation> = {}): Operation {
  const writes = [{ entity: 'ticket', id: 'remote-1', fields, parents: {} }];
  return { ...bare, device: 'AAAAAAAAAA', seq: 1, command: 'ticket.create', writes, ...frame };
}

describe('a page of an endpoint', () => {
  it('is shown, logged and remembered with its cursor', async () => {
    const { service, desktop, space } = await openDesk('K3V9Q2M7TA');
    const endpoint = new PageEndpoint();
    endpoint.admit(remoteTicket({ title: 'From afar', type: 'incident', state: 'new' }));
    const applied = await endpoint.giveTo(storeOf(service), 10);
    expect(applied).toMatchObject({ counts: { applied: 1 }, unfit: [], cursor: { epoch: 'e', position: 1 } });
    const again = await openService(desktop, space);
    expect((await listTickets(again.service)).rows.map((row) => row.values['title'])).toEqual(['From afar']);
    expect(again.service.space.state.meta.remote?.cursor).toEqual({ epoch: 'e', position: 1 });
    expect((await again.service.checkIntegrity()).problems).toEqual([]);
    expect((await endpoint.giveTo(storeOf(again.service), 10)).counts).toEqual({});
  });

  it('takes the rest when one operation does not fit, begins anew once, and then goes on without that chain', async () => {
    const { service } = await openDesk('K3V9Q2M7TA');
    const store = storeOf(service);
    const endpoint = new PageEndpoint();
    endpoint.admit(remoteTicket({ title: 'First' }));
    await endpoint.giveTo(store, 10);
    const early = remoteTicket({ title: 'Too early' }, { seq: 3, previousHash: '0123456789abcdef0123456789abcdef' });
    const place = { position: 2, receivedAt: 1, seal: null };
    endpoint.log.push({ ...place, entry: { type: 'operation', operation: early } });
    endpoint.admit(remoteTicket({ title: 'Other' }, { device: 'BBBBBBBBBB' }));
    const applied = await endpoint.giveTo(store, 10);
    expect(applied.unfit).toEqual([{ dot: 'AAAAAAAAAA:3', outcome: 'gap' }]);
    expect(applied.counts).toEqual({ gap: 1, applied: 1 });
    expect(applied.cursor.position).toBe(0);
    const whole = await endpoint.giveTo(store, 10);
    expect(whole.counts).toEqual({ gap: 1, duplicate: 2 });
    expect(whole.cursor.position).toBe(3);
    endpoint.admit(remoteTicket({ title: 'More' }, { device: 'CCCCCCCCCC' }));
    expect((await endpoint.giveTo(store, 10)).cursor.position).toBe(4);
  });

  it('follows a chain again that was left out, once what it lacked has come', async () => {
    const { service } = await openDesk('K3V9Q2M7TA');
    const store = storeOf(service);
    const endpoint = new PageEndpoint();
    const [first, second] = chainOf(
      operationBy('DDDDDDDDDD', 1, { title: 'first' }),
      operationBy('DDDDDDDDDD', 2, { title: 'second' }, { title: ['DDDDDDDDDD:1'] }),
    );
    if (!first || !second) throw new Error('two operations were made');
    const log = (operation: Operation): void => {
      const position = endpoint.log.length + 1;
      endpoint.log.push({ position, receivedAt: 1, seal: null, entry: { type: 'operation', operation } });
    };
    log(second);
    for (let page = 0; page < 2; page += 1) await endpoint.giveTo(store, 10);
    expect(store.standing().cursor?.position).toBe(1);
    const held = { DDDDDDDDDD: 2 };
    const hello = { ...helloOf(endpoint), held, lastHash: { DDDDDDDDDD: hashOperation(second) } };
    expect((await store.pullFrom({ ...hello, head: 1 })).position).toBe(1);
    log(first);
    await endpoint.giveTo(store, 10);
    expect((await store.pullFrom({ ...hello, head: 2 })).position).toBe(0);
    await store.takePage(endpoint.page(0, 10));
    expect(service.space.state.meta.vector['DDDDDDDDDD']).toBe(2);
    expect((await store.pullFrom({ ...hello, head: 2 })).position).toBe(2);
  });

  it('keeps what it cannot read, and applies it after the upgrade', async () => {
    const { service, desktop, space } = await openDesk('K3V9Q2M7TA');
    const endpoint = new PageEndpoint();
    endpoint.admit(remoteTicket({ title: 'Waits' }));
    const oldReader = { ...ownReader, knowsKind: (kind: string) => kind !== 'ticket' };
    const applied = await takePage(service.space, ports, endpoint.page(0, 5), oldReader);
    expect(applied.counts).toEqual({ quarantined: 1 });
    expect((await listTickets(service)).total).toBe(0);
    expect(service.space.state.meta.vector['AAAAAAAAAA']).toBe(1);
    const again = await openService(desktop, space);
    expect((await listTickets(again.service)).rows.map((row) => row.values['title'])).toEqual(['Waits']);
    expect(await again.service.space.database.quarantine.count()).toBe(0);
    const third = await openService(desktop, space);
    expect((await listTickets(third.service)).total).toBe(1);
  });

  it('takes a refused operation out everywhere and keeps it for its author', async () => {
    const { service, desktop, space } = await openDesk('K3V9Q2M7TA');
    const endpoint = new PageEndpoint((operation) => titleOf(operation) === 'Refused');
    const [id = ''] = await run(service, 'ticket.create', { fields: { type: 'incident', title: 'Before' } });
    await run(service, 'ticket.edit', { id, fields: { title: 'Refused' } });
    await run(service, 'ticket.edit', { id, fields: { title: 'After' } });
    const [gone = ''] = await run(service, 'ticket.create', { fields: { type: 'incident', title: 'Refused' } });
    endpoint.takeFrom(desktop, 100);
    expect((await endpoint.giveTo(storeOf(service), 100)).counts).toMatchObject({ voided: 2 });
    expect(await deskText(service)).toBe(stateText(endpoint.replica.settledRecords()));
    expect(await service.answer({ type: 'record', id: gone })).toBeNull();
    const again = await openService(desktop, space);
    expect((await listTickets(again.service)).rows.map((row) => row.values['title'])).toEqual(['After']);
    const refused = await again.service.space.database.refused.toArray();
    expect(refused.map(({ code, line }) => [code, titleOf(JSON.parse(line) as Operation)])).toEqual([
      ['not-permitted', 'Refused'],
      ['not-permitted', 'Refused'],
    ]);
    const timeline = await again.service.answer({ type: 'timeline', id });
    expect(JSON.stringify(timeline)).not.toContain('Refused');
    expect((await again.service.checkIntegrity()).problems).toEqual([]);
  });

  it('names a record whose history is not whole until it is fetched, also after a restart', async () => {
    const { service, desktop, space } = await openDesk('K3V9Q2M7TA');
    const endpoint = new PageEndpoint();
    const made = remoteTicket({ title: 'Kept', type: 'incident', state: 'new' });
    const edit = { seq: 2, command: 'ticket.edit', previousHash: hashOperation(made) };
    const parents = { title: [dotOf(made)] };
    const refused = { ...remoteTicket({}, edit), writes: [{ ...bareWrite, fields: { title: 'Refused' }, parents }] };
    endpoint.admit(made);
    await endpoint.giveTo(storeOf(service), 10);
    await service.takeSnapshot();
    service.space.database.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(service.space.database.name).addEventListener('success', resolve);
    });
    // The snapshot stands for what was made: the log lacks it when what replaced it is refused.
    const again = await openService(desktop, space);
    endpoint.admit(refused);
    expect((await storeOf(again.service).takePage(endpoint.page(1, 1))).counts).toEqual({ applied: 1 });
    const voiding = voidOperation(refused, 'not-permitted', () => undefined);
    const entry = { position: 3, receivedAt: 1, entry: { type: 'voiding' as const, voiding }, seal: null };
    const page = { ...endpoint.page(2, 0), entries: [entry] };
    const stale = [{ entity: 'ticket', id: 'remote-1' }];
    expect((await storeOf(again.service).takePage(page)).stale).toEqual(stale);
    const third = await openService(desktop, space);
    const store = storeOf(third.service);
    expect((await store.takePage({ ...endpoint.page(2, 0) })).stale).toEqual(stale);
    endpoint.replica.receive({ type: 'voiding', voiding });
    const state = endpoint.replica.records.get('ticket/remote-1');
    if (!state) throw new Error('the endpoint does not have the record');
    await store.takeRecord({ records: [state], held: endpoint.replica.held, head: 3, scope: '' });
    expect((await listTickets(third.service)).rows.map((row) => row.values['title'])).toEqual(['Kept']);
    expect((await store.takePage({ ...endpoint.page(2, 0) })).stale).toEqual([]);
  });

  it('gives no reference twice that is given while a page is taken', async () => {
    const { service } = await openDesk('K3V9Q2M7TA');
    const endpoint = new PageEndpoint();
    endpoint.admit(remoteTicket({ title: 'From afar' }));
    const taken: unknown[] = [];
    const taking = endpoint.giveTo(storeOf(service), 5).then((page) => taken.push(page));
    const given: string[] = [];
    while (taken.length === 0) {
      given.push(service.space.newReference('INC'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await taking;
    for (let more = 0; more < 5; more += 1) given.push(service.space.newReference('INC'));
    expect(new Set(given).size).toBe(given.length);
  });

  it('takes a refusal of other content than it holds for the other chain of a fork', async () => {
    const { service, desktop } = await openDesk('K3V9Q2M7TA');
    await run(service, 'ticket.create', { fields: { type: 'incident', title: 'Kept' } });
    const { device } = desktop.files;
    const other = new PageEndpoint(() => true);
    other.admit(remoteTicket({ title: 'Else' }, { device: desktop.files.device }));
    expect(await other.giveTo(storeOf(service), 5)).toMatchObject({ unfit: [] });
    expect((await listTickets(service)).total).toBe(1);
    expect(service.space.state.meta.device).not.toBe(device);
  });
});

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('write' as const), pick: fc.nat(50), title: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('push' as const), most: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('pull' as const),
      limit: fc.integer({ min: 1, max: 8 }),
      late: fc.nat(6),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
);

describe('desks that exchange pages', () => {
  it('end equal to the endpoint, whatever is refused, doubled or late, and whenever they restart', async () => {
    const steps = fc.array(fc.tuple(fc.nat(1), act), { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const desks = [await openDesk('K3V9Q2M7TA'), await openDesk('M3V9Q2M7TB')];
        const endpoint = new PageEndpoint((operation) => titleOf(operation) === 'T3');
        for (const [who, step] of history) {
          const desk = desks[who];
          if (!desk) continue;
          if (step.type === 'push') endpoint.takeFrom(desk.desktop, step.most);
          else if (step.type === 'restart') Object.assign(desk, await openService(desk.desktop, desk.space));
          else if (step.type === 'pull') {
            const position = desk.service.space.state.meta.remote?.cursor?.position ?? 0;
            const late = endpoint.page(Math.max(0, position - step.late), step.limit);
            await endpoint.giveTo(storeOf(desk.service), step.limit);
            await storeOf(desk.service).takePage(late);
          } else {
            const { rows } = await listTickets(desk.service);
            const row = rows[step.pick % Math.max(1, rows.length)];
            if (row && step.pick % 4 === 1)
              await run(desk.service, 'ticket.comment', { id: row.id, audience: 'comment', body: `said ${step.pick}` });
            else if (row && step.pick % 4 > 1)
              await desk.service.command('ticket.edit', { id: row.id, fields: { title: `T${step.title}` } });
            else await run(desk.service, 'ticket.create', { fields: { type: 'incident', title: `T${step.title}` } });
          }
        }
        for (const { desktop } of desks) endpoint.takeFrom(desktop, 1_000);
        for (const desk of desks) {
          await endpoint.giveTo(storeOf(desk.service), 1_000);
          const wanted = stateText(endpoint.replica.settledRecords());
          expect(await deskText(desk.service)).toBe(wanted);
          const { service } = await openService(desk.desktop, desk.space);
          expect(await deskText(service)).toBe(wanted);
          expect((await service.checkIntegrity()).problems).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
