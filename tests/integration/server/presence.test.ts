import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, type Role } from '../../../shared/domain/permissions.ts';
import { presenceEventSchema, presenceLimits, type PresenceEvent } from '../../../shared/sync/protocol-presence.ts';
import { revokeDevice } from '../../../server/identity/administration.ts';
import { listenAt, type EventEar } from '../../helpers/endpoint/event-ear.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const relations = ['caller', 'openedBy', 'watcher', 'assignee', 'own-queue', 'other-queue', 'none'] as const;
type Relation = (typeof relations)[number];
const own: ReadonlySet<Relation> = new Set(['caller', 'openedBy', 'watcher']);

/** From the roles' descriptions, not from the program's own table. `of` is the role the ticket is related to. */
function sees(role: Role, of: Role, relation: Relation): boolean {
  if (role === 'requester') return role === of && own.has(relation);
  if (role !== 'technician') return true;
  return relation === 'own-queue' || (role === of && (own.has(relation) || relation === 'assignee'));
}

const idOf = (of: Role, relation: Relation): string => `${of}.${relation}`;
function relate(of: Role, relation: Relation): Readonly<Record<string, string | boolean>> {
  if (relation === 'watcher') return { [`watchers/${of}`]: true };
  if (relation === 'own-queue') return { queue: 'mine' };
  if (relation === 'other-queue') return { queue: 'theirs' };
  return relation === 'none' ? {} : { [relation]: of };
}

function lastTold({ heard }: EventEar): PresenceEvent['present'] {
  const told = heard.findLast(({ name }) => name === 'presence');
  return told === undefined ? [] : presenceEventSchema.parse(JSON.parse(told.data)).present;
}

describe('who edits what', () => {
  let office: Office;
  let chief: TestDesk;
  let time = 1_700_000_000_000;
  const desks = new Map<Role, TestDesk>();
  const ears = new Map<Role, EventEar>();
  const deskOf = (role: Role): TestDesk => desks.get(role) ?? chief;
  const edits = async (desk: TestDesk, ...ids: readonly string[]): Promise<Response> =>
    await desk.send('POST', '/v1/presence', { records: ids.map((id) => ({ entity: 'ticket', id })) });
  const toldTo = (role: Role): readonly string[] => {
    const ear = ears.get(role);
    return ear === undefined ? [] : lastTold(ear).map(({ id, person }) => `${person} ${id}`);
  };
  const until = async (role: Role, expected: readonly string[]): Promise<void> => {
    await expect.poll(() => toldTo(role).toSorted(), { timeout: 10_000 }).toEqual(expected.toSorted());
  };

  beforeAll(async () => {
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() }, () => time);
    chief = await office.desk('chief', 'administrator');
    const members = Object.fromEntries(roles.map((role) => [`members/${role}`, true]));
    const made = [
      chief.edit('record.create', [{ entity: 'queue', id: 'mine', fields: { name: 'Mine', ...members } }]),
      chief.edit('record.create', [{ entity: 'queue', id: 'theirs', fields: { name: 'Theirs' } }]),
    ];
    for (const of of roles)
      for (const relation of relations) {
        const fields = { type: 'incident', title: 'x', impact: '3', urgency: '3', openedBy: 'chief', state: 'new' };
        const ticket = { entity: 'ticket', id: idOf(of, relation), fields: { ...fields, ...relate(of, relation) } };
        made.push(chief.edit('ticket.create', [ticket]));
      }
    await chief.push(chief.pushLines(made.map((operation) => ({ type: 'operation', operation }) as const)));
    for (const role of roles) {
      const desk = await office.desk(role, role);
      desks.set(role, desk);
      ears.set(role, await listenAt(office.url, desk.accessToken));
    }
  }, 60_000);
  afterAll(async () => {
    for (const ear of ears.values()) ear.close();
    await office.close();
  });

  it('is told to each role of the records it may see, and of no other', async () => {
    let cells = 0;
    for (const of of roles) {
      await edits(chief, ...relations.map((relation) => idOf(of, relation)));
      for (const role of roles) {
        const expected = relations.filter((relation) => sees(role, of, relation));
        await until(
          role,
          expected.map((relation) => `chief ${idOf(of, relation)}`),
        );
        cells += relations.length;
      }
    }
    expect(cells).toBe(343);
    await edits(chief);
    for (const role of roles) await until(role, []);
  }, 60_000);

  it('takes the word of nobody on what they may not see, and answers as for what is not there', async () => {
    const hidden = await edits(deskOf('requester'), idOf('technician', 'none'));
    const missing = await edits(deskOf('requester'), 'nowhere');
    expect([hidden.status, await hidden.text()]).toEqual([missing.status, await missing.text()]);
    await edits(deskOf('requester'), idOf('technician', 'none'), idOf('requester', 'caller'), 'nowhere');
    await until('auditor', [`requester ${idOf('requester', 'caller')}`]);
    expect(toldTo('requester')).toEqual([]);
    await edits(deskOf('requester'));
    await until('auditor', []);
  });

  it('ends when it is not renewed, and says since when it is so', async () => {
    const id = idOf('manager', 'none');
    await edits(deskOf('manager'), id);
    await until('auditor', [`manager ${id}`]);
    time += 20_000;
    await edits(deskOf('manager'), id);
    const late = await listenAt(office.url, chief.accessToken);
    await expect.poll(() => lastTold(late)).toMatchObject([{ entity: 'ticket', id, person: 'manager', forMs: 20_000 }]);
    time += presenceLimits.lastsMs - 1;
    await wait(2_500);
    expect(toldTo('auditor')).toEqual([`manager ${id}`]);
    time += 1;
    await until('auditor', []);
    late.close();
  });

  it('follows the rights as they are: a ticket that comes into view, and one that goes out of it', async () => {
    const id = idOf('desk-agent', 'none');
    await edits(chief, id);
    await until('auditor', [`chief ${id}`]);
    expect(toldTo('technician')).toEqual([]);
    for (const assignee of ['technician', 'chief']) {
      const operation = chief.edit('record.edit', [{ entity: 'ticket', id, fields: { assignee } }]);
      await chief.push(chief.pushLines([{ type: 'operation', operation }]));
      await until('technician', assignee === 'technician' ? [`chief ${id}`] : []);
    }
    await edits(chief);
    await until('auditor', []);
  });

  it('is neither told by a revoked device nor to it', async () => {
    const id = idOf('auditor', 'none');
    await edits(deskOf('change-authority'), id);
    await until('auditor', [`change-authority ${id}`]);
    await revokeDevice(office.endpoint, deskOf('change-authority').device);
    await edits(chief, id);
    await until('auditor', [`chief ${id}`]);
    await ears.get('change-authority')?.ended;
    expect((await edits(deskOf('change-authority'), id)).status).toBe(401);
    await edits(chief);
  });

  it('takes at most so many records of a desk, and leaves nothing in the log', async () => {
    const head = (await chief.hello()).head;
    const many = Array.from({ length: presenceLimits.records + 1 }, (_, index) => `t${index}`);
    expect((await edits(chief, ...many)).status).toBe(400);
    expect((await edits(chief, ...many.slice(1))).status).toBe(200);
    expect((await chief.hello()).head).toBe(head);
  });
});
