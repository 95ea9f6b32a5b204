import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backUp, restore } from '../../../server/backup.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import type { Role } from '../../../shared/domain/permissions.ts';
import type { RecordView } from '../../../renderer/data/data-api.ts';
import type { ConflictList, RefusedOperation } from '../../../renderer/data/sync-api.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { SyncDesk } from '../../helpers/endpoint/sync-desk.ts';
import { listTickets, run } from '../../helpers/open-service.ts';

const devices = ['K3V9Q2M7TA', 'M3V9Q2M7TB', 'P3V9Q2M7TC', 'R3V9Q2M7TD', 'T3V9Q2M7TE'];
let spaces = 0;

async function enrolled(office: Office, name: string, index: number, ...roles: readonly Role[]): Promise<SyncDesk> {
  const desk = await SyncDesk.open(office.url, devices[index] ?? '', `sync-${++spaces}`);
  await addAccount(office.endpoint, name, roles);
  await desk.enrol((await giveCode(office.endpoint, name)).code);
  return desk;
}

async function digestOf(desk: SyncDesk): Promise<string> {
  return (await desk.service.contentDigest({ entity: null })).digest;
}

async function ticketOf(desk: SyncDesk, title: string): Promise<string> {
  return (await listTickets(desk.service)).rows.find((row) => row.values['title'] === title)?.id ?? '';
}

async function recordOf(desk: SyncDesk, id: string): Promise<RecordView | null> {
  return (await desk.service.answer({ type: 'record', id })) as RecordView | null;
}

async function conflictsOf(desk: SyncDesk): Promise<ConflictList> {
  return (await desk.service.answer({ type: 'conflicts', offset: 0, limit: 50 })) as ConflictList;
}

async function refusedOf(desk: SyncDesk): Promise<readonly RefusedOperation[]> {
  return (await desk.service.answer({ type: 'refused' })) as readonly RefusedOperation[];
}

async function settle(...desks: readonly SyncDesk[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const desk of desks) await desk.exchange();
}

const places: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of places.splice(0)) await close();
});

async function newOffice(now?: () => number): Promise<Office> {
  const office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() }, now);
  places.push(() => office.close());
  return office;
}

describe('desks and an endpoint', () => {
  it('go on after they were away for longer than a token lives', async () => {
    let away = 0;
    const office = await newOffice(() => Date.now() + away);
    const desk = await enrolled(office, 'ada', 0, 'desk-agent');
    await desk.exchange();
    await run(desk.service, 'ticket.create', { fields: { type: 'incident', title: 'Printer' } });
    away = 3_600_000;
    expect(await desk.exchangeOnce()).toMatchObject({ next: 'go-on', refused: 0 });
    expect((await desk.hello()).held[desk.device]).toBe(desk.service.space.state.meta.vector[desk.device]);
  });

  it('converge after edits offline, show the conflict on both and settle it once', async () => {
    const office = await newOffice();
    const ada = await enrolled(office, 'ada', 0, 'desk-agent');
    const bob = await enrolled(office, 'bob', 1, 'desk-agent');
    await run(ada.service, 'ticket.create', { fields: { type: 'incident', title: 'Printer' } });
    await settle(ada, bob);
    const id = await ticketOf(bob, 'Printer');
    expect((await recordOf(bob, id))?.values['number']).toBe('INC0000001');
    expect((await recordOf(ada, id))?.pending).toBe(false);
    await run(ada.service, 'ticket.edit', { id, fields: { title: 'Printer on fire' } });
    await run(bob.service, 'ticket.edit', { id, fields: { title: 'Printer on 3rd floor' } });
    await run(bob.service, 'ticket.comment', { id, audience: 'comment', body: 'Which one?' });
    expect((await recordOf(ada, id))?.pending).toBe(true);
    expect(ada.store.standing()).toMatchObject({ waiting: 1, waitingSince: expect.any(Number) as number });
    await settle(ada, bob);
    expect(await digestOf(ada)).toBe(await digestOf(bob));
    expect(ada.store.standing()).toMatchObject({ waiting: 0, waitingSince: null });
    for (const desk of [ada, bob]) {
      const { total, rows } = await conflictsOf(desk);
      expect(total).toBe(1);
      const [title] = rows[0]?.fields ?? [];
      expect(title).toMatchObject({ field: 'title', class: 'register', base: 'Printer' });
      expect(new Set(title?.heads.map(({ value }) => value))).toEqual(
        new Set(['Printer on fire', 'Printer on 3rd floor']),
      );
      expect(title?.heads.filter(({ shown }) => shown)).toHaveLength(1);
      expect(title?.heads.filter(({ own }) => own)).toHaveLength(1);
      expect(title?.heads.every(({ user }) => user !== '')).toBe(true);
    }
    const shown = (await recordOf(ada, id))?.values['title'] ?? null;
    const settled = await ada.service.command('record.settle', { entity: 'ticket', id, fields: { title: shown } });
    if (!settled.ok) throw new Error(settled.failure.kind);
    await settle(ada, bob);
    for (const desk of [ada, bob]) expect((await conflictsOf(desk)).total).toBe(0);
    expect(await digestOf(ada)).toBe(await digestOf(bob));
    const undone = await ada.service.undo(settled.value.dots);
    if (!undone.ok) throw new Error(undone.failure.kind);
    await settle(ada, bob);
    for (const desk of [ada, bob]) expect((await conflictsOf(desk)).rows[0]?.fields[0]?.heads).toHaveLength(2);
    expect((await recordOf(bob, id))?.values['title']).toBe(shown);
    expect((await ada.service.undo(undone.value.dots)).ok).toBe(true);
    await settle(ada, bob);
    for (const desk of [ada, bob]) expect((await conflictsOf(desk)).total).toBe(0);
    expect((await recordOf(bob, id))?.values['title']).toBe(shown);
    expect(await digestOf(ada)).toBe(await digestOf(bob));
    for (const desk of [ada, bob]) expect((await desk.service.checkIntegrity()).problems).toEqual([]);
  });

  it('of another zone bring no second business hours: those of the first desk stand, without a conflict', async () => {
    const office = await newOffice();
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'America/New_York';
      const ada = await enrolled(office, 'ada', 0, 'administrator');
      process.env['TZ'] = 'Asia/Tokyo';
      const bob = await enrolled(office, 'bob', 1, 'administrator');
      await settle(ada, bob);
      for (const desk of [ada, bob]) {
        const { values } = (await recordOf(desk, 'calendar-business-hours')) ?? {};
        expect(values?.['timeZone']).toBe('America/New_York');
        expect((await conflictsOf(desk)).total).toBe(0);
        expect(await refusedOf(desk)).toEqual([]);
      }
      expect(await digestOf(ada)).toBe(await digestOf(bob));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('show a refusal to its author only, who can write it again', async () => {
    const office = await newOffice();
    const ada = await enrolled(office, 'ada', 0, 'administrator');
    const eve = await enrolled(office, 'eve', 1, 'change-authority');
    await run(ada.service, 'ticket.create', { fields: { type: 'incident', title: 'Secret plan' } });
    await settle(ada, eve);
    await run(eve.service, 'record.create', { entity: 'queue', fields: { name: 'My own queue' } });
    const moved = await eve.exchange();
    expect(moved.refused).toBeGreaterThan(0);
    const refused = await refusedOf(eve);
    expect(refused.find(({ entity }) => entity === 'queue')).toMatchObject({
      code: 'not-permitted',
      title: 'My own queue',
      command: 'record.create',
    });
    await settle(ada, eve);
    expect(await refusedOf(ada)).toEqual([]);
    expect(await digestOf(ada)).toBe(await digestOf(eve));
    await eve.reopen();
    const [dot] = (await refusedOf(eve)).filter(({ entity }) => entity === 'queue').map((each) => each.dot);
    if (dot === undefined) throw new Error('the refused operation is not in the drawer any more');
    expect((await eve.service.retryRefused({ dot })).ok).toBe(true);
    expect((await refusedOf(eve)).filter(({ entity }) => entity === 'queue')).toEqual([]);
    await eve.exchange();
    const again = (await refusedOf(eve)).filter(({ entity }) => entity === 'queue');
    expect(again).toHaveLength(1);
    for (const each of await refusedOf(eve)) await eve.service.dismissRefused({ dot: each.dot });
    expect(await refusedOf(eve)).toEqual([]);
    await eve.reopen();
    expect(await refusedOf(eve)).toEqual([]);
    expect(await digestOf(ada)).toBe(await digestOf(eve));
  });

  it('bring an endpoint restored from an old backup all it lacks, also of desks that are away', async () => {
    const directory = temporaryDirectory();
    const office = await openOffice({ kind: 'sqlite', directory });
    const place = { kind: 'sqlite', directory } as const;
    const ada = await enrolled(office, 'ada', 0, 'desk-agent');
    const bob = await enrolled(office, 'bob', 1, 'desk-agent');
    await run(ada.service, 'ticket.create', { fields: { type: 'incident', title: 'Before' } });
    await settle(ada, bob);
    await office.close();
    await backUp(place, path.join(directory, 'backup'), () => undefined);
    const second = await openOffice(place);
    ada.url = second.url;
    bob.url = second.url;
    await run(ada.service, 'ticket.create', { fields: { type: 'incident', title: 'After' } });
    await settle(ada, bob);
    const id = await ticketOf(bob, 'After');
    await run(bob.service, 'ticket.edit', { id, fields: { title: 'After, seen by Bob' } });
    await bob.exchange();
    const before = await digestOf(bob);
    await second.close();
    await restore(place, path.join(directory, 'backup'), () => undefined);
    const restored = await openOffice(place);
    places.push(() => restored.close());
    bob.url = restored.url;
    ada.url = restored.url;
    // Ada is away: Bob brings her operations and the numbers the endpoint gave.
    await bob.exchange();
    expect(await digestOf(bob)).toBe(before);
    const cleo = await enrolled(restored, 'cleo', 2, 'desk-agent');
    await cleo.exchange();
    expect((await recordOf(cleo, id))?.values['title']).toBe('After, seen by Bob');
    expect((await recordOf(cleo, id))?.values['number']).toBe('INC0000002');
    await settle(ada, bob, cleo);
    expect(await digestOf(ada)).toBe(await digestOf(cleo));
    expect(await digestOf(bob)).toBe(await digestOf(cleo));
  });

  it('keep the work of both when a profile was cloned, each under an id of its own', async () => {
    const office = await newOffice();
    const ada = await enrolled(office, 'ada', 0, 'desk-agent');
    const bob = await enrolled(office, 'bob', 1, 'desk-agent');
    await run(ada.service, 'ticket.create', { fields: { type: 'incident', title: 'Shared' } });
    await settle(ada, bob);
    const twin = await ada.clone(`sync-${++spaces}`);
    const id = await ticketOf(ada, 'Shared');
    await run(ada.service, 'ticket.create', { fields: { type: 'incident', title: 'Only at the first' } });
    await run(twin.service, 'ticket.create', { fields: { type: 'incident', title: 'Only at the twin' } });
    await run(twin.service, 'ticket.edit', { id, fields: { title: 'Shared, edited at the twin' } });
    await ada.exchange();
    expect((await twin.exchange()).next).toBe('device-renewed');
    expect(twin.device).not.toBe(ada.device);
    expect(twin.store.standing().waiting).toBeGreaterThanOrEqual(2);
    for (let round = 0; round < 3; round += 1)
      for (const desk of [twin, ada, bob]) {
        if (desk.isRenewed) await desk.enrol((await giveCode(office.endpoint, 'ada')).code);
        await desk.exchange();
      }
    for (const desk of [ada, twin, bob]) {
      const titles = (await listTickets(desk.service)).rows.map((row) => row.values['title']);
      expect(titles.toSorted()).toEqual(['Only at the first', 'Only at the twin', 'Shared, edited at the twin']);
      expect(await digestOf(desk)).toBe(await digestOf(bob));
      expect(desk.store.standing().waiting).toBe(0);
    }
    await run(ada.service, 'ticket.edit', { id, fields: { title: 'Shared, once more' } });
    await settle(ada, twin, bob);
    expect((await recordOf(twin, id))?.values['title']).toBe('Shared, once more');
  });
});
