import { beforeEach, describe, expect, it } from 'vitest';
import { commands, runCommand } from '../../../../shared/domain/commands.ts';
import { checkSetting } from '../../../../shared/domain/set-setting.ts';
import { defaultPriorityMatrix } from '../../../../shared/domain/ticket/priority.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
beforeEach(() => {
  desk = createMemoryDesk();
});

function run(name: string, input: unknown): void {
  expect(desk.run(name, input)).toMatchObject({ ok: true });
}
function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}

describe('record.create and record.edit', () => {
  it.each(['person', 'queue', 'service', 'asset', 'site'])('create and edit a %s', (entity) => {
    run('record.create', { entity, id: 'r', fields: { name: ' First ' } });
    expect(desk.values('r')).toMatchObject({ name: 'First', active: true });
    run('record.edit', { entity, id: 'r', fields: { name: 'Second', active: false } });
    expect(desk.values('r')).toMatchObject({ name: 'Second', active: false });
    expect(refusal('record.create', { entity, fields: {} })).toMatchObject({ kind: 'required-field', field: 'name' });
    expect(refusal('record.edit', { entity, id: 'r', fields: { name: '' } })).toMatchObject({
      kind: 'required-field',
      field: 'name',
    });
    expect(refusal('record.edit', { entity, id: 'r', fields: { active: 'yes' } })).toMatchObject({
      kind: 'bad-type',
      values: { expected: 'flag' },
    });
    expect(refusal('record.create', { entity, id: 'r', fields: { name: 'x' } })).toMatchObject({
      kind: 'record-exists',
    });
  });

  it('keeps the members of a queue by element, and takes the whole list', () => {
    for (const id of ['p1', 'p2']) run('record.create', { entity: 'person', id, fields: { name: id } });
    run('record.create', { entity: 'queue', id: 'q', fields: { name: 'Network', members: ['p1'] } });
    run('record.edit', { entity: 'queue', id: 'q', fields: { members: ['p2'] } });
    expect(desk.values('q')).toMatchObject({ 'members/p1': false, 'members/p2': true });
    expect(refusal('record.edit', { entity: 'queue', id: 'q', fields: { members: ['p2'] } })).toMatchObject({
      kind: 'nothing-to-change',
    });
    expect(refusal('record.edit', { entity: 'queue', id: 'q', fields: { members: ['q'] } })).toMatchObject({
      kind: 'wrong-kind',
      field: 'members',
    });
  });

  it('takes IANA zones only', () => {
    expect(refusal('record.create', { entity: 'site', fields: { name: 'Oslo', timeZone: 'Oslo' } })).toMatchObject({
      kind: 'bad-time-zone',
      values: { got: 'Oslo' },
    });
    run('record.create', { entity: 'site', fields: { name: 'Oslo', timeZone: 'Europe/Oslo' } });
  });

  it('does not take the kinds that have rules of their own, nor an id of another kind', () => {
    expect(refusal('record.create', { entity: 'ticket', fields: { title: 'x' } })).toMatchObject({
      kind: 'bad-choice',
      field: 'entity',
    });
    run('record.create', { entity: 'site', id: 's', fields: { name: 'Oslo' } });
    expect(refusal('record.edit', { entity: 'queue', id: 's', fields: { name: 'x' } })).toMatchObject({
      kind: 'wrong-kind',
    });
  });
});

describe('setting.set', () => {
  const name = 'ticket.priority-matrix';

  it('creates the setting under its name, replaces it, and returns to the default', () => {
    run('setting.set', { name, value: defaultPriorityMatrix });
    expect(desk.values(name)).toEqual({ name, value: JSON.stringify(defaultPriorityMatrix) });
    expect(refusal('setting.set', { name, value: defaultPriorityMatrix })).toMatchObject({ kind: 'nothing-to-change' });
    run('setting.set', { name, value: null });
    expect(desk.values(name)['value']).toBeNull();
  });

  it('refuses values that do not fit, with the place, and settings it does not know', () => {
    const wrong = { ...defaultPriorityMatrix, '2': { '1': '2', '2': '6', '3': '4' } };
    expect(refusal('setting.set', { name, value: wrong })).toMatchObject({
      kind: 'bad-setting',
      values: { name, where: '2.2' },
    });
    expect(refusal('setting.set', { name: 'ticket.auto-close-days', value: -1 })).toMatchObject({
      kind: 'bad-setting',
    });
    expect(refusal('setting.set', { name: 'colour', value: 1 })).toMatchObject({
      kind: 'unknown-setting',
      values: { name: 'colour' },
    });
    expect(checkSetting('ticket.auto-close-days', 7)).toBeNull();
  });
});

describe('the registry of commands', () => {
  it('knows each command by its own name', () => {
    for (const [name, command] of Object.entries(commands)) expect(command.name).toBe(name);
  });

  it('runs a command by name: parses, reads what it asks for, decides', async () => {
    const asked: unknown[] = [];
    const context = {
      now: 1,
      user: 'agent',
      newId: () => 'n',
      newReference: (prefix: string) => `${prefix}-1`,
      setting: () => undefined,
    };
    const read = (request: unknown) => {
      asked.push(request);
      return new Map();
    };
    const outcome = await runCommand('ticket.assign', { id: 't', queue: 'q', assignee: null }, read, context);
    expect(asked).toEqual([{ ids: ['t', 'q'] }]);
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'record-missing', values: { id: 't' } } });
    expect(await runCommand('ticket.assign', 'text', read, context)).toMatchObject({
      ok: false,
      failure: { kind: 'bad-input' },
    });
    expect(await runCommand('toString', {}, read, context)).toMatchObject({
      ok: false,
      failure: { kind: 'unknown-command' },
    });
    expect(asked).toHaveLength(1);
  });
});
