import { beforeEach, describe, expect, it } from 'vitest';
import { autoCloseAt } from '../../../../../shared/domain/ticket/auto-close.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;

beforeEach(() => {
  desk = createMemoryDesk();
  desk.put('person', 'agent', { name: 'Agent', agent: true });
  desk.put('person', 'caller', { name: 'Caller' });
  desk.put('queue', 'desk', { name: 'Service desk' });
});

function create(id: string, fields: Record<string, unknown> = {}): void {
  const created = desk.run('ticket.create', {
    id,
    fields: { title: 'Printer jams', caller: 'caller', queue: 'desk', ...fields },
  });
  expect(created).toMatchObject({ ok: true });
}
function run(name: string, input: unknown): void {
  expect(desk.run(name, input)).toMatchObject({ ok: true });
}
function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}
const solution = { code: 'solved-permanently', notes: 'Replaced the roller' };

describe('moves', () => {
  it('start needs a queue or an assignee', () => {
    create('t', { queue: null });
    expect(refusal('ticket.start', { id: 't' })).toMatchObject({ kind: 'queue-or-assignee-required', field: 'queue' });
    run('ticket.assign', { id: 't', assignee: 'agent' });
    run('ticket.start', { id: 't' });
    expect(desk.values('t')['state']).toBe('in-progress');
  });

  it('start clears a reason to hold that a merge left behind', () => {
    desk.put('ticket', 't', {
      title: 'x',
      type: 'incident',
      state: 'new',
      queue: 'desk',
      onHoldReason: 'awaiting-vendor',
    });
    run('ticket.start', { id: 't' });
    expect(desk.values('t')).toMatchObject({ state: 'in-progress', onHoldReason: null });
  });

  it('hold needs a reason, and for the caller a public comment in the same operation', () => {
    create('t');
    expect(refusal('ticket.hold', { id: 't' })).toMatchObject({ kind: 'hold-reason-required', field: 'reason' });
    expect(refusal('ticket.hold', { id: 't', reason: 'lunch' })).toMatchObject({ kind: 'bad-choice', field: 'reason' });
    expect(refusal('ticket.hold', { id: 't', reason: 'awaiting-caller', comment: ' ' })).toMatchObject({
      kind: 'comment-to-caller-required',
    });
    expect(refusal('ticket.hold', { id: 't', reason: 'awaiting-caller', workNote: 'asked' })).toMatchObject({
      kind: 'comment-to-caller-required',
    });
    run('ticket.hold', { id: 't', reason: 'awaiting-caller', comment: 'Which floor?' });
    expect(desk.values('t')).toMatchObject({ state: 'on-hold', onHoldReason: 'awaiting-caller' });
    expect(desk.entries('t')).toEqual([
      { ticket: 't', audience: 'comment', body: 'Which floor?', author: 'agent', writtenAt: desk.now },
    ]);
    run('ticket.hold', { id: 't', reason: 'awaiting-vendor' });
    expect(desk.values('t')).toMatchObject({ state: 'on-hold', onHoldReason: 'awaiting-vendor' });
    run('ticket.resume', { id: 't' });
    expect(desk.values('t')).toMatchObject({ state: 'in-progress', onHoldReason: null });
  });

  it('REQ-2: awaiting approval is for requests, awaiting a problem for incidents', () => {
    create('i');
    create('r', { type: 'request' });
    expect(refusal('ticket.hold', { id: 'i', reason: 'awaiting-approval' })).toMatchObject({
      kind: 'choice-of-another-type',
      values: { type: 'incident' },
    });
    expect(refusal('ticket.hold', { id: 'r', reason: 'awaiting-problem' })).toMatchObject({
      kind: 'choice-of-another-type',
      values: { type: 'request' },
    });
    run('ticket.hold', { id: 'r', reason: 'awaiting-approval' });
    run('ticket.cancel', { id: 'r', reason: 'rejected' });
    expect(refusal('ticket.cancel', { id: 'i', reason: 'rejected' })).toMatchObject({ kind: 'choice-of-another-type' });
  });

  it('resolve needs code and notes, stamps who and when, and ends a hold', () => {
    create('t');
    run('ticket.hold', { id: 't', reason: 'awaiting-vendor' });
    expect(refusal('ticket.resolve', { id: 't', notes: 'x' })).toMatchObject({
      kind: 'resolution-required',
      field: 'code',
    });
    expect(refusal('ticket.resolve', { id: 't', code: 'other', notes: '\n' })).toMatchObject({
      kind: 'resolution-required',
      field: 'notes',
    });
    expect(refusal('ticket.resolve', { id: 't', code: 'fulfilled', notes: 'x' })).toMatchObject({
      kind: 'choice-of-another-type',
    });
    run('ticket.resolve', { id: 't', ...solution, workNote: 'Spare part 12' });
    expect(desk.values('t')).toMatchObject({
      state: 'resolved',
      onHoldReason: null,
      resolutionCode: solution.code,
      resolutionNotes: solution.notes,
      resolvedBy: 'agent',
      resolvedAt: desk.now,
    });
    expect(desk.entries('t')).toMatchObject([{ audience: 'work-note', body: 'Spare part 12' }]);
  });

  it('reopen counts, says who and when, and keeps the notes', () => {
    create('t');
    run('ticket.resolve', { id: 't', ...solution });
    desk.now += 60_000;
    run('ticket.reopen', { id: 't', comment: 'It jams again' });
    expect(desk.values('t')).toMatchObject({
      state: 'in-progress',
      reopenCount: 1,
      lastReopenedBy: 'agent',
      lastReopenedAt: desk.now,
      resolvedAt: null,
      resolvedBy: null,
      resolutionCode: null,
      resolutionNotes: solution.notes,
    });
    run('ticket.resolve', { id: 't', ...solution });
    run('ticket.reopen', { id: 't' });
    expect(desk.values('t')['reopenCount']).toBe(2);
  });

  it('close follows resolved only, and is final', () => {
    create('t');
    expect(refusal('ticket.close', { id: 't' })).toMatchObject({
      kind: 'no-such-move',
      values: { from: 'new', to: 'closed' },
    });
    run('ticket.resolve', { id: 't', ...solution });
    run('ticket.close', { id: 't' });
    expect(desk.values('t')).toMatchObject({ state: 'closed', closedAt: desk.now });
    expect(refusal('ticket.reopen', { id: 't' })).toMatchObject({
      kind: 'ticket-finished',
      values: { state: 'closed' },
    });
  });

  it('cancel as duplicate names the other ticket, links both and comments', () => {
    create('t');
    create('other');
    const label = desk.values('other')['reference'];
    expect(refusal('ticket.cancel', { id: 't' })).toMatchObject({ kind: 'cancel-reason-required' });
    expect(refusal('ticket.cancel', { id: 't', reason: 'duplicate' })).toMatchObject({
      kind: 'other-ticket-required',
      field: 'duplicateOf',
    });
    expect(refusal('ticket.cancel', { id: 't', reason: 'duplicate', duplicateOf: 't' })).toMatchObject({
      kind: 'link-to-itself',
    });
    expect(refusal('ticket.cancel', { id: 't', reason: 'duplicate', duplicateOf: 'nowhere' })).toMatchObject({
      kind: 'record-missing',
      field: 'duplicateOf',
    });
    run('ticket.cancel', { id: 't', reason: 'duplicate', duplicateOf: 'other', comment: 'Already known' });
    expect(desk.values('t')).toMatchObject({
      state: 'canceled',
      cancelReason: 'duplicate',
      closedAt: desk.now,
      'links/other': true,
    });
    expect(desk.values('other')).toMatchObject({ state: 'new', 'links/t': true });
    expect(desk.entries('t')).toMatchObject([{ audience: 'comment', body: `Already known\n\n${String(label)}` }]);
  });

  it('change-state finds the move: the same guards decide', () => {
    create('t', { queue: null });
    expect(refusal('ticket.change-state', { id: 't', state: 'in-progress' })).toMatchObject({
      kind: 'queue-or-assignee-required',
    });
    expect(refusal('ticket.change-state', { id: 't', state: 'closed' })).toMatchObject({ kind: 'no-such-move' });
    expect(refusal('ticket.change-state', { id: 't', state: 'new' })).toMatchObject({ kind: 'nothing-to-change' });
    run('ticket.change-state', { id: 't', state: 'on-hold', reason: 'awaiting-vendor' });
    run('ticket.change-state', { id: 't', state: 'in-progress' });
    run('ticket.change-state', { id: 't', state: 'resolved', ...solution });
    run('ticket.change-state', { id: 't', state: 'in-progress' });
    expect(desk.values('t')).toMatchObject({ state: 'in-progress', reopenCount: 1 });
    run('ticket.change-state', { id: 't', state: 'canceled', reason: 'unnecessary' });
    expect(refusal('ticket.change-state', { id: 't', state: 'new' })).toMatchObject({ kind: 'ticket-finished' });
  });

  it('does nothing to a ticket in a state of a newer version', () => {
    desk.put('ticket', 't', { title: 'x', type: 'incident', state: 'under-review' });
    expect(refusal('ticket.resolve', { id: 't', ...solution })).toMatchObject({
      kind: 'no-such-move',
      values: { from: 'under-review' },
    });
  });
});

describe('ticket.comment', () => {
  it("INC-1: the caller's public comment resumes a ticket that waits for the caller", () => {
    create('t');
    run('ticket.hold', { id: 't', reason: 'awaiting-caller', comment: 'Which floor?' });
    run('ticket.comment', { id: 't', audience: 'comment', body: 'Reminder' });
    expect(desk.values('t')['state']).toBe('on-hold');
    desk.user = 'caller';
    run('ticket.comment', { id: 't', audience: 'work-note', body: 'not public' });
    expect(desk.values('t')['state']).toBe('on-hold');
    run('ticket.comment', { id: 't', audience: 'comment', body: 'The third' });
    expect(desk.values('t')).toMatchObject({ state: 'in-progress', onHoldReason: null });
    expect(desk.entries('t').at(-1)).toMatchObject({ body: 'The third', author: 'caller' });
  });

  it('INC-1: leaves other reasons to hold alone', () => {
    create('t');
    run('ticket.hold', { id: 't', reason: 'awaiting-vendor' });
    desk.user = 'caller';
    run('ticket.comment', { id: 't', audience: 'comment', body: 'Any news?' });
    expect(desk.values('t')['state']).toBe('on-hold');
  });

  it('is possible on closed tickets, and needs text within the limit', () => {
    create('t');
    run('ticket.cancel', { id: 't', reason: 'unnecessary' });
    run('ticket.comment', { id: 't', audience: 'comment', body: 'Thanks' });
    expect(refusal('ticket.comment', { id: 't', audience: 'comment', body: ' \n' })).toMatchObject({
      kind: 'required-field',
      field: 'body',
    });
    expect(refusal('ticket.comment', { id: 't', audience: 'comment', body: 'x'.repeat(32_001) })).toMatchObject({
      kind: 'text-too-long',
      field: 'body',
      values: { max: 32_000, actual: 32_001 },
    });
    expect(refusal('ticket.comment', { id: 't', audience: 'everybody', body: 'x' })).toMatchObject({
      kind: 'bad-choice',
      field: 'audience',
    });
  });
});

describe('closing by itself', () => {
  const day = 86_400_000;
  it('INC-2: counts from the resolution, and 0 days switch it off', () => {
    const resolved = { state: 'resolved', resolvedAt: 5 * day };
    expect(autoCloseAt(resolved, 7)).toBe(12 * day);
    expect(autoCloseAt(resolved, 0)).toBeNull();
    expect(autoCloseAt(resolved, undefined)).toBeNull();
    expect(autoCloseAt({ ...resolved, state: 'in-progress' }, 7)).toBeNull();
  });

  it('INC-3: never closes a major incident', () => {
    expect(autoCloseAt({ state: 'resolved', resolvedAt: 0, major: true }, 7)).toBeNull();
  });
});
