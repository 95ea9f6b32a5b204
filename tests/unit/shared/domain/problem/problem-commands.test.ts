import { beforeEach, describe, expect, it } from 'vitest';
import { allowedProblemMoves, problemMachine } from '../../../../../shared/domain/problem/problem-lifecycle.ts';
import { problemMoves, problemStates } from '../../../../../shared/domain/problem/problem-words.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;

function ok(name: string, input: unknown): void {
  const decided = desk.run(name, input);
  if (!decided.ok) throw new Error(`${name}: ${JSON.stringify(decided.failure)}`);
}

function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}

function incident(id: string, more: Readonly<Record<string, unknown>> = {}): void {
  ok('ticket.create', { id, fields: { title: `incident ${id}`, queue: 'q', ...more } });
}

/** An incident on hold that awaits the problem. */
function waiting(id: string): void {
  incident(id);
  ok('problem.link', { id: 'p', incidents: [id] });
  ok('ticket.hold', { id, reason: 'awaiting-problem' });
}

beforeEach(() => {
  desk = createMemoryDesk();
  ok('record.create', { entity: 'queue', id: 'q', fields: { name: 'Network' } });
  ok('record.create', { entity: 'asset', id: 'sw', fields: { name: 'SW-1', supportQueue: 'q' } });
  ok('problem.create', { id: 'p', fields: { title: 'Switch restarts' } });
});

describe('a problem', () => {
  it('INC-8: made from an incident takes over what the incident says, and is linked with it', () => {
    incident('i', { description: 'It blinks.', asset: 'sw', impact: '1', urgency: '2', category: 'Network' });
    ok('problem.create', { id: 'p2', fields: {}, incidents: ['i'] });
    expect(desk.values('p2')).toMatchObject({
      title: 'incident i',
      description: 'It blinks.',
      asset: 'sw',
      impact: '1',
      urgency: '2',
      priority: '2',
      category: 'Network',
      origin: 'i',
      queue: 'q',
      state: 'new',
    });
    expect(desk.values('p2')['reference']).toMatch(/^PRB-/);
    expect(desk.values('i')['problem']).toBe('p2');
  });

  it('leaves incidents of another problem with it', () => {
    incident('i');
    incident('j');
    ok('problem.link', { id: 'p', incidents: ['i'] });
    ok('problem.create', { id: 'p2', fields: { title: 'all' }, incidents: ['i', 'j'] });
    expect([desk.values('i')['problem'], desk.values('j')['problem']]).toEqual(['p', 'p2']);
  });

  it('walks from new to closed, with its texts where they are needed', () => {
    ok('problem.assess', { id: 'p' });
    ok('problem.confirm', { id: 'p' });
    expect(refusal('problem.fix', { id: 'p' })).toMatchObject({ kind: 'problem-text-required', field: 'cause' });
    ok('problem.fix', { id: 'p', text: 'Bad power supply' });
    expect(refusal('problem.resolve', { id: 'p' })).toMatchObject({ field: 'fixNotes' });
    ok('problem.edit', { id: 'p', fields: { fixNotes: 'Replaced it' } });
    ok('problem.resolve', { id: 'p' });
    expect(desk.values('p')).toMatchObject({
      state: 'resolved',
      resolutionCode: 'fix-applied',
      cause: 'Bad power supply',
      confirmedBy: 'agent',
      resolvedBy: 'agent',
    });
    ok('problem.complete', { id: 'p' });
    expect(refusal('problem.edit', { id: 'p', fields: { title: 'x' } })).toMatchObject({ kind: 'problem-closed' });
    ok('problem.reanalyze', { id: 'p' });
    expect(desk.values('p')).toMatchObject({ state: 'root-cause-analysis', resolutionCode: null, closedAt: null });
  });

  it('has its machine as data: every state is reached, every move is a command', () => {
    const reached = new Set(['new', ...problemMachine.map(({ to }) => to)]);
    expect([...reached].toSorted()).toEqual([...problemStates].toSorted());
    expect(new Set(problemMachine.map(({ move }) => move))).toEqual(new Set(problemMoves));
    expect(refusal('problem.resolve', { id: 'p' })).toMatchObject({
      kind: 'no-such-problem-move',
      values: { from: 'new', to: 'resolved' },
    });
    expect(allowedProblemMoves({ state: 'of a newer version' })).toEqual([]);
  });

  it('keeps the fields of moves out of edits, clears the assignee with the queue, computes the priority', () => {
    expect(refusal('problem.edit', { id: 'p', fields: { state: 'closed' } })).toMatchObject({
      kind: 'field-of-a-move',
    });
    expect(refusal('problem.edit', { id: 'p', fields: { workaroundBy: 'x' } })).toMatchObject({
      kind: 'stamped-field',
    });
    ok('problem.edit', { id: 'p', fields: { impact: '1', urgency: '1' } });
    expect(desk.values('p')['priority']).toBe('1');
  });

  it('does not take an incident from another problem, and lets go only of its own', () => {
    incident('i');
    ok('problem.link', { id: 'p', incidents: ['i'] });
    ok('problem.create', { id: 'p2', fields: { title: 'other' } });
    expect(refusal('problem.link', { id: 'p2', incidents: ['i'] })).toMatchObject({ kind: 'incident-has-problem' });
    expect(refusal('problem.unlink', { id: 'p2', incidents: ['i'] })).toMatchObject({ kind: 'nothing-to-change' });
    ok('problem.unlink', { id: 'p', incidents: ['i'] });
    expect(desk.values('i')['problem']).toBeNull();
  });
});

describe('PRB-1: a workaround', () => {
  beforeEach(() => {
    incident('i');
    incident('done');
    ok('problem.link', { id: 'p', incidents: ['i', 'done'] });
    ok('ticket.resolve', { id: 'done', code: 'other', notes: 'gone' });
    ok('problem.edit', { id: 'p', fields: { workaround: 'Plug it in again' } });
  });

  it('goes as a work note to every linked open incident, once', () => {
    ok('problem.communicate-workaround', { id: 'p' });
    expect(desk.entries('i')).toMatchObject([{ audience: 'work-note', author: 'agent' }]);
    expect(String(desk.entries('i')[0]?.['body'])).toContain('Plug it in again');
    expect(desk.entries('done')).toEqual([]);
    expect(refusal('problem.communicate-workaround', { id: 'p' })).toMatchObject({ kind: 'nothing-to-change' });
  });

  it('goes to the callers, too, where that is wanted', () => {
    ok('problem.communicate-workaround', { id: 'p' });
    ok('problem.communicate-workaround', { id: 'p', toCaller: true });
    expect(desk.entries('i').map(({ audience }) => audience)).toEqual(['work-note', 'comment']);
  });

  it('is one note whichever device tells it, and whenever', () => {
    const decide = (user: string, now: number): readonly string[] => {
      desk.user = user;
      desk.now = now;
      const before = new Map(desk.rows);
      const decided = desk.run('problem.communicate-workaround', { id: 'p' });
      const notes = decided.ok ? decided.value.filter(({ entity }) => entity === 'ticket-entry') : [];
      for (const id of desk.rows.keys()) if (!before.has(id)) (desk.rows as Map<string, unknown>).delete(id);
      return notes.map((note) => JSON.stringify(note));
    };
    const here = decide('one', desk.now + 1_000);
    expect(here).toHaveLength(1);
    expect(decide('other', desk.now + 5_000)).toEqual(here);
  });

  it('reaches what was linked afterwards, and tells all again when it was rewritten', () => {
    ok('problem.communicate-workaround', { id: 'p' });
    incident('late');
    ok('problem.link', { id: 'p', incidents: ['late'] });
    ok('problem.communicate-workaround', { id: 'p' });
    expect([desk.entries('i').length, desk.entries('late').length]).toEqual([1, 1]);
    ok('problem.edit', { id: 'p', fields: { workaround: 'Use the other switch' } });
    ok('problem.communicate-workaround', { id: 'p' });
    expect([desk.entries('i').length, desk.entries('late').length]).toEqual([2, 2]);
  });

  it('must be written first', () => {
    ok('problem.edit', { id: 'p', fields: { workaround: null } });
    expect(refusal('problem.communicate-workaround', { id: 'p' })).toMatchObject({ kind: 'problem-text-required' });
  });
});

describe('the outcome', () => {
  beforeEach(() => {
    ok('problem.confirm', { id: 'p' });
  });

  it('PRB-2: resolves the incidents that await the problem, with their children, and no others', () => {
    waiting('i');
    incident('child');
    ok('ticket.edit', { id: 'child', fields: { parent: 'i' } });
    incident('busy');
    ok('problem.link', { id: 'p', incidents: ['busy'] });
    ok('ticket.start', { id: 'busy' });
    ok('problem.fix', { id: 'p', text: 'why' });
    ok('problem.resolve', { id: 'p', text: 'Firmware 4.2' });
    expect(desk.values('i')).toMatchObject({
      state: 'resolved',
      resolutionCode: 'solved-by-problem',
      resolutionNotes: 'Firmware 4.2',
      onHoldReason: null,
    });
    expect(desk.values('child')['state']).toBe('resolved');
    expect(desk.values('busy')['state']).toBe('in-progress');
  });

  it('PRB-2: reaches what began to wait elsewhere, and does nothing twice', () => {
    ok('problem.fix', { id: 'p', text: 'why' });
    ok('problem.resolve', { id: 'p', text: 'fixed' });
    expect(refusal('problem.communicate-outcome', { id: 'p' })).toMatchObject({ kind: 'nothing-to-change' });
    waiting('late');
    ok('problem.communicate-outcome', { id: 'p' });
    expect(desk.values('late')['state']).toBe('resolved');
    expect(refusal('problem.communicate-outcome', { id: 'p' })).toMatchObject({ kind: 'nothing-to-change' });
  });

  it('PRB-2: ends where two devices have made a circle of parents', () => {
    waiting('a');
    waiting('b');
    desk.put('ticket', 'a', { ...desk.values('a'), parent: 'b' });
    desk.put('ticket', 'b', { ...desk.values('b'), parent: 'a' });
    ok('problem.fix', { id: 'p', text: 'why' });
    ok('problem.resolve', { id: 'p', text: 'fixed' });
    expect([desk.values('a')['state'], desk.values('b')['state']]).toEqual(['resolved', 'resolved']);
  });

  it('PRB-3: an accepted risk is told to the linked incidents, which stay as they are', () => {
    waiting('i');
    expect(refusal('problem.accept-risk', { id: 'p' })).toMatchObject({ field: 'riskReason' });
    ok('problem.accept-risk', { id: 'p', text: 'Too dear to replace' });
    expect(desk.values('p')).toMatchObject({ state: 'closed', resolutionCode: 'risk-accepted' });
    expect(desk.values('i')['state']).toBe('on-hold');
    expect(desk.entries('i')).toHaveLength(1);
    expect(String(desk.entries('i')[0]?.['body'])).toContain('Too dear to replace');
    expect(refusal('problem.communicate-outcome', { id: 'p' })).toMatchObject({ kind: 'nothing-to-change' });
  });

  it('is told only when there is one', () => {
    expect(refusal('problem.communicate-outcome', { id: 'p' })).toMatchObject({ kind: 'problem-without-outcome' });
  });
});

describe('PRB-5: a duplicate', () => {
  beforeEach(() => {
    ok('problem.create', { id: 'original', fields: { title: 'the first' } });
    incident('i');
    ok('problem.link', { id: 'p', incidents: ['i'] });
    ok('problem.edit', { id: 'p', fields: { workaround: 'Restart' } });
    ok('problem.publish-known-error', { id: 'p', knownError: 'ke' });
  });

  it('needs its original, and hands over incidents and known errors', () => {
    expect(refusal('problem.mark-duplicate', { id: 'p' })).toMatchObject({ field: 'duplicateOf' });
    ok('problem.mark-duplicate', { id: 'p', duplicateOf: 'original' });
    expect(desk.values('p')).toMatchObject({ state: 'closed', resolutionCode: 'duplicate', duplicateOf: 'original' });
    expect([desk.values('i')['problem'], desk.values('ke')['problem']]).toEqual(['original', 'original']);
  });

  it('takes along what was linked to it afterwards, and is done once', () => {
    ok('problem.mark-duplicate', { id: 'p', duplicateOf: 'original' });
    expect(refusal('problem.mark-duplicate', { id: 'p', duplicateOf: 'original' })).toMatchObject({
      kind: 'nothing-to-change',
    });
    incident('late', {});
    desk.put('ticket', 'late', { ...desk.values('late'), problem: 'p' });
    ok('problem.mark-duplicate', { id: 'p', duplicateOf: 'original' });
    expect(desk.values('late')['problem']).toBe('original');
  });

  it('is never one of itself, nor of another duplicate', () => {
    expect(refusal('problem.mark-duplicate', { id: 'p', duplicateOf: 'p' })).toMatchObject({ kind: 'link-to-itself' });
    ok('problem.mark-duplicate', { id: 'p', duplicateOf: 'original' });
    expect(refusal('problem.mark-duplicate', { id: 'original', duplicateOf: 'p' })).toMatchObject({
      kind: 'original-is-duplicate',
    });
    expect(refusal('problem.link', { id: 'p', incidents: ['i'] })).toMatchObject({ kind: 'original-is-duplicate' });
    expect(refusal('problem.reanalyze', { id: 'p' })).toMatchObject({ kind: 'no-such-problem-move' });
  });
});

describe('a known error', () => {
  it('is made of what the problem knows, once that helps anybody', () => {
    expect(refusal('problem.publish-known-error', { id: 'p' })).toMatchObject({ kind: 'known-error-without-help' });
    ok('problem.edit', { id: 'p', fields: { workaround: 'Restart', cause: 'Heat', asset: 'sw' } });
    ok('problem.publish-known-error', { id: 'p', knownError: 'ke' });
    expect(desk.values('ke')).toMatchObject({
      name: 'Switch restarts',
      status: 'published',
      problem: 'p',
      cause: 'Heat',
      workaround: 'Restart',
      'assets/sw': true,
    });
  });

  it('stays helpful while it is published', () => {
    ok('record.create', { entity: 'known-error', id: 'ke', fields: { name: 'x', status: 'draft' } });
    expect(refusal('record.edit', { entity: 'known-error', id: 'ke', fields: { status: 'published' } })).toMatchObject({
      kind: 'known-error-without-help',
      field: 'status',
    });
    ok('record.edit', { entity: 'known-error', id: 'ke', fields: { status: 'published', solution: 'Update' } });
    expect(refusal('record.edit', { entity: 'known-error', id: 'ke', fields: { solution: null } })).toMatchObject({
      kind: 'known-error-without-help',
      field: 'solution',
    });
    ok('record.edit', { entity: 'known-error', id: 'ke', fields: { status: 'retired', solution: null } });
  });
});
