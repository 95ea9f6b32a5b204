import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
const solution = { code: 'solved-permanently', notes: 'Replaced the switch' };

beforeEach(() => {
  desk = createMemoryDesk();
  desk.put('person', 'p', { name: 'Person' });
  desk.put('queue', 'q', { name: 'Queue' });
  for (const id of ['a', 'b', 'c'])
    desk.put('ticket', id, { title: id, type: 'incident', state: 'new', impact: '3', urgency: '3', priority: '5' });
});

function run(name: string, input: unknown): void {
  expect(desk.run(name, input)).toMatchObject({ ok: true });
}
function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}

describe('relations of a ticket', () => {
  it('link and unlink both sides', () => {
    run('ticket.link', { id: 'a', other: 'b' });
    expect([desk.values('a')['links/b'], desk.values('b')['links/a']]).toEqual([true, true]);
    expect(refusal('ticket.link', { id: 'b', other: 'a' })).toMatchObject({ kind: 'nothing-to-change' });
    expect(refusal('ticket.link', { id: 'a', other: 'a' })).toMatchObject({ kind: 'link-to-itself' });
    expect(refusal('ticket.link', { id: 'a', other: 'x' })).toMatchObject({ kind: 'record-missing', field: 'other' });
    expect(refusal('ticket.link', { id: 'a', other: 'q' })).toMatchObject({ kind: 'wrong-kind', field: 'other' });
    run('ticket.unlink', { id: 'b', other: 'a' });
    expect([desk.values('a')['links/b'], desk.values('b')['links/a']]).toEqual([false, false]);
  });

  it('tag keeps the first spelling', () => {
    run('ticket.tag', { id: 'a', tag: '  VIP   floor ' });
    expect(desk.values('a')['tags/VIP floor']).toBe(true);
    expect(refusal('ticket.tag', { id: 'a', tag: 'vip floor' })).toMatchObject({ kind: 'nothing-to-change' });
    expect(refusal('ticket.tag', { id: 'a', tag: ' ' })).toMatchObject({ kind: 'required-field', field: 'tag' });
    expect(refusal('ticket.tag', { id: 'a', tag: 'x'.repeat(51) })).toMatchObject({
      kind: 'text-too-long',
      values: { max: 50, actual: 51 },
    });
    run('ticket.untag', { id: 'a', tag: 'vip floor' });
    expect(desk.values('a')['tags/VIP floor']).toBe(false);
  });

  it('watch as oneself or for another person', () => {
    run('ticket.watch', { id: 'a' });
    run('ticket.watch', { id: 'a', person: 'p' });
    expect(desk.values('a')).toMatchObject({ 'watchers/agent': true, 'watchers/p': true });
    expect(refusal('ticket.watch', { id: 'a', person: 'q' })).toMatchObject({ kind: 'wrong-kind', field: 'watchers' });
    run('ticket.unwatch', { id: 'a' });
    expect(desk.values('a')['watchers/agent']).toBe(false);
  });
});

describe('ticket.bulk', () => {
  it('does what can be done', () => {
    run('ticket.cancel', { id: 'b', reason: 'unnecessary' });
    run('ticket.bulk', { ids: ['a', 'b', 'c', 'a'], command: 'ticket.edit', input: { fields: { impact: '1' } } });
    expect(['a', 'b', 'c'].map((id) => desk.values(id)['priority'])).toEqual(['3', '5', '3']);
  });

  it('does nothing on request when one cannot, and says why for each', () => {
    run('ticket.assign', { id: 'a', queue: 'q' });
    const failure = refusal('ticket.bulk', {
      ids: ['a', 'b', 'x'],
      command: 'ticket.start',
      input: {},
      onRefusal: 'refuse',
    });
    expect(failure).toMatchObject({
      kind: 'bulk-refused',
      values: { total: 3, refused: 2 },
      items: [
        { id: 'b', refusal: { kind: 'queue-or-assignee-required' } },
        { id: 'x', refusal: { kind: 'record-missing' } },
      ],
    });
    expect(desk.values('a')['state']).toBe('new');
  });

  it('refuses when none can', () => {
    expect(refusal('ticket.bulk', { ids: ['a', 'b'], command: 'ticket.close', input: {} })).toMatchObject({
      kind: 'bulk-refused',
      values: { total: 2, refused: 2 },
    });
    expect(refusal('ticket.bulk', { ids: ['a'], command: 'ticket.resolve', input: { code: 7 } })).toMatchObject({
      items: [{ refusal: { kind: 'bad-input', field: 'code' } }],
    });
  });

  it('changes a child once that its parent in the same selection took along', () => {
    run('ticket.edit', { id: 'b', fields: { parent: 'a' } });
    const decided = desk.run('ticket.bulk', {
      ids: ['a', 'b'],
      command: 'ticket.resolve',
      input: solution,
      onRefusal: 'refuse',
    });
    expect(decided.ok && decided.value.map((change) => change.id)).toEqual(['a', 'b']);
  });

  it('links both sides of many to one', () => {
    run('ticket.bulk', { ids: ['a', 'b'], command: 'ticket.link', input: { other: 'c' } });
    expect(desk.values('c')).toMatchObject({ 'links/a': true, 'links/b': true });
  });

  it('takes ticket commands only, and at least one id', () => {
    expect(refusal('ticket.bulk', { ids: ['a'], command: 'ticket.create', input: {} })).toMatchObject({
      kind: 'not-for-bulk',
      values: { command: 'ticket.create' },
    });
    expect(refusal('ticket.bulk', { ids: ['a'], command: 'ticket.bulk', input: {} })).toMatchObject({
      kind: 'not-for-bulk',
    });
    expect(refusal('ticket.bulk', { ids: [], command: 'ticket.start', input: {} })).toMatchObject({
      kind: 'bad-input',
      field: 'ids',
    });
  });
});
