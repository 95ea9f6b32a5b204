import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalKinds } from '../../../../../shared/domain/refusal.ts';
import { validateWrite } from '../../../../../shared/domain/validate-write.ts';
import { defaultPriorityMatrix, priorityOf } from '../../../../../shared/domain/ticket/priority.ts';
import {
  cancelReasons,
  levels,
  onHoldReasons,
  resolutionCodes,
  ticketStates,
} from '../../../../../shared/domain/ticket/ticket.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

const ticketIds = ['t1', 't2', 't3'];
const id = fc.constantFrom(...ticketIds);
const text = fc.option(fc.constantFrom('', ' ', 'Some words', 'x'.repeat(300)), { nil: undefined });
const reason = fc.option(fc.constantFrom(...onHoldReasons, ...cancelReasons, 'lunch'), { nil: undefined });
const code = fc.option(fc.constantFrom(...resolutionCodes, 'magic'), { nil: undefined });
const moveInput = fc.record({ id, comment: text, workNote: text });
const fields = fc.dictionary(
  fc.constantFrom(
    'title',
    'impact',
    'urgency',
    'type',
    'queue',
    'assignee',
    'parent',
    'priority',
    'state',
    'onHoldReason',
    'resolutionNotes',
    'tags',
    'links',
  ),
  fc.oneof(
    fc.constantFrom(...levels, 'incident', 'request', 'queue', 'agent', ...ticketIds, null, '', 7),
    fc.array(fc.constantFrom('vip', ...ticketIds), { maxLength: 2 }),
  ),
  { maxKeys: 4 },
);

/** What people at several desks might ask for, sensible or not. */
const step = fc.oneof(
  fc.tuple(fc.constantFrom('ticket.start', 'ticket.resume', 'ticket.reopen', 'ticket.close'), moveInput),
  fc.tuple(fc.constant('ticket.hold'), fc.record({ id, reason, comment: text })),
  fc.tuple(fc.constant('ticket.resolve'), fc.record({ id, code, notes: text })),
  fc.tuple(fc.constant('ticket.cancel'), fc.record({ id, reason, duplicateOf: fc.option(id, { nil: undefined }) })),
  fc.tuple(
    fc.constant('ticket.change-state'),
    fc.record({ id, state: fc.constantFrom(...ticketStates), reason, code, notes: text, comment: text }),
  ),
  fc.tuple(fc.constant('ticket.edit'), fc.record({ id, fields })),
  fc.tuple(fc.constant('ticket.create'), fc.record({ fields })),
  fc.tuple(
    fc.constant('ticket.comment'),
    fc.record({ id, body: fc.constantFrom('', 'Hello'), audience: fc.constantFrom('comment', 'work-note') }),
  ),
  fc.tuple(fc.constantFrom('ticket.link', 'ticket.unlink'), fc.record({ id, other: id })),
  fc.tuple(
    fc.constant('ticket.bulk'),
    fc.record({
      ids: fc.array(id, { minLength: 1, maxLength: 3 }),
      command: fc.constantFrom('ticket.start', 'ticket.resolve', 'ticket.resume'),
      input: fc.constantFrom({}, { code: 'other', notes: 'Done' }),
    }),
  ),
);
const script = fc.array(fc.tuple(fc.constantFrom('agent', 'caller'), step), { minLength: 20, maxLength: 40 });

function openDesk(): MemoryDesk {
  const desk = createMemoryDesk();
  desk.put('person', 'agent', { name: 'Agent', agent: true });
  desk.put('person', 'caller', { name: 'Caller' });
  desk.put('queue', 'queue', { name: 'Queue' });
  for (const each of ticketIds)
    desk.run('ticket.create', {
      id: each,
      fields: { title: each, caller: 'caller', queue: each === 't1' ? null : 'queue' },
    });
  return desk;
}

/** Every invariant that a ticket breaks; plain comparisons, because this runs after each of thousands of commands. */
function brokenInvariants(desk: MemoryDesk): readonly string[] {
  const broken: string[] = [];
  for (const { entity, id: ticketId, values } of desk.rows.values()) {
    if (entity !== 'ticket') continue;
    const state = values['state'];
    const solved = state === 'resolved' || state === 'closed';
    const finished = state === 'closed' || state === 'canceled';
    const checks: Readonly<Record<string, boolean>> = {
      'PRI-1': values['priority'] === priorityOf(defaultPriorityMatrix, values['impact'], values['urgency']),
      'on hold with a reason only': isText(values['onHoldReason']) === (state === 'on-hold'),
      'solved with a code': isText(values['resolutionCode']) === solved,
      'solved at a time': (typeof values['resolvedAt'] === 'number') === solved,
      'solved with notes': !solved || isText(values['resolutionNotes']),
      'closed at a time': (typeof values['closedAt'] === 'number') === finished,
      'canceled with a reason': isText(values['cancelReason']) === (state === 'canceled'),
      'has a title': isText(values['title']),
      'INC-9': !hasCycle(desk, ticketId),
    };
    broken.push(...Object.keys(checks).flatMap((name) => (checks[name] === true ? [] : [`${name}: ${ticketId}`])));
  }
  return broken;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function hasCycle(desk: MemoryDesk, from: string): boolean {
  const seen = new Set<unknown>();
  for (let above: unknown = from; typeof above === 'string'; above = desk.values(above)['parent']) {
    if (seen.has(above)) return true;
    seen.add(above);
  }
  return false;
}

describe('any sequence of commands', () => {
  it('keeps the invariants of a ticket, and final states final', () => {
    let finished = 0;
    let done = 0;
    fc.assert(
      fc.property(script, (steps) => {
        const desk = openDesk();
        for (const [user, [name, input]] of steps) {
          desk.user = user;
          desk.now += 1_000;
          const before = new Map(desk.rows);
          const outcome = desk.run(name, input);
          if (outcome.ok) done += 1;
          else if (!refusalKinds.some((kind) => kind === outcome.failure.kind))
            expect.fail(`unknown refusal ${outcome.failure.kind}`);
          const broken = brokenInvariants(desk);
          if (broken.length > 0) expect.fail(broken.join(', '));
          for (const [ticketId, { values }] of before) {
            const state = values['state'];
            if (state !== 'closed' && state !== 'canceled') continue;
            finished += 1;
            if (desk.values(ticketId)['state'] !== state) expect.fail(`${ticketId} left its final state`);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(finished).toBeGreaterThan(100);
    expect(done).toBeGreaterThan(1_000);
  });

  it('writes only fields that the registry knows, with values that admission takes', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const desk = openDesk();
        for (const [user, [name, input]] of steps) {
          desk.user = user;
          const outcome = desk.run(name, input);
          for (const change of outcome.ok ? outcome.value : []) {
            expect(validateWrite(change.entity, change.fields)).toEqual({
              knownKind: true,
              unknownFields: [],
              problems: [],
            });
            expect(Object.keys(change.fields)).not.toHaveLength(0);
          }
          const ids = outcome.ok ? outcome.value.map((change) => change.id) : [];
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});
