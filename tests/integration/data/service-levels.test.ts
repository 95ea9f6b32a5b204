import { describe, expect, it } from 'vitest';
import type { Row } from '../../../renderer/data/data-api.ts';
import type { DataService } from '../../../renderer/data/data-service.ts';
import { consolidate, saveColumns } from '../../../renderer/data/engine/maintenance.ts';
import { encodeBody, decodeBody } from '../../../renderer/data/storage/body-codec.ts';
import type { TargetsView } from '../../../renderer/data/service-levels/target-view.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../helpers/memory-desktop.ts';
import { alarms, listTickets, openService, run } from '../../helpers/open-service.ts';

let spaces = 0;
const hour = 3_600_000;

async function settled(service: DataService): Promise<void> {
  await service.space.state.serviceLevels.settled();
}

async function rowOf(service: DataService, id: string): Promise<Row> {
  const row = (await listTickets(service)).rows.find((each) => each.id === id);
  if (!row) throw new Error(`no row of ${id}`);
  return row;
}

async function critical(service: DataService): Promise<string> {
  const [id] = await run(service, 'ticket.create', { fields: { title: 'Down', impact: '1', urgency: '1' } });
  if (id === undefined) throw new Error('no ticket');
  return id;
}

async function open(desktop: MemoryDesktop, name: string): Promise<DataService> {
  const { service } = await openService(desktop, name);
  await settled(service);
  return service;
}

/** Every ticket's derived columns are what its history says at this moment of this policy. */
async function expectDerived(service: DataService): Promise<void> {
  const { tables, store, serviceLevels } = service.space.state;
  const table = tables.of('ticket');
  expect([...table.underived]).toEqual([]);
  for (let row = 0; row < table.size; row += 1) {
    const id = table.idAt(row);
    const body = (await store.read([id])).get(id);
    const expected = body && serviceLevels.expected(body, service.now());
    for (const name of ['due', 'dueSoon', 'dueTarget'] as const)
      expect(table.columns.get(name)?.get(row)).toBe(expected?.[name] ?? null);
  }
}

describe('due times in the columns', () => {
  it('follow the ticket: response, resolution, pause, resume, done', async () => {
    const service = await open(createMemoryDesktop(), `due-${++spaces}`);
    const id = await critical(service);
    const opened = Number((await rowOf(service, id)).values['openedAt']);
    expect((await rowOf(service, id)).values).toMatchObject({
      due: opened + hour / 4,
      dueTarget: 'response',
      dueStage: 'on-track',
    });
    await run(service, 'ticket.assign', { id, assignee: service.space.state.meta.user });
    await run(service, 'ticket.start', { id });
    expect((await rowOf(service, id)).values).toMatchObject({ due: opened + 4 * hour, dueTarget: 'resolution' });
    await run(service, 'ticket.hold', { id, reason: 'awaiting-vendor' });
    expect((await rowOf(service, id)).values).toMatchObject({ dueStage: 'paused' });
    expect((await rowOf(service, id)).values['due']).toBeUndefined();
    await run(service, 'ticket.resume', { id });
    expect(Number((await rowOf(service, id)).values['due'])).toBeGreaterThan(opened + 4 * hour);
    await run(service, 'ticket.resolve', { id, code: 'other', notes: 'Done' });
    expect((await rowOf(service, id)).values).toMatchObject({ dueStage: 'met' });
    await expectDerived(service);
  });

  it('are the same after a restart, from saved columns and from bodies, and after the agreements change', async () => {
    const desktop = createMemoryDesktop();
    const name = `due-${++spaces}`;
    const service = await open(desktop, name);
    const ids = [await critical(service), await critical(service)];
    await run(service, 'ticket.comment', { id: ids[0], audience: 'comment', body: 'We look at it' });
    await saveColumns(service.space);
    await run(service, 'ticket.hold', { id: ids[1], reason: 'awaiting-vendor' });
    const before = (await listTickets(service)).rows.map(({ values }) => values['due']);
    const again = await open(desktop, name);
    await expectDerived(again);
    expect((await listTickets(again)).rows.map(({ values }) => values['due'])).toEqual(before);
    await run(again, 'record.edit', { entity: 'service-level', id: 'level-p1-response', fields: { amount: 45 } });
    await settled(again);
    await expectDerived(again);
    const { values } = await rowOf(again, String(ids[1]));
    expect(values['due']).toBe(Number(values['openedAt']) + (45 / 60) * hour);
  });

  it('are computed at the next start when the columns were saved before all of them were', async () => {
    const desktop = createMemoryDesktop();
    const name = `due-${++spaces}`;
    const service = await open(desktop, name);
    await critical(service);
    await consolidate(service.space, () => true);
    const table = service.space.state.tables.of('ticket');
    table.derive(0, {});
    table.underived.add(0);
    expect(await saveColumns(service.space)).toBe(true);
    await expectDerived(await open(desktop, name));
  });

  it('move on by themselves when time changes a stage, and lists hear of it', async () => {
    const desktop = createMemoryDesktop();
    const service = await open(desktop, `due-${++spaces}`);
    const id = await critical(service);
    const { due } = (await rowOf(service, id)).values;
    const told: unknown[] = [];
    service.watch(
      'late',
      { type: 'counts', entity: 'ticket', of: { late: [{ field: 'dueStage', op: 'in', values: ['breached'] }] } },
      (result) => {
        told.push(result);
      },
    );
    // The clock of the test goes on by a second whenever it is read.
    expect(alarms.get(desktop)?.at).toBeLessThanOrEqual(Number(due));
    for (let turn = 0; turn < 2_000 && service.now() <= Number(due) + 1_000; turn += 1) service.now();
    alarms.get(desktop)?.run();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await rowOf(service, id)).values['dueStage']).toBe('breached');
    expect(told.at(-1)).toEqual({ late: 1 });
  });

  it('explain themselves, and say what a change of an agreement would do', async () => {
    const service = await open(createMemoryDesktop(), `due-${++spaces}`);
    const id = await critical(service);
    const view = (await service.answer({ type: 'targets', id, asOf: 0 })) as TargetsView;
    expect(view.policyVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(view.targets.map(({ level, status }) => [level.target, status])).toEqual([
      ['response', 'running'],
      ['resolution', 'running'],
      ['update', 'idle'],
    ]);
    const { serviceLevels, store } = service.space.state;
    const level = (await store.read(['level-p1-response'])).get('level-p1-response');
    expect(level?.entity).toBe('service-level');
    const values = {
      name: 'x',
      kind: 'sla',
      target: 'response',
      amount: 1,
      unit: 'hours',
      calendar: 'calendar-24x7',
      'priorities/1': true,
    };
    expect(await serviceLevels.previewPolicy('level-p1-response', values)).toEqual({
      open: 1,
      changed: 1,
      overdueBefore: 0,
      overdueAfter: 0,
    });
    const bad = await serviceLevels.previewCalendar(null, { timeZone: 'Berlin', weekly: '{}' }, 7);
    expect(bad.problem?.problem).toBe('zone');
    const week = { timeZone: 'Europe/Berlin', weekly: '{"mon-fri":[["08:00","17:00"]]}' };
    const { days } = await serviceLevels.previewCalendar(null, week, 7);
    expect(days.filter(({ open: hours }) => hours.length > 0)).toHaveLength(5);
  });

  it('come back from storage with their trail (D13)', async () => {
    const service = await open(createMemoryDesktop(), `due-${++spaces}`);
    const id = await critical(service);
    await run(service, 'ticket.hold', { id, reason: 'awaiting-vendor' });
    await run(service, 'ticket.comment', { id, audience: 'comment', body: 'Parts are ordered' });
    await run(service, 'ticket.resume', { id });
    const body = (await service.space.state.store.read([id])).get(id);
    if (!body) throw new Error('no body');
    expect(body.trail).toHaveLength(4);
    expect(decodeBody(encodeBody(body))).toEqual(body);
  });
});
