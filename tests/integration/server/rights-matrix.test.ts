import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { makeSnapshot } from '../../../server/snapshot/make-snapshot.ts';
import { roles, type Role } from '../../../shared/domain/permissions.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import { parseSnapshotPart } from '../../../shared/sync/protocol-lines.ts';
import {
  historyAnswerSchema,
  recordsAnswerSchema,
  snapshotManifestSchema,
} from '../../../shared/sync/protocol-records.ts';
import { searchAnswerSchema } from '../../../shared/sync/protocol-search.ts';
import type { PushAnswer } from '../../../shared/sync/protocol.ts';
import type { FieldValue, Operation } from '../../../shared/sync/operation.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

/**
 * Every role against every relation to a ticket, every kind of operation and every way to read. What is expected is
 * written down here once more, from the roles' descriptions and not from the program's own table.
 */
const relations = ['caller', 'opener', 'watcher', 'assignee', 'own-queue', 'other-queue', 'none'] as const;
type Relation = (typeof relations)[number];
const own: ReadonlySet<Relation> = new Set(['caller', 'opener', 'watcher']);
const operations = ['edit', 'comment', 'work-note', 'resolve', 'reopen', 'close', 'cancel', 'take'] as const;
type Kind = (typeof operations)[number];
const kinds = ['person', 'queue', 'service', 'asset', 'site', 'setting'] as const;

const works: ReadonlySet<Role> = new Set(['desk-agent', 'manager', 'administrator']);
function seesTicket(role: Role, relation: Relation): boolean {
  if (role === 'requester') return own.has(relation);
  if (role === 'technician') return own.has(relation) || relation === 'assignee' || relation === 'own-queue';
  return true;
}
function writesTicket(role: Role, relation: Relation, kind: Kind): boolean {
  if (works.has(role)) return true;
  if (role === 'technician') return seesTicket(role, relation);
  if (role === 'requester') return own.has(relation) && ['comment', 'reopen', 'close', 'cancel'].includes(kind);
  return role === 'change-authority' && (kind === 'comment' || kind === 'work-note');
}
const seesNote = (role: Role, relation: Relation): boolean => role !== 'requester' && seesTicket(role, relation);
const createsTicket = (role: Role): boolean => works.has(role) || role === 'technician' || role === 'requester';
function writesKind(role: Role, kind: (typeof kinds)[number]): boolean {
  if (kind === 'setting') return role === 'administrator';
  return works.has(role);
}
const seesKind = (role: Role, kind: (typeof kinds)[number]): boolean => kind !== 'setting' || role !== 'requester';

const before: Readonly<Record<Kind, Readonly<Record<string, FieldValue>>>> = {
  edit: { state: 'in-progress' },
  comment: { state: 'in-progress' },
  'work-note': { state: 'in-progress' },
  resolve: { state: 'in-progress' },
  reopen: { state: 'resolved', resolutionCode: 'solved-permanently' },
  close: { state: 'resolved', resolutionCode: 'solved-permanently' },
  cancel: { state: 'new' },
  take: { state: 'in-progress' },
};
const move: Readonly<Record<Exclude<Kind, 'comment' | 'work-note'>, Readonly<Record<string, FieldValue>>>> = {
  edit: { title: 'edited' },
  resolve: { state: 'resolved', resolutionCode: 'solved-permanently', resolutionNotes: 'done' },
  reopen: { state: 'in-progress', reopenCount: 1 },
  close: { state: 'closed' },
  cancel: { state: 'canceled' },
  take: { assignee: 'somebody' },
};
function relate(role: Role, relation: Relation): Readonly<Record<string, FieldValue>> {
  const values: Readonly<Record<Relation, Readonly<Record<string, FieldValue>>>> = {
    caller: { caller: role },
    opener: { openedBy: role },
    watcher: { [`watchers/${role}`]: true },
    assignee: { assignee: role },
    'own-queue': { queue: 'mine' },
    'other-queue': { queue: 'theirs' },
    none: {},
  };
  return { openedBy: 'chief', ...values[relation] };
}

const ticketOf = (role: Role, relation: Relation, kind: Kind): string => `${role}.${relation}.${kind}`;
const shown = (role: Role, relation: Relation): string => ticketOf(role, relation, 'edit');

describe('rights', () => {
  let office: Office;
  let chief: TestDesk;
  const desks = new Map<Role, TestDesk>();
  let cells = 0;
  const cell = (name: string, found: unknown, expected: unknown): void => {
    cells += 1;
    expect(`${name}: ${String(found)}`).toBe(`${name}: ${String(expected)}`);
  };
  const deskOf = (role: Role): TestDesk => {
    const desk = desks.get(role);
    if (!desk) throw new Error(`no desk has the role ${role}`);
    return desk;
  };
  const pushAll = async (desk: TestDesk, made: readonly Operation[]): Promise<ReadonlySet<number>> => {
    const refused = new Set<number>();
    for (let first = 0; first < made.length; first += 300) {
      const lines = made.slice(first, first + 300).map((operation) => ({ type: 'operation', operation }) as const);
      const answer: PushAnswer = await desk.push(desk.pushLines(lines));
      for (const { seq } of answer.voids) refused.add(seq);
      expect(answer.ignored).toEqual([]);
      expect(answer.need).toEqual({});
    }
    return refused;
  };

  beforeAll(async () => {
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    chief = await office.desk('chief', 'administrator');
    for (const role of roles) desks.set(role, await office.desk(role, role));
    const members = Object.fromEntries(roles.map((role) => [`members/${role}`, true]));
    const made = [
      chief.edit('record.create', [{ entity: 'queue', id: 'mine', fields: { name: 'Mine', ...members } }]),
      chief.edit('record.create', [{ entity: 'queue', id: 'theirs', fields: { name: 'Theirs' } }]),
      ...kinds.map((kind) => chief.edit('record.create', [{ entity: kind, id: `a-${kind}`, fields: valuesOf(kind) }])),
    ];
    for (const role of roles)
      for (const relation of relations)
        for (const kind of operations) {
          const id = ticketOf(role, relation, kind);
          const fields = { type: 'incident', title: id, impact: '3', urgency: '3', ...before[kind] };
          const ticket = { entity: 'ticket', id, fields: { ...fields, ...relate(role, relation) } };
          const entry = (audience: string) => ({
            entity: 'ticket-entry',
            id: `${id}.${audience}`,
            fields: { ticket: id, audience, body: 'text', author: 'chief' },
          });
          made.push(chief.edit('ticket.create', [ticket, entry('comment'), entry('work-note')]));
        }
    expect([...(await pushAll(chief, made))]).toEqual([]);
  }, 120_000);
  afterAll(async () => await office.close());

  it('let each role read what it may, by every way, and hide the rest as if it were not there', async () => {
    for (const role of roles) {
      const desk = deskOf(role);
      await desk.exchange();
      const missing = await (await desk.send('GET', '/v1/records/ticket/nowhere')).text();
      const listed = new Set<string>();
      for (let after: string | null = ''; after !== null;) {
        const page = recordsAnswerSchema.parse(
          await (await desk.send('GET', `/v1/records?after=${encodeURIComponent(after)}`)).json(),
        );
        for (const state of page.records) listed.add(recordKey(state));
        after = page.next;
      }
      const see = async (name: string, key: string, expected: boolean): Promise<void> => {
        const record = await desk.send('GET', `/v1/records/${key}`);
        const history = await desk.send('GET', `/v1/records/${key}/history`);
        cell(`${role} pulls ${name}`, desk.replica.records.has(key), expected);
        cell(`${role} is listed ${name}`, listed.has(key), expected);
        cell(`${role} asks for ${name}`, record.status, expected ? 200 : 404);
        cell(`${role} asks for the history of ${name}`, history.status, expected ? 200 : 404);
        if (!expected) {
          expect([await record.text(), await history.text()]).toEqual([missing, missing]);
        } else expect(historyAnswerSchema.parse(await history.json()).entries.length).toBeGreaterThan(0);
      };
      for (const relation of relations) {
        const id = shown(role, relation);
        await see(`a ticket (${relation})`, `ticket/${id}`, seesTicket(role, relation));
        const found = await desk.send('GET', `/v1/search?text=${encodeURIComponent(id)}`);
        const { rows } = searchAnswerSchema.parse(await found.json());
        cell(
          `${role} finds a ticket (${relation})`,
          rows.some((row) => row.id === id),
          seesTicket(role, relation),
        );
        await see(`its comment (${relation})`, `ticket-entry/${id}.comment`, seesTicket(role, relation));
        await see(`its work note (${relation})`, `ticket-entry/${id}.work-note`, seesNote(role, relation));
      }
      for (const kind of kinds) await see(`a ${kind}`, `${kind}/a-${kind}`, seesKind(role, kind));
      for (const other of roles) {
        if (other === role) continue;
        // Tickets of somebody else: whose they are does not help; the queue of both does.
        for (const relation of relations) {
          const mine = relation === 'own-queue' ? relation : 'none';
          cell(
            `${role} pulls a ticket of ${other} (${relation})`,
            desk.replica.records.has(`ticket/${shown(other, relation)}`),
            seesTicket(role, mine),
          );
        }
      }
    }
  }, 120_000);

  it('let each role begin with a snapshot of what it may read, and of nothing else', async () => {
    await makeSnapshot(office.endpoint.store, { now: Date.now, rest: 0 });
    const hashOf = async (role: Role): Promise<string> => (await deskOf(role).hello()).snapshot?.hash ?? '';
    for (const role of roles) {
      const desk = deskOf(role);
      const hash = await hashOf(role);
      const answer = await desk.send('GET', `/v1/snapshots/${hash}`);
      const { parts } = snapshotManifestSchema.parse(await answer.json());
      const held = new Set<string>();
      for (const part of parts.keys()) {
        const file = await desk.send('GET', `/v1/snapshots/${hash}/${part}`);
        const states = parseSnapshotPart(gunzipSync(Buffer.from(await file.arrayBuffer())).toString());
        for (const state of states.ok ? states.value : []) held.add(recordKey(state));
      }
      const holds = (name: string, key: string, expected: boolean): void =>
        cell(`the snapshot of ${role} holds ${name}`, held.has(key), expected);
      for (const relation of relations) {
        const id = shown(role, relation);
        holds(`a ticket (${relation})`, `ticket/${id}`, seesTicket(role, relation));
        holds(`its comment (${relation})`, `ticket-entry/${id}.comment`, seesTicket(role, relation));
        holds(`its work note (${relation})`, `ticket-entry/${id}.work-note`, seesNote(role, relation));
      }
      for (const kind of kinds) holds(`a ${kind}`, `${kind}/a-${kind}`, seesKind(role, kind));
      for (const other of roles) {
        const foreign = await hashOf(other);
        if (foreign === hash) continue;
        const status = (await desk.send('GET', `/v1/snapshots/${foreign}/0`)).status;
        cell(`${role} fetches the snapshot of ${other}`, status, 404);
      }
    }
  }, 120_000);

  it('let each role do what it may, and refuse the rest in its place', async () => {
    for (const role of roles) {
      const desk = deskOf(role);
      const made: { readonly operation: Operation; readonly name: string; readonly expected: boolean }[] = [];
      for (const relation of relations)
        for (const kind of operations) {
          const id = ticketOf(role, relation, kind);
          const edits =
            kind === 'comment' || kind === 'work-note'
              ? {
                  entity: 'ticket-entry',
                  id: `${id}.by`,
                  fields: { ticket: id, audience: kind, body: 'x', author: role },
                }
              : { entity: 'ticket', id, fields: move[kind] };
          const operation = desk.edit(`ticket.${kind}`, [edits]);
          made.push({ operation, name: `${role} ${kind} (${relation})`, expected: writesTicket(role, relation, kind) });
        }
      for (const kind of kinds) {
        const expected = writesKind(role, kind);
        const created = desk.edit('record.create', [{ entity: kind, id: `${role}-${kind}`, fields: valuesOf(kind) }]);
        made.push({ operation: created, name: `${role} creates a ${kind}`, expected });
        const edited = desk.edit('record.edit', [{ entity: kind, id: `a-${kind}`, fields: valuesOf(kind, role) }]);
        made.push({ operation: edited, name: `${role} edits a ${kind}`, expected });
      }
      const ticket = { type: 'incident', title: 'new', state: 'new', impact: '3', urgency: '3' };
      const mine = desk.edit('ticket.create', [
        { entity: 'ticket', id: `${role}.new`, fields: { ...ticket, openedBy: role } },
      ]);
      made.push({ operation: mine, name: `${role} opens a ticket`, expected: createsTicket(role) });
      const posing = desk.edit('ticket.create', [
        { entity: 'ticket', id: `${role}.posed`, fields: { ...ticket, openedBy: 'chief' } },
      ]);
      made.push({ operation: posing, name: `${role} opens a ticket for another`, expected: works.has(role) });
      const unknown = desk.edit('record.create', [{ entity: 'newer-kind', id: `${role}.p`, fields: { title: 'x' } }]);
      made.push({
        operation: unknown,
        name: `${role} writes an unknown kind`,
        expected: works.has(role) || role === 'technician',
      });
      const number = desk.edit('ticket.edit', [
        { entity: 'ticket', id: shown('manager', 'none'), fields: { number: 'INC9999999' } },
      ]);
      made.push({ operation: number, name: `${role} gives a number`, expected: false });
      const refused = await pushAll(
        desk,
        made.map(({ operation }) => operation),
      );
      for (const { operation, name, expected } of made) cell(name, !refused.has(operation.seq), expected);
    }
  }, 120_000);

  it('let only administrators administer, and nobody in without a token', async () => {
    const calls = [
      ['GET', '/v1/admin/accounts'],
      ['POST', '/v1/admin/accounts', { name: 'new', roles: ['auditor'] }],
      ['PATCH', '/v1/admin/accounts/auditor', { roles: ['auditor'] }],
      ['POST', '/v1/admin/accounts/auditor/codes'],
      ['GET', '/v1/admin/devices'],
      ['POST', '/v1/admin/devices/AAAAAAAAAA/revoke'],
      ['GET', '/v1/admin/storage'],
      ['POST', '/v1/admin/snapshots'],
      ['POST', '/v1/admin/purges', { entity: 'ticket', id: 'nowhere' }],
    ] as const;
    for (const role of roles)
      for (const [method, address, body] of calls) {
        const { status } = await deskOf(role).send(method, address, body);
        const expected = role === 'administrator' ? status !== 403 && status !== 401 : status === 403;
        cell(`${role} ${method} ${address}`, expected, true);
      }
    const nobody = [
      ...calls,
      ...(
        [
          'records',
          'records/ticket/x',
          'records/ticket/x/history',
          'devices',
          'events',
          `snapshots/${'A'.repeat(22)}`,
          `snapshots/${'A'.repeat(22)}/0`,
        ] as const
      ).map((address) => ['GET', `/v1/${address}`] as const),
      ['GET', '/v1/pull?epoch=x&after=0'] as const,
      ['POST', '/v1/hello', { protocol: [1, 1], schemaVersion: 1 }] as const,
    ];
    for (const [method, address, body] of nobody) {
      const answer = await fetch(`${office.url}${address}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      cell(`nobody ${method} ${address}`, answer.status, 401);
    }
  });

  it('of at least 1,500 cells', () => {
    expect(cells).toBeGreaterThanOrEqual(1_500);
  });
});

function valuesOf(kind: (typeof kinds)[number], text = 'x'): Readonly<Record<string, FieldValue>> {
  return kind === 'setting' ? { value: text } : { name: text };
}
