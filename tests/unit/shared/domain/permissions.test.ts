import { describe, expect, it } from 'vitest';
import type { RecordValues } from '../../../../shared/domain/change.ts';
import type { EntityKind } from '../../../../shared/domain/entities.ts';
import { may, roles, verbs, type Role, type Verb } from '../../../../shared/domain/permissions.ts';
import { refuseWrite } from '../../../../shared/domain/permit-write.ts';

const actor = (...of: Role[]) => ({ person: 'me', roles: of, queues: ['q'] });
const granted = (role: Role, values: RecordValues, entity: EntityKind = 'ticket') =>
  verbs.filter((verb) => may(actor(role), verb, { entity, values }));
const own = { caller: 'me', queue: 'other' };
const mine = { caller: 'x', queue: 'q' };
const foreign = { caller: 'x', queue: 'other', assignee: 'y' };
const all = [...verbs];

describe('may', () => {
  it.each<[Role, readonly Verb[], readonly Verb[], readonly Verb[]]>([
    ['requester', ['read', 'create', 'comment', 'reopen', 'close', 'cancel'], [], []],
    ['technician', all, all, ['create']],
    ['desk-agent', all, all, all],
    ['manager', all, all, all],
    [
      'change-authority',
      ['read', 'comment', 'work-note'],
      ['read', 'comment', 'work-note'],
      ['read', 'comment', 'work-note'],
    ],
    ['administrator', all, all, all],
    ['auditor', ['read'], ['read'], ['read']],
  ])('%s on a ticket of their own, of their queue, of others', (role, onOwn, onMine, onForeign) => {
    expect(granted(role, own)).toEqual(onOwn);
    expect(granted(role, mine)).toEqual(onMine);
    expect(granted(role, foreign)).toEqual(onForeign);
  });

  it('lets a technician work on what is assigned to them in any queue', () => {
    expect(may(actor('technician'), 'resolve', { entity: 'ticket', values: { ...foreign, assignee: 'me' } })).toBe(
      true,
    );
  });

  it('INC-3: a requester cannot resolve, reopen or close a major incident', () => {
    expect(granted('requester', { ...own, major: true })).toEqual(['read', 'create', 'comment', 'cancel']);
    expect(granted('manager', { ...own, major: true })).toEqual(all);
  });

  it('hides work notes from requesters, on their own tickets too', () => {
    expect(granted('requester', { ...own, audience: 'work-note' }, 'ticket-entry')).toEqual([]);
    expect(granted('requester', { ...own, audience: 'comment' }, 'ticket-entry')).toContain('read');
    expect(granted('auditor', { ...own, audience: 'work-note' }, 'ticket-entry')).toEqual(['read']);
  });

  it('keeps the settings to administrators, and the organisation to those who keep it', () => {
    expect(roles.filter((role) => may(actor(role), 'edit', { entity: 'setting', values: {} }))).toEqual([
      'administrator',
    ]);
    expect(roles.filter((role) => may(actor(role), 'edit', { entity: 'person', values: {} }))).toEqual([
      'desk-agent',
      'manager',
      'administrator',
    ]);
  });

  it('keeps problems and known errors to those who work, and their notes to their authors', () => {
    expect(roles.filter((role) => may(actor(role), 'read', { entity: 'problem', values: {} }))).toEqual(
      roles.filter((role) => role !== 'requester'),
    );
    const note = (author: string, role: Role) =>
      refuseWrite(actor(role), {
        entity: 'problem-entry',
        id: 'n',
        fields: { problem: 'p', audience: 'work-note', body: 'x', author, writtenAt: 1 },
        before: undefined,
        ticket: {},
        hasParents: false,
      })?.code ?? null;
    expect([note('me', 'technician'), note('me', 'change-authority'), note('me', 'requester')]).toEqual([
      null,
      null,
      'not-permitted',
    ]);
    expect(note('other', 'change-authority')).toBe('not-permitted');
  });

  it('adds roles up, and grants nothing for none', () => {
    expect(may(actor('auditor', 'technician'), 'read', { entity: 'ticket', values: foreign })).toBe(true);
    expect(may(actor('auditor', 'technician'), 'edit', { entity: 'ticket', values: foreign })).toBe(false);
    for (const verb of verbs) expect(may(actor(), verb, { entity: 'ticket', values: own })).toBe(false);
  });
});
