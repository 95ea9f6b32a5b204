import { beforeEach, describe, expect, it } from 'vitest';
import { may, type Actor, type Role } from '../../../../../shared/domain/permissions.ts';
import { ServicePolicy } from '../../../../../shared/domain/service-level/service-policy.ts';
import type { RecordValues } from '../../../../../shared/domain/change.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
beforeEach(() => {
  desk = createMemoryDesk();
});

function kindOf(name: string, input: unknown): string {
  const decided = desk.run(name, input);
  return decided.ok ? 'done' : `${decided.failure.kind} ${decided.failure.field ?? ''}`.trim();
}

function policy(): ServicePolicy {
  const of = (entity: string): ReadonlyMap<string, RecordValues> =>
    new Map([...desk.rows.values()].filter((row) => row.entity === entity).map(({ id, values }) => [id, values]));
  return new ServicePolicy({
    levels: of('service-level'),
    calendars: of('calendar'),
    holidays: of('holiday'),
    services: of('service'),
    sites: of('site'),
  });
}

const week = '{"mon-fri":[["08:00","17:00"]]}';

describe('agreements and calendars as records', () => {
  it('begin with the usual ones, all in force, once', () => {
    expect(kindOf('policy.create-defaults', { timeZone: 'Europe/Berlin' })).toBe('done');
    expect(policy().problems).toEqual([]);
    expect(policy().groups.map((group) => group.length)).toEqual([5, 5, 1]);
    expect(kindOf('policy.create-defaults', { timeZone: 'Europe/Berlin' })).toBe('nothing-to-change');
    expect(kindOf('policy.create-defaults', { timeZone: 'Berlin' })).toBe('bad-time-zone timeZone');
  });

  it('refuse a calendar that cannot be (SLA-3), and say where', () => {
    const create = (fields: object) =>
      kindOf('record.create', { entity: 'calendar', fields: { name: 'C', ...fields } });
    expect(create({ timeZone: 'Europe/Berlin', weekly: week })).toBe('done');
    expect(create({ timeZone: 'Berlin', weekly: week })).toBe('bad-time-zone timeZone');
    expect(create({ timeZone: 'UTC', weekly: '{}' })).toBe('bad-calendar weekly');
    expect(create({ timeZone: 'UTC', weekly: '{"mon":[["17:00","08:00"]]}' })).toBe('bad-calendar weekly');
    expect(create({ timeZone: 'UTC', weekly: 'Monday' })).toBe('bad-calendar weekly');
    expect(create({ timeZone: 'UTC', weekly: week, specialDays: '{"2026-02-30":[]}' })).toBe(
      'bad-calendar specialDays',
    );
    expect(create({ timeZone: 'UTC' })).toBe('required-field weekly');
  });

  it('refuse a target without time or with a step that is none', () => {
    kindOf('policy.create-defaults', { timeZone: 'UTC' });
    const create = (fields: object) =>
      kindOf('record.create', {
        entity: 'service-level',
        fields: {
          name: 'L',
          kind: 'sla',
          target: 'response',
          amount: 1,
          unit: 'hours',
          calendar: 'calendar-24x7',
          ...fields,
        },
      });
    expect(create({ steps: ['50%', '-30m', '+2h'] })).toBe('done');
    expect(create({ steps: ['half'] })).toBe('bad-step steps');
    expect(create({ steps: ['120%'] })).toBe('bad-step steps');
    expect(create({ amount: 0 })).toBe('bad-duration amount');
    expect(create({ calendar: 'nowhere' })).toBe('record-missing calendar');
    expect(create({ priorities: ['9'] })).toBe('bad-choice priorities');
  });

  it('edits what is sound although something else, written elsewhere, is not', () => {
    desk.put('site', 's', { name: 'Site', timeZone: 'Atlantis' });
    expect(kindOf('record.edit', { entity: 'site', id: 's', fields: { name: 'Harbour' } })).toBe('done');
    expect(kindOf('record.edit', { entity: 'site', id: 's', fields: { timeZone: 'Lemuria' } })).toBe(
      'bad-time-zone timeZone',
    );
  });

  it('take over a feed by date, the same records on every device', () => {
    kindOf('policy.create-defaults', { timeZone: 'UTC' });
    const id = 'calendar-business-hours';
    const holidays = [
      { date: '2026-12-25', name: 'Christmas Day' },
      { date: '--01-01', name: 'New Year' },
    ];
    expect(kindOf('calendar.import-holidays', { id, holidays })).toBe('done');
    expect(desk.values(`${id}:2026-12-25`)).toMatchObject({ name: 'Christmas Day', calendar: id, active: true });
    expect(kindOf('calendar.import-holidays', { id, holidays })).toBe('nothing-to-change');
    desk.put('holiday', `${id}:2026-12-25`, { ...desk.values(`${id}:2026-12-25`), active: false });
    expect(kindOf('calendar.import-holidays', { id, holidays })).toBe('done');
    expect(desk.values(`${id}:2026-12-25`)['active']).toBe(true);
    expect(kindOf('calendar.import-holidays', { id, holidays: [{ date: '2026-02-30', name: '' }] })).toBe(
      'bad-calendar holidays',
    );
    expect(kindOf('calendar.import-holidays', { id: 'nowhere', holidays })).toBe('record-missing id');
  });

  it('have a version that changes with what targets depend on, and with nothing else', () => {
    kindOf('policy.create-defaults', { timeZone: 'UTC' });
    desk.put('service', 'mail', { name: 'Mail' });
    const { version } = policy();
    desk.put('service', 'mail', { name: 'E-mail' });
    expect(policy().version).toBe(version);
    desk.put('service', 'mail', { name: 'E-mail', calendar: 'calendar-24x7' });
    const hours = policy().version;
    expect(hours).not.toBe(version);
    expect(kindOf('record.edit', { entity: 'service-level', id: 'level-update', fields: { amount: 2 } })).toBe('done');
    expect(policy().version).not.toBe(hours);
  });

  it('leave out of force what cannot be understood, and say so', () => {
    kindOf('policy.create-defaults', { timeZone: 'UTC' });
    desk.put('calendar', 'calendar-24x7', { ...desk.values('calendar-24x7'), weekly: '{}' });
    desk.put('service-level', 'newer', { name: 'N', kind: 'xla', target: 'joy', amount: 1, unit: 'hours' });
    const { problems, groups } = policy();
    expect(problems.map(({ id, kind }) => `${id} ${kind}`).toSorted()).toEqual([
      'calendar-24x7 calendar-invalid',
      'level-p1-resolution calendar-missing',
      'level-p1-response calendar-missing',
      'newer level-unreadable',
    ]);
    expect(groups.flat()).toHaveLength(9);
  });

  it('are edited by managers and administrators, and read by everybody', () => {
    const actor = (role: Role): Actor => ({ person: 'p', roles: [role], queues: [] });
    const edit = (role: Role) => may(actor(role), 'edit', { entity: 'service-level', values: {} });
    expect((['requester', 'technician', 'desk-agent', 'auditor'] as const).map(edit)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect((['manager', 'administrator'] as const).map(edit)).toEqual([true, true]);
    expect(may(actor('requester'), 'read', { entity: 'calendar', values: {} })).toBe(true);
  });
});
