import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dotOfEntry } from '../../../shared/sync/entry.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { wholeScope, type ScopeWish } from '../../../shared/sync/protocol-scope.ts';
import { recordsAnswerSchema } from '../../../shared/sync/protocol-records.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const day = 86_400_000;
let now = Date.UTC(2026, 5, 1);
let office: Office;
let chief: TestDesk;
let ada: TestDesk;

beforeEach(async () => {
  now = Date.UTC(2026, 5, 1);
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() }, () => now);
  chief = await office.desk('chief', 'administrator');
  ada = await office.desk('ada', 'desk-agent');
  chief.edit('record.create', [
    { entity: 'person', id: 'ada', fields: { name: 'Ada', site: 'berlin' } },
    { entity: 'queue', id: 'mail', fields: { name: 'Mail', 'members/ada': true } },
    { entity: 'queue', id: 'desk', fields: { name: 'Desk' } },
  ]);
  ticket('own', { assignee: 'ada', queue: 'desk' });
  ticket('mail', { queue: 'mail' });
  ticket('berlin', { site: 'berlin' });
  ticket('other', { queue: 'desk', site: 'rome' });
  ticket('closed-lately', { assignee: 'ada', state: 'closed', closedAt: now - 10 * day });
  ticket('closed-long-ago', { assignee: 'ada', state: 'closed', closedAt: now - 400 * day });
  chief.edit('ticket.comment', [
    {
      entity: 'ticket-entry',
      id: 'said',
      fields: { ticket: 'other', audience: 'comment', body: 'x', author: 'chief' },
    },
  ]);
  await chief.exchange();
});
afterEach(async () => await office.close());

function ticket(id: string, fields: Readonly<Record<string, FieldValue>>): void {
  const usual = { type: 'incident', title: id, state: 'new', impact: '3', urgency: '3', openedBy: 'chief' };
  chief.edit('ticket.create', [{ entity: 'ticket', id, fields: { ...usual, ...fields } }]);
}
const choose = (wish: Partial<ScopeWish>) => ada.hello({ wish: { ...wholeScope, ...wish } });
async function listed(): Promise<readonly string[]> {
  const { records } = recordsAnswerSchema.parse(await (await ada.send('GET', '/v1/records')).json());
  return records.filter(({ entity }) => entity.startsWith('ticket')).map(({ id }) => id);
}

describe('what a desk is sent of what it may see', () => {
  it.each<[Partial<ScopeWish>, readonly string[]]>([
    [{}, ['berlin', 'closed-lately', 'closed-long-ago', 'mail', 'other', 'own', 'said']],
    [{ whose: [] }, ['closed-lately', 'closed-long-ago', 'own']],
    [{ whose: ['queues'] }, ['closed-lately', 'closed-long-ago', 'mail', 'own']],
    [{ whose: ['sites'], closedDays: 90 }, ['berlin', 'closed-lately', 'own']],
    [{ closedDays: 90 }, ['berlin', 'closed-lately', 'mail', 'other', 'own', 'said']],
    [{ whose: [], closedDays: 90, also: ['other', 'nothing'] }, ['closed-lately', 'other', 'own', 'said']],
  ])('%j', async (wish, expected) => {
    const { scope } = await choose(wish);
    expect([...(await listed())].sort()).toEqual([...expected].sort());
    // Who says nothing goes on with what was said.
    expect((await ada.hello()).scope).toBe(scope);
    const { records } = recordsAnswerSchema.parse(await (await ada.send('GET', '/v1/records')).json());
    expect(records.map(recordKey)).toEqual(expect.arrayContaining(['queue/desk', 'person/ada']));
  });

  it('never is more than the rights', async () => {
    const rita = await office.desk('rita', 'requester');
    await rita.hello({ wish: { ...wholeScope, also: ['own', 'other'] } });
    const seen = await rita.send('GET', '/v1/records');
    expect(recordsAnswerSchema.parse(await seen.json()).records.filter(({ entity }) => entity === 'ticket')).toEqual(
      [],
    );
    await rita.hello({ wish: { whose: [], closedDays: 0, also: ['own'] } });
    expect((await rita.send('GET', '/v1/records/ticket/own')).status).toBe(404);
  });

  it('has a name that changes with the choice, the sites and the queues, and not with single tickets', async () => {
    const scopes = [await choose({}), await choose({ whose: ['sites'] }), await choose({ whose: ['sites', 'queues'] })];
    expect(new Set(scopes.map(({ scope }) => scope)).size).toBe(3);
    const wish = { whose: ['sites'], closedDays: null } as const;
    const before = (await choose({ ...wish, whose: ['sites'] })).scope;
    expect((await choose({ ...wish, whose: ['sites'], also: ['other'] })).scope).toBe(before);
    chief.edit('record.edit', [{ entity: 'person', id: 'ada', fields: { site: 'rome' } }]);
    await chief.exchange();
    expect((await ada.hello()).scope).not.toBe(before);
    expect(await listed()).toContain('other');
  });

  it('is passed through by its places only, and comes as a state when it comes into view', async () => {
    await choose({ whose: [], closedDays: 90 });
    await ada.exchange();
    expect([...ada.replica.records.keys()].filter((key) => key.startsWith('ticket')).sort()).toEqual([
      'ticket/closed-lately',
      'ticket/own',
    ]);
    const taken = chief.edit('ticket.edit', [{ entity: 'ticket', id: 'other', fields: { assignee: 'ada' } }]);
    const closed = { state: 'closed', closedAt: now - 300 * day };
    chief.edit('ticket.close', [{ entity: 'ticket', id: 'own', fields: closed }]);
    await chief.exchange();
    const page = await ada.pull();
    expect(page.entries.map(({ entry }) => dotOfEntry(entry))).toContain(`${taken.device}:${taken.seq}`);
    expect(page.enter.map(recordKey)).toEqual(['ticket/other', 'ticket-entry/said']);
    expect(page.leave.map(recordKey)).toEqual(['ticket/own']);
    expect(ada.replica.records.get('ticket/other')).toEqual(chief.replica.records.get('ticket/other'));
  });

  it('stands still for weeks, then lets go of what was finished long ago', async () => {
    await choose({ closedDays: 90 });
    const scopes: string[] = [];
    for (let week = 0; week < 16; week += 1) {
      now += 7 * day;
      await office.enrolAgain(ada);
      scopes.push((await ada.hello()).scope);
    }
    expect(new Set(scopes).size).toBeGreaterThanOrEqual(4);
    expect(new Set(scopes).size).toBeLessThanOrEqual(5);
    expect(await listed()).not.toContain('closed-lately');
  });
});
