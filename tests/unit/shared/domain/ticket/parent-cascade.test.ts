import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
const solution = { code: 'solved-permanently', notes: 'Replaced the switch' };

beforeEach(() => {
  desk = createMemoryDesk();
  for (const id of ['parent', 'child', 'grandchild', 'finished', 'request']) {
    desk.put('ticket', id, {
      title: id,
      type: id === 'request' ? 'request' : 'incident',
      state: 'new',
      queue: 'q',
      caller: 'caller',
    });
  }
  for (const [id, parent] of [
    ['child', 'parent'],
    ['grandchild', 'child'],
    ['finished', 'parent'],
    ['request', 'parent'],
  ] as const) {
    desk.put('ticket', id, { ...desk.values(id), parent });
  }
  desk.put('ticket', 'finished', { ...desk.values('finished'), state: 'closed' });
});

function states(): readonly unknown[] {
  return ['parent', 'child', 'grandchild', 'finished', 'request'].map((id) => desk.values(id)['state']);
}
function run(name: string, input: unknown): void {
  expect(desk.run(name, input)).toMatchObject({ ok: true });
}

describe('INC-4: a parent takes its children along', () => {
  it('into progress, and from hold back into progress', () => {
    run('ticket.start', { id: 'parent' });
    expect(states()).toEqual(['in-progress', 'in-progress', 'in-progress', 'closed', 'new']);
    run('ticket.hold', { id: 'parent', reason: 'awaiting-vendor' });
    expect(states()).toEqual(['on-hold', 'on-hold', 'on-hold', 'closed', 'new']);
    expect(desk.values('grandchild')['onHoldReason']).toBe('awaiting-vendor');
    run('ticket.resume', { id: 'parent' });
    expect(states()).toEqual(['in-progress', 'in-progress', 'in-progress', 'closed', 'new']);
  });

  it('but a child whose guard says no stays', () => {
    desk.put('ticket', 'child', { ...desk.values('child'), queue: null });
    run('ticket.start', { id: 'parent' });
    expect(states()).toEqual(['in-progress', 'new', 'new', 'closed', 'new']);
  });

  it('not when it waits for its own caller', () => {
    run('ticket.hold', { id: 'parent', reason: 'awaiting-caller', comment: 'Since when?' });
    expect(states()).toEqual(['on-hold', 'new', 'new', 'closed', 'new']);
  });

  it('into resolved with the same notes, not into closed or canceled', () => {
    run('ticket.resolve', { id: 'parent', ...solution });
    expect(states()).toEqual(['resolved', 'resolved', 'resolved', 'closed', 'new']);
    expect(desk.values('grandchild')).toMatchObject({ resolutionCode: solution.code, resolutionNotes: solution.notes });
    run('ticket.close', { id: 'parent' });
    expect(states()).toEqual(['closed', 'resolved', 'resolved', 'closed', 'new']);
  });

  it('not into canceled', () => {
    run('ticket.cancel', { id: 'parent', reason: 'unnecessary' });
    expect(states()).toEqual(['canceled', 'new', 'new', 'closed', 'new']);
  });

  it('when an agent reopens it, not when its caller does', () => {
    run('ticket.resolve', { id: 'parent', ...solution });
    desk.user = 'caller';
    run('ticket.reopen', { id: 'parent' });
    expect(states()).toEqual(['in-progress', 'resolved', 'resolved', 'closed', 'new']);
    run('ticket.resolve', { id: 'parent', ...solution });
    desk.user = 'agent';
    run('ticket.reopen', { id: 'parent' });
    expect(states()).toEqual(['in-progress', 'in-progress', 'in-progress', 'closed', 'new']);
  });

  it('when its caller answers (INC-1)', () => {
    run('ticket.hold', { id: 'parent', reason: 'awaiting-caller', comment: 'Since when?' });
    desk.user = 'caller';
    run('ticket.comment', { id: 'parent', audience: 'comment', body: 'Monday' });
    expect(states()).toEqual(['in-progress', 'in-progress', 'in-progress', 'closed', 'new']);
  });

  it('INC-9: visits each record once even when two devices made a cycle', () => {
    desk.put('ticket', 'parent', { ...desk.values('parent'), parent: 'grandchild' });
    const decided = desk.run('ticket.resolve', { id: 'parent', ...solution });
    expect(decided.ok && decided.value.map((change) => change.id)).toEqual(['parent', 'child', 'grandchild']);
  });
});
