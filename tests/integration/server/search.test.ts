import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { searchAnswerSchema, type SearchAnswer } from '../../../shared/sync/protocol-search.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

let office: Office;
let chief: TestDesk;

beforeEach(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
  chief = await office.desk('chief', 'administrator');
});
afterEach(async () => await office.close());

function ticket(id: string, fields: Readonly<Record<string, FieldValue>>): void {
  const usual = { type: 'incident', state: 'new', impact: '3', urgency: '3', openedBy: 'chief' };
  chief.edit('ticket.create', [{ entity: 'ticket', id, fields: { ...usual, ...fields } }]);
}
async function search(text: string, limit = 20, desk = chief): Promise<SearchAnswer> {
  const answer = await desk.send('GET', `/v1/search?text=${encodeURIComponent(text)}&limit=${limit}`);
  return searchAnswerSchema.parse(await answer.json());
}
const idsOf = ({ rows }: SearchAnswer): readonly string[] => rows.map(({ id }) => id);

describe('looking for tickets at the endpoint', () => {
  it('finds words of number, reference and title, in any order and spelling, newest first', async () => {
    ticket('a1', { title: 'Drücker im 3. Stock', reference: 'INC-K3V9-17' });
    ticket('a2', { title: '100% Last: DRUCKER_im Keller' });
    await chief.exchange();
    expect(idsOf(await search('drucker'))).toEqual(['a2', 'a1']);
    expect(idsOf(await search('keller druck'))).toEqual(['a2']);
    expect(idsOf(await search('inc-k3v9-17'))).toEqual(['a1']);
    expect((await search('stock')).rows).toMatchObject([{ id: 'a1', reference: 'INC-K3V9-17', state: 'new' }]);
    for (const nothing of ['%%', '__', 'drucker 8', "' OR 1=1", '\0\0x'])
      expect(idsOf(await search(nothing))).toEqual([]);
  });

  it('follows what is done to a ticket', async () => {
    ticket('a1', { title: 'printer' });
    await chief.exchange();
    chief.edit('ticket.edit', [{ entity: 'ticket', id: 'a1', fields: { title: 'scanner' } }]);
    await chief.exchange();
    expect(idsOf(await search('printer'))).toEqual([]);
    expect(idsOf(await search('scanner'))).toEqual(['a1']);
  });

  it('is bounded, and says that there is more', async () => {
    for (let index = 0; index < 60; index += 1) ticket(`t${index + 100}`, { title: 'printer' });
    await chief.exchange();
    const few = await search('printer', 5);
    expect([idsOf(few), few.more]).toEqual([['t159', 't158', 't157', 't156', 't155'], true]);
    expect((await search('printer', 50)).more).toBe(true);
    for (const bad of ['text=x', 'text=printer&limit=51', `text=${'x'.repeat(201)}`, 'text=printer&also=1'])
      expect((await chief.send('GET', `/v1/search?${bad}`)).status).toBe(400);
  });

  it('looks through what a store held before it could be searched', async () => {
    const directory = temporaryDirectory();
    await office.close();
    office = await openOffice({ kind: 'sqlite', directory });
    chief = await office.desk('chief', 'administrator');
    ticket('a1', { title: 'printer' });
    await chief.exchange();
    const file = path.join(directory, fs.readdirSync(directory).find((name) => /\.(db|sqlite)$/.test(name)) ?? '');
    const database = new DatabaseSync(file);
    database.exec('DELETE FROM record_words');
    database.close();
    expect(idsOf(await search('printer'))).toEqual([]);
    chief.url = await office.reopen();
    expect(idsOf(await search('printer'))).toEqual(['a1']);
  });

  it('reaches beyond what a desk has chosen, and never beyond the rights', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const rita = await office.desk('rita', 'requester');
    ticket('a1', { title: 'printer' });
    await chief.exchange();
    await ada.hello({ wish: { whose: [], closedDays: 0, also: [] } });
    expect((await ada.send('GET', '/v1/records/ticket/a1')).status).toBe(404);
    expect(idsOf(await search('printer', 20, ada))).toEqual(['a1']);
    expect(await search('printer', 20, rita)).toEqual({ rows: [], more: false });
  });
});
