import { beforeEach, describe, expect, it } from 'vitest';
import { nextUpdateAt, standingOf } from '../../../../../shared/domain/major-incident/communication-plan.ts';
import { majorIdOf } from '../../../../../shared/domain/major-incident/major-incident.ts';
import { readTriggers, triggersOf, usualTriggers } from '../../../../../shared/domain/major-incident/trigger-rules.ts';
import { may } from '../../../../../shared/domain/permissions.ts';
import { autoCloseAt } from '../../../../../shared/domain/ticket/auto-close.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
const id = majorIdOf('i');

function ok(name: string, input: unknown): void {
  const decided = desk.run(name, input);
  if (!decided.ok) throw new Error(`${name}: ${JSON.stringify(decided.failure)}`);
}

function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}

const propose = () =>
  ok('major-incident.propose', { ticket: 'i', reason: 'All tills stand', businessImpact: 'No sales' });

beforeEach(() => {
  desk = createMemoryDesk();
  ok('record.create', { entity: 'queue', id: 'q', fields: { name: 'Network' } });
  ok('ticket.create', { id: 'i', fields: { title: 'Tills are down', queue: 'q', impact: '1', urgency: '1' } });
});

describe('a candidate', () => {
  it('is proposed with reason and business impact, by an active incident without a parent', () => {
    expect(refusal('major-incident.propose', { ticket: 'i', reason: ' ', businessImpact: 'x' })).toMatchObject({
      field: 'reason',
    });
    propose();
    expect(desk.values(id)).toMatchObject({ state: 'candidate', ticket: 'i', proposedBy: 'agent' });
    expect(desk.values('i')['major']).toBeUndefined();
    ok('ticket.create', { id: 'child', fields: { title: 'Till 4', parent: 'i' } });
    expect(refusal('major-incident.propose', { ticket: 'child', reason: 'x', businessImpact: 'y' })).toMatchObject({
      kind: 'not-a-candidate',
    });
  });

  it('is one, also when two desks propose it', () => {
    propose();
    expect(refusal('major-incident.propose', { ticket: 'i', reason: 'again', businessImpact: 'z' })).toMatchObject({
      kind: 'nothing-to-change',
    });
  });

  it('is rejected with a reason, and may be proposed anew', () => {
    propose();
    expect(refusal('major-incident.reject', { id, decision: '' })).toMatchObject({ field: 'decision' });
    ok('major-incident.reject', { id, decision: 'One till only' });
    expect(refusal('major-incident.accept', { id })).toMatchObject({ kind: 'not-a-candidate' });
    propose();
    expect(desk.values(id)).toMatchObject({ state: 'candidate', decision: null });
  });
});

describe('acceptance', () => {
  it('INC-3: promotes the incident, which then never closes by itself and not by its caller', () => {
    propose();
    ok('major-incident.accept', { id });
    expect(desk.values(id)).toMatchObject({ state: 'accepted', phase: 'identification', lead: 'i', updateMinutes: 30 });
    expect(desk.values('i')['major']).toBe(true);
    ok('major-incident.resolve', { id, lead: 'i', code: 'other', notes: 'done' });
    expect(autoCloseAt(desk.values('i'), 5)).toBeNull();
    const caller = { person: 'c', roles: ['requester'], queues: [] } as const;
    for (const verb of ['resolve', 'reopen', 'close'] as const)
      expect(may(caller, verb, { entity: 'ticket', values: { ...desk.values('i'), caller: 'c' } })).toBe(false);
  });

  it('INC-8: or makes a new parent that takes over what the candidate says', () => {
    propose();
    ok('major-incident.accept', { id, as: 'new-parent' });
    const lead = String(desk.values(id)['lead']);
    expect(lead).not.toBe('i');
    expect(desk.values(lead)).toMatchObject({ title: 'Tills are down', impact: '1', major: true, queue: 'q' });
    expect(desk.values('i')).toMatchObject({ parent: lead });
    expect(desk.values('i')['major']).toBeUndefined();
  });

  it('does what the space has chosen', () => {
    const other = createMemoryDesk({ 'major-incident.acceptance': 'new-parent' });
    desk = other;
    ok('ticket.create', { id: 'i', fields: { title: 'x' } });
    propose();
    ok('major-incident.accept', { id });
    expect(desk.values('i')['parent']).toBe(desk.values(id)['lead']);
  });
});

describe('a running major incident', () => {
  beforeEach(() => {
    propose();
    ok('major-incident.accept', { id });
    ok('ticket.create', { id: 'child', fields: { title: 'Till 4', queue: 'q', parent: 'i' } });
  });

  it('logs each update, and replies to all callers where it is for them', () => {
    ok('major-incident.update', { id, lead: 'i', audience: 'technical', body: 'Looking at the switch' });
    expect(desk.entries('i')).toEqual([]);
    ok('major-incident.update', { id, lead: 'i', audience: 'callers', body: 'We are on it' });
    expect([desk.entries('i').length, desk.entries('child').length]).toEqual([1, 1]);
    const updates = [...desk.rows.values()].filter(({ entity }) => entity === 'major-update');
    expect(updates.map(({ values }) => values['audience'])).toEqual(['technical', 'callers']);
    expect(refusal('major-incident.update', { id, lead: 'child', audience: 'callers', body: 'x' })).toMatchObject({
      kind: 'not-a-major-incident',
    });
  });

  it('INC-4: is resolved with all its children, whose callers hear of it, and goes into review', () => {
    ok('major-incident.resolve', {
      id,
      lead: 'i',
      code: 'solved-permanently',
      notes: 'New switch',
      comment: 'It works',
    });
    expect([desk.values('i')['state'], desk.values('child')['state']]).toEqual(['resolved', 'resolved']);
    expect(desk.entries('child')).toMatchObject([{ audience: 'comment', body: 'It works' }]);
    expect(desk.values(id)['phase']).toBe('review');
  });

  it('ends when what happened and the cause are written', () => {
    expect(refusal('major-incident.end', { id })).toMatchObject({ kind: 'review-incomplete', field: 'whatHappened' });
    ok('record.edit', { entity: 'major-incident', id, fields: { whatHappened: 'Tills stood', cause: 'Switch' } });
    ok('major-incident.end', { id });
    expect(desk.values(id)).toMatchObject({ state: 'ended', endedAt: desk.now });
  });

  it('keeps state and phase out of plain edits', () => {
    expect(refusal('record.edit', { entity: 'major-incident', id, fields: { state: 'ended' } })).toMatchObject({
      kind: 'stamped-field',
    });
  });
});

describe('the communication plan', () => {
  const values = { state: 'accepted', phase: 'communication', updateMinutes: 30, decidedAt: 1_000_000 };
  const minute = 60_000;

  it('is due after the acceptance, then after each update; by the clock alone', () => {
    expect(nextUpdateAt(values, null)).toBe(1_000_000 + 30 * minute);
    expect(nextUpdateAt(values, 5_000_000)).toBe(5_000_000 + 30 * minute);
    const next = 10_000_000;
    expect([next - 6 * minute, next - 5 * minute, next, next + 1].map((now) => standingOf(next, now))).toEqual([
      'planned',
      'due',
      'due',
      'overdue',
    ]);
  });

  it('waits for nothing before acceptance, in review, after the end, or without a plan', () => {
    for (const more of [{ state: 'candidate' }, { phase: 'review' }, { state: 'ended' }, { updateMinutes: 0 }])
      expect(nextUpdateAt({ ...values, ...more }, 5_000_000)).toBeNull();
  });
});

describe('trigger rules', () => {
  const incident = { type: 'incident', state: 'new', priority: '1', urgency: '1' };
  const facts = { criticality: 'high', children: 7 };

  it('name the reasons, by priority, criticality of the service, and children', () => {
    expect(triggersOf(incident, facts, usualTriggers)).toEqual(['priority', 'criticality', 'children']);
    expect(
      triggersOf({ ...incident, priority: '3', urgency: '3' }, { criticality: 'high', children: 1 }, usualTriggers),
    ).toEqual([]);
    expect(triggersOf(incident, facts, { priorities: [], criticalities: [], children: 0 })).toEqual([]);
  });

  it('look at active incidents without a parent only, which are no major ones yet', () => {
    for (const more of [
      { parent: 'p' },
      { state: 'resolved' },
      { state: 'closed' },
      { type: 'request' },
      { major: true },
    ])
      expect(triggersOf({ ...incident, ...more }, facts, usualTriggers)).toEqual([]);
  });

  it('are a setting; one that does not fit leaves the usual ones', () => {
    const rules = { priorities: ['2'], criticalities: [], children: 3 };
    expect(desk.run('setting.set', { name: 'major-incident.triggers', value: rules })).toMatchObject({ ok: true });
    expect(desk.run('setting.set', { name: 'major-incident.triggers', value: { priorities: ['9'] } }).ok).toBe(false);
    expect(readTriggers(rules)).toEqual(rules);
    expect(readTriggers('nonsense')).toEqual(usualTriggers);
  });
});
