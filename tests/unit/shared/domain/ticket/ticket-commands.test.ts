import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;

beforeEach(() => {
  desk = createMemoryDesk();
  desk.put('person', 'agent', { name: 'Agent', agent: true, active: true });
  desk.put('person', 'caller', { name: 'Caller', active: true });
  desk.put('person', 'end-user', { name: 'End user', agent: false });
  desk.put('person', 'gone', { name: 'Gone', agent: true, active: false });
  desk.put('queue', 'network', { name: 'Network' });
  desk.put('queue', 'desk', { name: 'Service desk' });
  desk.put('service', 'erp', { name: 'ERP', supportQueue: 'desk' });
  desk.put('asset', 'switch', { name: 'Switch', supportQueue: 'network', service: 'erp' });
  desk.put('asset', 'phone', { name: 'Phone' });
});

function create(fields: Record<string, unknown>, id = 't'): void {
  expect(
    desk.run('ticket.create', { id, fields: { title: 'Printer jams', caller: 'caller', ...fields } }),
  ).toMatchObject({ ok: true });
}
function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}

describe('ticket.create', () => {
  it('needs a title only, and fills in the rest', () => {
    expect(desk.run('ticket.create', { id: 't', fields: { title: '  Printer\njams ' } })).toMatchObject({ ok: true });
    expect(desk.values('t')).toMatchObject({
      title: 'Printer jams',
      type: 'incident',
      state: 'new',
      impact: '3',
      urgency: '3',
      priority: '5',
      channel: 'phone',
      openedBy: 'agent',
      openedAt: desk.now,
    });
  });

  it('NUM-1: gives a device reference by type and leaves the official number to the authority', () => {
    create({}, 'i');
    create({ type: 'request' }, 'r');
    expect(desk.values('i')['reference']).toMatch(/^INC-TEST-\d+$/);
    expect(desk.values('r')['reference']).toMatch(/^REQ-TEST-\d+$/);
    expect(desk.values('i')['number']).toBeUndefined();
  });

  it.each([
    [{}, { kind: 'required-field', field: 'title' }],
    [{ title: ' \n ' }, { kind: 'required-field', field: 'title' }],
    [
      { title: 'x', impact: null },
      { kind: 'required-field', field: 'impact' },
    ],
    [{ title: 'x'.repeat(201) }, { kind: 'text-too-long', field: 'title', values: { max: 200, actual: 201 } }],
    [{ title: 7 }, { kind: 'bad-type', field: 'title', values: { expected: 'text', got: '7' } }],
    [
      { title: 'x', impact: '4' },
      { kind: 'bad-choice', field: 'impact', values: { expected: '1, 2, 3', got: '"4"' } },
    ],
    [
      { title: 'x', colour: 'red' },
      { kind: 'unknown-field', field: 'colour' },
    ],
    [
      { title: 'x', reference: 'INC-1' },
      { kind: 'stamped-field', field: 'reference' },
    ],
    [
      { title: 'x', state: 'closed' },
      { kind: 'field-of-a-move', field: 'state' },
    ],
    [
      { title: 'x', queue: 'nowhere' },
      { kind: 'record-missing', field: 'queue', values: { id: 'nowhere' } },
    ],
    [
      { title: 'x', queue: 'agent' },
      { kind: 'wrong-kind', field: 'queue', values: { expected: 'queue', got: 'person' } },
    ],
    [
      { title: 'x', assignee: 'gone' },
      { kind: 'record-inactive', field: 'assignee', values: { title: 'Gone' } },
    ],
    [
      { title: 'x', assignee: 'end-user' },
      { kind: 'not-an-agent', field: 'assignee' },
    ],
    [
      { title: 'x', tags: 'vip' },
      { kind: 'bad-type', field: 'tags', values: { expected: 'list' } },
    ],
  ])('refuses %j', (fields, expected) => {
    expect(refusal('ticket.create', { fields })).toMatchObject(expected);
  });

  it('refuses an id that exists, and input of another shape with the place', () => {
    create({});
    expect(refusal('ticket.create', { id: 't', fields: { title: 'x' } })).toMatchObject({ kind: 'record-exists' });
    expect(refusal('ticket.create', { fields: { title: 'x' }, id: 7 })).toMatchObject({
      kind: 'bad-input',
      field: 'id',
    });
    expect(refusal('ticket.create', { fields: { title: 'x' }, extra: 1 })).toMatchObject({ kind: 'bad-input' });
    expect(refusal('ticket.make', {})).toMatchObject({ kind: 'unknown-command', values: { command: 'ticket.make' } });
  });

  it('INC-7: takes the queue of the asset, else of the service, only when queue and assignee are empty', () => {
    create({ asset: 'switch', service: 'erp' }, 'a');
    create({ asset: 'phone', service: 'erp' }, 'b');
    create({ asset: 'switch', assignee: 'agent' }, 'c');
    create({ asset: 'switch', queue: 'desk' }, 'd');
    expect(['a', 'b', 'c', 'd'].map((id) => desk.values(id)['queue'])).toEqual(['network', 'desk', undefined, 'desk']);
  });

  it('INC-8: copies what a ticket made from another needs and links both', () => {
    create({ description: 'Paper stuck', asset: 'switch', impact: '1' });
    expect(
      desk.run('ticket.create', { id: 'r', copyFrom: 't', fields: { type: 'request', title: 'New printer' } }),
    ).toMatchObject({ ok: true });
    expect(desk.values('r')).toMatchObject({
      type: 'request',
      title: 'New printer',
      description: 'Paper stuck',
      asset: 'switch',
      impact: '1',
      priority: '3',
      'links/t': true,
    });
    expect(desk.values('t')).toMatchObject({ 'links/r': true });
  });

  it('keeps tags and watchers by element', () => {
    create({ tags: ['vip', 'VIP floor'], watchers: ['agent'] });
    expect(desk.values('t')).toMatchObject({ 'tags/vip': true, 'tags/VIP floor': true, 'watchers/agent': true });
  });
});

describe('ticket.edit and ticket.assign', () => {
  it('writes only what differs, and refuses when nothing does', () => {
    create({ category: 'Hardware' });
    expect(desk.run('ticket.edit', { id: 't', fields: { category: 'Software', title: 'Printer jams' } })).toEqual({
      ok: true,
      value: [{ entity: 'ticket', id: 't', fields: { category: 'Software' } }],
    });
    expect(refusal('ticket.edit', { id: 't', fields: { category: 'Software' } })).toMatchObject({
      kind: 'nothing-to-change',
    });
  });

  it('applies nothing when one field is refused', () => {
    create({});
    expect(refusal('ticket.edit', { id: 't', fields: { category: 'Software', urgency: 'high' } })).toMatchObject({
      kind: 'bad-choice',
      field: 'urgency',
    });
    expect(desk.values('t')['category']).toBeUndefined();
  });

  it('INC-6: another queue clears the assignee unless one is given with it', () => {
    create({ queue: 'desk', assignee: 'agent' });
    desk.run('ticket.edit', { id: 't', fields: { queue: 'network' } });
    expect(desk.values('t')).toMatchObject({ queue: 'network', assignee: null });
    desk.run('ticket.assign', { id: 't', queue: 'desk', assignee: 'agent' });
    expect(desk.values('t')).toMatchObject({ queue: 'desk', assignee: 'agent' });
    desk.run('ticket.assign', { id: 't', queue: 'desk' });
    expect(desk.values('t')).toMatchObject({ assignee: 'agent' });
  });

  it('INC-7: an asset set later brings its queue while nobody has the ticket', () => {
    create({});
    desk.run('ticket.edit', { id: 't', fields: { asset: 'switch' } });
    expect(desk.values('t')['queue']).toBe('network');
  });

  it('PRI-1: recomputes the priority when impact or urgency changes', () => {
    create({});
    desk.run('ticket.edit', { id: 't', fields: { impact: '1' } });
    expect(desk.values('t')['priority']).toBe('3');
    desk.run('ticket.edit', { id: 't', fields: { urgency: '1' } });
    expect(desk.values('t')['priority']).toBe('1');
    expect(refusal('ticket.edit', { id: 't', fields: { priority: '5' } })).toMatchObject({ kind: 'stamped-field' });
  });

  it('PRI-1: uses the matrix of the space, and recalculates on demand', () => {
    create({});
    const flat = { '1': '1', '2': '1', '3': '1' };
    const other = createMemoryDesk({ 'ticket.priority-matrix': { '1': flat, '2': flat, '3': flat } });
    other.put('ticket', 't', desk.values('t'));
    expect(other.run('ticket.recalculate-priority', { id: 't' })).toMatchObject({ ok: true });
    expect(other.values('t')['priority']).toBe('1');
  });

  it('INC-9: a ticket cannot be its own ancestor', () => {
    for (const id of ['a', 'b', 'c']) create({}, id);
    desk.run('ticket.edit', { id: 'b', fields: { parent: 'a' } });
    desk.run('ticket.edit', { id: 'c', fields: { parent: 'b' } });
    expect(refusal('ticket.edit', { id: 'a', fields: { parent: 'c' } })).toMatchObject({
      kind: 'parent-cycle',
      field: 'parent',
    });
    expect(refusal('ticket.edit', { id: 'a', fields: { parent: 'a' } })).toMatchObject({ kind: 'parent-cycle' });
    expect(desk.run('ticket.edit', { id: 'c', fields: { parent: 'a' } })).toMatchObject({ ok: true });
  });

  it('leaves what belongs to a move to that move, and finished tickets alone', () => {
    create({});
    expect(refusal('ticket.edit', { id: 't', fields: { state: 'closed' } })).toMatchObject({
      kind: 'field-of-a-move',
      values: { use: 'ticket.change-state' },
    });
    expect(refusal('ticket.edit', { id: 't', fields: { resolutionNotes: 'x' } })).toMatchObject({
      kind: 'field-of-a-move',
    });
    desk.run('ticket.cancel', { id: 't', reason: 'unnecessary' });
    expect(refusal('ticket.edit', { id: 't', fields: { title: 'y' } })).toMatchObject({
      kind: 'ticket-finished',
      values: { state: 'canceled' },
    });
  });

  it('lets the resolution of a resolved ticket be corrected, not cleared', () => {
    create({});
    desk.run('ticket.resolve', { id: 't', code: 'other', notes: 'Restarted' });
    expect(desk.run('ticket.edit', { id: 't', fields: { resolutionNotes: 'Restarted twice' } })).toMatchObject({
      ok: true,
    });
    expect(refusal('ticket.edit', { id: 't', fields: { resolutionNotes: ' ' } })).toMatchObject({
      kind: 'resolution-required',
    });
  });

  it('refuses a link to itself and mirrors the others', () => {
    create({}, 'a');
    create({}, 'b');
    expect(refusal('ticket.edit', { id: 'a', fields: { links: ['a'] } })).toMatchObject({ kind: 'link-to-itself' });
    desk.run('ticket.edit', { id: 'a', fields: { links: ['b'] } });
    expect(desk.values('b')['links/a']).toBe(true);
    desk.run('ticket.edit', { id: 'a', fields: { links: [] } });
    expect(desk.values('b')['links/a']).toBe(false);
  });

  it('refuses text that no operation can carry, with sizes in bytes', () => {
    create({});
    expect(refusal('ticket.edit', { id: 't', fields: { description: '漢'.repeat(32_000) } })).toMatchObject({
      kind: 'too-large',
      values: { actual: 96_056 },
    });
  });

  it('replaces what no store can hold', () => {
    create({ title: 'a\uD800b\0c' });
    expect(desk.values('t')['title']).toBe('a\uFFFDb\uFFFDc');
  });
});
