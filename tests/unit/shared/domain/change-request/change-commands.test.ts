import { beforeEach, describe, expect, it } from 'vitest';
import { defaultApprovalSteps } from '../../../../../shared/domain/approval/default-approval-steps.ts';
import { standingIn } from '../../../../../shared/domain/change-request/change-phase.ts';
import { changeStatesByAdvance } from '../../../../../shared/domain/change-request/change-words.ts';
import { reviewOrderId } from '../../../../../shared/domain/change-request/work-order.ts';
import { refuseWrite } from '../../../../../shared/domain/permit-write.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
const hour = 3_600_000;
const plan = { implementationPlan: 'Swap it', backoutPlan: 'Swap it back', plannedStart: hour, plannedEnd: 2 * hour };

beforeEach(() => {
  desk = createMemoryDesk();
  desk.user = 'requester';
  for (const id of ['requester', 'peer', 'manager', 'cab1', 'cab2', 'cab3', 'deputy'])
    desk.put('person', id, { name: id });
  for (const id of ['db', 'app']) desk.put('asset', id, { name: id });
  desk.put('queue', 'q', { name: 'Databases', 'members/peer': true, 'members/requester': true });
  for (const { entity, id, fields } of defaultApprovalSteps()) desk.put(entity, id, fields);
  name('approval-manager', ['manager']);
  name('approval-cab', ['cab1', 'cab2', 'cab3']);
  name('approval-ecab', ['cab1']);
});

function name(id: string, people: readonly string[]): void {
  run('record.edit', { entity: 'approval-step', id, fields: { people } });
}
function run(command: string, input: unknown): void {
  expect(desk.run(command, input)).toMatchObject({ ok: true });
}
function refusal(command: string, input: unknown): string {
  const decided = desk.run(command, input);
  return decided.ok ? 'done' : decided.failure.kind;
}
function phase(id = 'c'): string | undefined {
  const row = desk.rows.get(id);
  return row && standingIn(desk.rows, row).phase;
}
function decide(user: string, answer = 'approved', more = {}): string {
  const before = desk.user;
  desk.user = user;
  desk.now += 1_000;
  const told = refusal('change.decide', { id: 'c', answer, comment: 'because', ...more });
  desk.user = before;
  return told;
}
function create(fields = {}): void {
  run('change.create', { id: 'c', fields: { title: 'New disk', queue: 'q', asset: 'db', ...plan, ...fields } });
}

describe('a normal change', () => {
  beforeEach(() => create());

  it('CHG-5: is approved by a peer in Assess, then by the change manager and the board in Authorize', () => {
    expect(desk.values('c')['reference']).toMatch(/^CHG-/);
    run('change.submit', { id: 'c' });
    expect(phase()).toBe('assess');
    expect(decide('cab1')).toBe('not-asked');
    // Who planned it is not their own peer while there is another.
    expect(decide('requester')).toBe('not-asked');
    expect(decide('peer')).toBe('done');
    expect(phase()).toBe('authorize');
    expect(decide('cab1')).toBe('not-asked');
    expect(decide('manager')).toBe('done');
    expect(decide('cab1')).toBe('done');
    expect(decide('cab1')).toBe('not-asked');
    expect(phase()).toBe('authorize');
    expect(decide('cab3')).toBe('done');
    expect(phase()).toBe('scheduled');
    run('change.implement', { id: 'c' });
    expect(desk.values('c')).toMatchObject({ state: 'implement', actualStart: desk.now });
  });

  it('CHG-5: is not submitted while nobody is named for a step', () => {
    name('approval-cab', []);
    expect(refusal('change.submit', { id: 'c' })).toBe('approvers-missing');
  });

  it('is submitted with plans and a window only', () => {
    run('change.edit', { id: 'c', fields: { backoutPlan: null } });
    expect(refusal('change.submit', { id: 'c' })).toBe('plan-required');
    run('change.edit', { id: 'c', fields: { backoutPlan: 'x', plannedEnd: null } });
    expect(refusal('change.submit', { id: 'c' })).toBe('bad-window');
    expect(refusal('change.edit', { id: 'c', fields: { plannedEnd: hour } })).toBe('bad-window');
  });

  it('CHG-2: returns to New when rejected, and asks everybody again', () => {
    run('change.submit', { id: 'c' });
    expect(decide('peer', 'rejected', { comment: ' ' })).toBe('comment-required');
    expect(decide('peer', 'rejected')).toBe('done');
    expect(phase()).toBe('new');
    // Nobody edits a rejection away: the change must be submitted again.
    run('change.edit', { id: 'c', fields: { backoutPlan: 'A better one' } });
    expect(phase()).toBe('new');
    run('change.submit', { id: 'c' });
    expect(phase()).toBe('assess');
    expect(decide('peer')).toBe('done');
    expect(phase()).toBe('authorize');
    expect(refusal('change.revert', { id: 'c' })).toBe('no-such-change-move');
  });

  it('CHG-2: reverting cancels what was asked', () => {
    run('change.submit', { id: 'c' });
    run('change.revert', { id: 'c' });
    expect(phase()).toBe('new');
    run('change.submit', { id: 'c' });
    expect(desk.values('c')['round']).toBe(2);
  });

  it('APR-1: approvals become stale when plan or items change, and hold again for the plan they were given for', () => {
    run('change.submit', { id: 'c' });
    for (const person of ['peer', 'manager', 'cab1', 'cab2']) expect(decide(person)).toBe('done');
    expect(phase()).toBe('scheduled');
    run('change.edit', { id: 'c', fields: { title: 'Another title', description: 'More words' } });
    expect(phase()).toBe('scheduled');
    run('change.edit', { id: 'c', fields: { plannedEnd: 3 * hour } });
    expect(phase()).toBe('assess');
    expect(refusal('change.implement', { id: 'c' })).toBe('no-such-change-move');
    run('change.edit', { id: 'c', fields: { plannedEnd: 2 * hour } });
    expect(phase()).toBe('scheduled');
  });

  it('D6: two devices that each hold half of a vote have it whole after the merge', () => {
    run('change.submit', { id: 'c' });
    for (const person of ['peer', 'manager']) decide(person);
    const before = new Map(desk.rows);
    expect(decide('cab1')).toBe('done');
    const here = [...desk.rows].filter(([id]) => !before.has(id));
    // The other device has not seen it.
    const other = createMemoryDesk();
    for (const [id, row] of before) other.put(row.entity, id, row.values);
    other.user = 'cab2';
    other.now = desk.now;
    expect(other.run('change.decide', { id: 'c', answer: 'approved' })).toMatchObject({ ok: true });
    const otherRow = other.rows.get('c');
    expect(otherRow && standingIn(other.rows, otherRow).phase).toBe('authorize');
    for (const [id, row] of here) other.put(row.entity, `${id}-here`, row.values);
    expect(otherRow && standingIn(other.rows, otherRow).phase).toBe('scheduled');
  });

  it('lets somebody decide for another only by that person’s delegation', () => {
    run('change.submit', { id: 'c' });
    expect(decide('deputy', 'approved', { onBehalfOf: 'peer' })).toBe('delegation-missing');
    desk.put('delegation', 'd', { from: 'peer', to: 'deputy', active: true });
    expect(decide('deputy', 'approved', { onBehalfOf: 'peer' })).toBe('done');
    expect(phase()).toBe('authorize');
  });

  it('CHG-1: is canceled with a reason before Review, never after; not by a merge either', () => {
    expect(refusal('change.cancel', { id: 'c' })).toBe('required-field');
    desk.put('change', 'c', { ...desk.values('c'), state: 'review' });
    expect(refusal('change.cancel', { id: 'c', reason: 'x' })).toBe('change-done');
    desk.put('change', 'c', { ...desk.values('c'), state: 'closed' });
    expect(refusal('change.cancel', { id: 'c', reason: 'x' })).toBe('change-finished');
    desk.put('change', 'c', { ...desk.values('c'), state: 'implement' });
    run('change.cancel', { id: 'c', reason: 'The vendor withdrew it' });
    expect(phase()).toBe('canceled');
    expect(changeStatesByAdvance.indexOf('canceled')).toBeLessThan(changeStatesByAdvance.indexOf('review'));
    expect(changeStatesByAdvance.indexOf('canceled')).toBeGreaterThan(changeStatesByAdvance.indexOf('implement'));
  });

  it('CHG-3: the type changes in New only, and never to standard', () => {
    expect(refusal('change.edit', { id: 'c', fields: { type: 'standard' } })).toBe('type-fixed');
    run('change.edit', { id: 'c', fields: { type: 'emergency' } });
    run('change.edit', { id: 'c', fields: { type: 'normal' } });
    run('change.submit', { id: 'c' });
    expect(refusal('change.edit', { id: 'c', fields: { type: 'emergency' } })).toBe('type-fixed');
  });

  it('CHG-4: configuration items change in New only, unless the organisation allows it', () => {
    run('change.edit', { id: 'c', fields: { assets: ['app'] } });
    run('change.submit', { id: 'c' });
    expect(refusal('change.edit', { id: 'c', fields: { assets: [] } })).toBe('items-fixed');
    expect(refusal('change.edit', { id: 'c', fields: { asset: 'app' } })).toBe('items-fixed');
    const lenient = createMemoryDesk({ 'change.allow-item-changes': true });
    for (const [id, row] of desk.rows) lenient.put(row.entity, id, row.values);
    expect(lenient.run('change.edit', { id: 'c', fields: { assets: [] } })).toMatchObject({ ok: true });
  });
});

describe('work orders and closing', () => {
  beforeEach(() => {
    create();
    desk.put('change', 'c', { ...desk.values('c'), state: 'implement' });
    run('record.create', {
      entity: 'work-order',
      id: 'w',
      fields: { change: 'c', type: 'implement', title: 'Swap the disk' },
    });
  });

  it('finishes when the work is done; its orders stamp when it was', () => {
    expect(refusal('change.finish', { id: 'c' })).toBe('work-orders-open');
    run('work-order.move', { id: 'w', state: 'in-progress' });
    const began = desk.now;
    run('work-order.move', { id: 'w', state: 'closed', report: 'Swapped' });
    expect(desk.values('w')).toMatchObject({ actualStart: began, actualEnd: began + 1_000, report: 'Swapped' });
    expect(refusal('work-order.move', { id: 'w', state: 'open' })).toBe('no-such-work-order-move');
    run('change.finish', { id: 'c' });
    expect(refusal('change.close', { id: 'c' })).toBe('closure-required');
    run('change.close', { id: 'c', code: 'successful' });
    expect(desk.values('c')).toMatchObject({ state: 'closed', closureCode: 'successful' });
    expect(refusal('change.edit', { id: 'c', fields: { title: 'x' } })).toBe('change-finished');
  });

  it('what failed is closed after its post-implementation review', () => {
    run('work-order.move', { id: 'w', state: 'canceled' });
    run('change.finish', { id: 'c' });
    expect(refusal('change.close', { id: 'c', code: 'backed-out' })).toBe('closure-required');
    const close = { id: 'c', code: 'backed-out', notes: 'The disk was broken, too' };
    expect(refusal('change.close', close)).toBe('review-required');
    run('change.add-review', { id: 'c' });
    expect(refusal('change.add-review', { id: 'c' })).toBe('nothing-to-change');
    expect(refusal('change.close', close)).toBe('review-open');
    run('work-order.move', { id: reviewOrderId('c'), state: 'closed' });
    run('change.close', close);
  });
});

it('CHG-6: an unauthorised change skips Scheduled and Implement and always gets a review', () => {
  create({ type: 'emergency', unauthorized: true, implementationPlan: null, backoutPlan: null });
  run('change.submit', { id: 'c' });
  expect(desk.values(reviewOrderId('c'))).toMatchObject({ type: 'review', change: 'c' });
  expect(phase()).toBe('authorize');
  expect(decide('cab1')).toBe('done');
  expect(phase()).toBe('review');
  expect(refusal('change.close', { id: 'c', code: 'successful' })).toBe('review-open');
});

describe('a standard change', () => {
  beforeEach(() => {
    desk.put('change-template', 't', {
      name: 'Reboot',
      implementationPlan: 'Reboot it',
      backoutPlan: 'None',
      active: true,
    });
  });

  it('comes from a template, is scheduled without approval, and keeps the plan that was authorised', () => {
    expect(refusal('change.create', { fields: { title: 'x', type: 'standard' } })).toBe('template-required');
    run('change.create', { id: 'c', template: 't', fields: { plannedStart: hour, plannedEnd: 2 * hour } });
    expect(desk.values('c')).toMatchObject({ type: 'standard', title: 'Reboot', implementationPlan: 'Reboot it' });
    expect(refusal('change.edit', { id: 'c', fields: { implementationPlan: 'Other' } })).toBe('plan-of-template');
    run('change.submit', { id: 'c' });
    expect(phase()).toBe('scheduled');
  });

  it('CHG-3: may become normal, and then be planned otherwise', () => {
    run('change.create', { id: 'c', template: 't', fields: {} });
    run('change.edit', { id: 'c', fields: { type: 'normal', implementationPlan: 'Other' } });
    expect(desk.values('c')).toMatchObject({ type: 'normal', implementationPlan: 'Other' });
  });
});

it('INC-8: a change made from an incident takes over what it is about, and the incident names it', () => {
  desk.put('ticket', 'i', { type: 'incident', title: 'Disk full', description: 'Again', asset: 'db', priority: '2' });
  run('change.create', { id: 'c', ticket: 'i', fields: {} });
  expect(desk.values('c')).toMatchObject({ title: 'Disk full', description: 'Again', asset: 'db', priority: '2' });
  expect(desk.values('i')['change']).toBe('c');
});

it('APR-1: nobody writes an approval in the name of another', () => {
  const fields = {
    change: 'c',
    round: 1,
    step: 's',
    approver: 'cab1',
    decidedBy: 'cab1',
    answer: 'approved',
    digest: 'd',
    decidedAt: 1,
  };
  const write = { entity: 'approval', id: 'a', fields, before: undefined, ticket: undefined, hasParents: false };
  const as = (person: string) => refuseWrite({ person, roles: ['manager'], queues: [] }, write);
  expect(as('cab1')).toBeNull();
  expect(as('cab2')).toMatchObject({ code: 'not-permitted', field: 'decidedBy' });
});
