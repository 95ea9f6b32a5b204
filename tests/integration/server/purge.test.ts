import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coolLog } from '../../../server/snapshot/cool-log.ts';
import { makeSnapshot } from '../../../server/snapshot/make-snapshot.ts';
import { digestRecords } from '../../../shared/sync/digest.ts';
import { historyAnswerSchema, recordAnswerSchema } from '../../../shared/sync/protocol-records.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const secret = 'Quicksilver-Canary';
const ticket = (id: string, fields: Readonly<Record<string, string | boolean>> = {}) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${secret}`, state: 'new', impact: '3', urgency: '3', ...fields },
});
const digest = (desk: TestDesk): string => digestRecords(desk.replica.settledRecords());
const comment = (id: string, of: string) => ({
  entity: 'ticket-entry',
  id,
  // Longer than a page of the database.
  fields: { ticket: of, audience: 'comment', body: `I am ${secret}. `.repeat(900), author: 'ada' },
});

describe('a purge', () => {
  let directory: string;
  let office: Office;
  let ada: TestDesk;
  let bob: TestDesk;
  beforeEach(async () => {
    directory = temporaryDirectory();
    office = await openOffice({ kind: 'sqlite', directory });
    ada = await office.desk('ada', 'administrator');
    bob = await office.desk('bob', 'desk-agent');
  });
  afterEach(async () => await office.close());

  const purge = async (entity: string, id: string) => await office.endpoint.admission.purge({ entity, id }, 'ada');
  const filesHold = (text: string): readonly string[] =>
    fs
      .readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => fs.readFileSync(file).includes(text));
  const title = (desk: TestDesk, key: string): unknown =>
    desk.replica.records.get(key)?.fields['title']?.heads[0]?.value;

  it('takes a text out of records, log, cold log, snapshots and files, and leaves the rest', async () => {
    ada.edit('ticket.create', [ticket('t1', { caller: 'p1' }), comment('c1', 't1')]);
    ada.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: `${secret} again`, impact: '2' } }]);
    ada.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: 'harmless' } }]);
    ada.edit('ticket.create', [ticket('t2', { title: 'stays' })]);
    await ada.exchange();
    await bob.exchange();
    const { store } = office.endpoint;
    const pace = { now: Date.now, rest: 0 };
    await makeSnapshot(store, pace);
    await coolLog(store, Date.now() + 1, pace, 2);
    expect(filesHold(secret)).not.toEqual([]);
    const before = await store.read(async (reader) => await reader.page(0, 100, 1e6));

    const { purged, entries } = await purge('ticket', 't1');
    expect(purged.map(({ entity, id }) => `${entity}/${id}`)).toEqual(['ticket/t1', 'ticket-entry/c1']);
    expect(entries).toBe(3);
    expect(filesHold(secret)).toEqual([]);
    const after = await store.read(async (reader) => await reader.page(0, 100, 1e6));
    const places = (rows: typeof before) => rows.map(({ device, seq, hash }) => `${device}:${seq} ${hash}`);
    expect(places(after).slice(0, before.length)).toEqual(places(before));
    expect(await store.read(async ({ archive }) => await archive.snapshots())).toEqual([]);

    const answer = await ada.send('GET', '/v1/records/ticket/t1');
    const { records } = recordAnswerSchema.parse(await answer.json());
    const values = Object.fromEntries(
      Object.entries(records[0]?.fields ?? {}).map(([field, { heads }]) => [field, heads.map(({ value }) => value)]),
    );
    expect(values).toMatchObject({ title: ['[purged]'], caller: [null], impact: ['2'], state: ['new'] });
    expect(String(values['number'])).toMatch(/^INC/);
    const history = historyAnswerSchema.parse(await (await ada.send('GET', '/v1/records/ticket/t1/history')).json());
    expect(history.entries.length).toBe(5);
    expect(JSON.stringify(history)).not.toContain(secret);
    expect(history.entries[0]?.operation).toMatchObject({ command: 'system.purge', user: 'ada' });
    expect(await purge('ticket', 't1')).toEqual({ purged: [], entries: 0 });
  });

  it('of a person empties what is personal', async () => {
    const fields = { name: secret, email: `${secret}@example.org`, site: 's1', agent: true };
    ada.edit('record.create', [{ entity: 'person', id: 'p1', fields }]);
    await ada.exchange();
    expect((await purge('person', 'p1')).purged).toEqual([{ entity: 'person', id: 'p1', fields: 2 }]);
    await ada.exchange();
    const state = ada.replica.records.get('person/p1');
    const values = Object.entries(state?.fields ?? {}).map(([field, { heads }]) => [field, heads[0]?.value]);
    expect(Object.fromEntries(values)).toEqual({ name: '[purged]', email: null, site: 's1', agent: true });
    expect(filesHold(secret)).toEqual([]);
  });

  it('reaches desks that were there before, and those that come, and all are equal', async () => {
    ada.edit('ticket.create', [ticket('t1'), comment('c1', 't1')]);
    await ada.exchange();
    bob.edit('record.create', [{ entity: 'queue', id: 'q1', fields: { name: 'First line' } }]);
    await bob.exchange();
    await purge('ticket', 't1');
    await ada.exchange();
    await bob.exchange();
    const carol = await office.desk('carol', 'auditor');
    await carol.exchange();
    expect([title(ada, 'ticket/t1'), title(bob, 'ticket/t1'), title(carol, 'ticket/t1')]).toEqual(
      Array.from({ length: 3 }, () => '[purged]'),
    );
    expect(digest(carol)).toBe(digest(ada));
    expect(digest(bob)).toBe(digest(ada));
    expect(JSON.stringify([...carol.replica.log.entries()])).not.toContain(secret);
    // The chain goes on over what was emptied.
    ada.edit('ticket.create', [ticket('t3', { title: 'next' })]);
    await ada.exchange();
    await carol.exchange();
    expect(title(carol, 'ticket/t3')).toBe('next');
  });

  it('is not undone by what had not seen it; what has seen it is an edit as any other', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    await bob.exchange();
    await purge('ticket', 't1');
    const stale = bob.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: `${secret} back` } }]);
    const impact = bob.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { impact: '1' } }]);
    const again = bob.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: `${secret} back again` } }]);
    const lines = [stale, impact, again].map((operation) => ({ type: 'operation', operation }) as const);
    const { voids } = await bob.push(bob.pushLines(lines));
    expect(voids.map(({ seq, code, field }) => [seq, code, field])).toEqual([
      [stale.seq, 'purged', 'title'],
      [again.seq, 'purged', 'title'],
    ]);
    await bob.exchange();
    expect(title(bob, 'ticket/t1')).toBe('[purged]');
    bob.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: 'written anew' } }]);
    bob.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: 'and again' } }]);
    await bob.exchange();
    await ada.exchange();
    expect(title(ada, 'ticket/t1')).toBe('and again');
    expect(filesHold(secret)).toEqual([]);
  });

  it('is nothing a desk can make', async () => {
    ada.edit('ticket.create', [ticket('t1', { title: 'kept' })]);
    const forged = ada.edit('system.purge', [{ entity: 'ticket', id: 't1', fields: { title: '[purged]' } }]);
    await ada.exchange();
    expect(ada.replica.voidings.get(`${forged.device}:${forged.seq}`)?.code).toBe('not-permitted');
    expect(title(ada, 'ticket/t1')).toBe('kept');
  });

  it('is done again at an endpoint that was set back to before it, once a desk comes', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    await office.endpoint.store.scrub();
    const backup = temporaryDirectory();
    fs.copyFileSync(path.join(directory, 'endpoint.sqlite'), path.join(backup, 'endpoint.sqlite'));
    await purge('ticket', 't1');
    await ada.exchange();
    await office.close();
    directory = backup;
    office = await openOffice({ kind: 'sqlite', directory });
    for (const desk of [ada, bob]) desk.url = office.url;
    const { store } = office.endpoint;
    await store.write(async (writer) => await writer.beginEpoch('restored', 'SSSSSSSSSS', 1_000));
    await store.scrub();
    expect(filesHold(secret)).not.toEqual([]);
    await ada.exchange();
    await store.scrub();
    expect(filesHold(secret)).toEqual([]);
    await bob.exchange();
    expect(title(bob, 'ticket/t1')).toBe('[purged]');
  });
});
