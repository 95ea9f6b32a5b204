import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseState } from '../../../server/admission/mirror.ts';
import { revokeDevice } from '../../../server/identity/administration.ts';
import { digestRecords } from '../../../shared/sync/digest.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const newTicket = (id: string, more = {}) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3', ...more },
});
const set = (id: string, fields: Readonly<Record<string, string>>) => ({ entity: 'ticket', id, fields });
const digest = (desk: TestDesk): string => digestRecords(desk.replica.settledRecords());
const titles = (desk: TestDesk, id: string): readonly unknown[] =>
  (desk.replica.records.get(`ticket/${id}`)?.fields['title']?.heads ?? []).map((head) => head.value).toSorted();

describe('a device that two installations use', () => {
  let office: Office;
  let ada: TestDesk;
  let twin: TestDesk;
  let bob: TestDesk;
  beforeEach(async () => {
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    ada = await office.desk('ada', 'desk-agent');
    bob = await office.desk('bob', 'desk-agent');
    ada.edit('ticket.create', [newTicket('t1')]);
    await ada.exchange();
    twin = ada.clone();
  });
  afterEach(async () => await office.close());
  const stored = async (): Promise<string> =>
    digestRecords(
      (await office.endpoint.store.read(async (store) => await store.recordsAfter('', 100))).map(parseState),
    );

  // Which content has the smaller hash is chance: of enough pairs both kinds are met.
  it.each([1, 2, 3, 4, 5, 6])('loses nothing, and everybody becomes equal (%i)', async (number) => {
    const first = ada.edit('ticket.edit', [set('t1', { title: `Ada ${number}` })]);
    ada.edit('ticket.create', [newTicket('t2', { title: 'only Ada’s' })]);
    const second = twin.edit('ticket.edit', [set('t1', { title: `twin ${number}` })]);
    twin.edit('ticket.create', [newTicket('t3', { title: 'only the twin’s' })]);
    twin.edit('ticket.edit', [set('t3', { title: 'the twin’s again' })]);
    await ada.exchange();
    await bob.exchange();
    for (const desk of [twin, ada, bob, twin, bob]) await desk.exchange();
    expect(titles(bob, 't1')).toEqual([`Ada ${number}`, `twin ${number}`]);
    expect(titles(bob, 't3')).toEqual(['the twin’s again']);
    expect([digest(ada), digest(twin), await stored()]).toEqual([digest(bob), digest(bob), digest(bob)]);
    const smaller = [first, second].map(hashOperation).toSorted()[0];
    expect((await bob.hello()).forks).toEqual({ [ada.device]: { seq: 2, hash: smaller } });
    const fresh = await office.desk('carl', 'desk-agent');
    await fresh.exchange();
    expect(digest(fresh)).toBe(digest(bob));
  });

  it.each([1, 2, 3, 4, 5, 6])('loses nothing when a losing chain parts in itself (%i)', async (number) => {
    const made = (desk: TestDesk, id: string) =>
      ({ type: 'operation', operation: desk.edit('ticket.create', [newTicket(id)]) }) as const;
    const alone = [made(ada, `alone-${number}`)];
    const common = [made(twin, `in-common-${number}`)];
    const third = twin.clone();
    const left = [...common, made(twin, 'left'), made(twin, 'left-again')];
    const right = [...common, made(third, 'right'), made(third, 'right-again')];
    // Which of the chains loses the name is chance: with hers first, it is often theirs, as a whole.
    const first = number > 1 ? ([[ada, alone]] as const) : [];
    const pushes = [...first, [twin, left], [third, right], [ada, alone], [twin, left], [third, right]] as const;
    for (const [desk, lines] of pushes) expect((await desk.push(desk.pushLines(lines))).need).toEqual({});
    const rows = await office.endpoint.store.read(async (store) => await store.recordsAfter('', 100));
    const ids = [`alone-${number}`, `in-common-${number}`, 'left', 'left-again', 'right', 'right-again', 't1'];
    const held = rows.map(({ record }) => record).filter((record) => record.startsWith('ticket/'));
    expect(held.toSorted()).toEqual(ids.map((id) => `ticket/${id}`).toSorted());
  });

  it('keeps what was refused out of sight in either chain, and goes on behind it', async () => {
    const rita = await office.desk('rita', 'requester');
    ada.edit('ticket.edit', [set('t1', { caller: 'rita' })]);
    await ada.exchange();
    await rita.exchange();
    const clone = rita.clone();
    for (const [desk, name] of [
      [rita, 'first'],
      [clone, 'second'],
    ] as const) {
      desk.edit('ticket.create', [newTicket(`of-${name}`, { openedBy: 'rita', caller: 'rita' })]);
      desk.edit('ticket.edit', [set('t1', { title: `forbidden ${name}` })]);
      desk.edit('ticket.create', [newTicket(`after-${name}`, { openedBy: 'rita', caller: 'rita' })]);
    }
    for (const desk of [rita, clone, rita, clone, ada, bob]) await desk.exchange();
    for (const id of ['of-first', 'of-second', 'after-first', 'after-second'])
      expect([id, titles(bob, id)]).toEqual([id, [`About ${id}`]]);
    expect(titles(bob, 't1')).toEqual(['About t1']);
    expect([digest(ada), await stored()]).toEqual([digest(bob), digest(bob)]);
    const rows = await office.endpoint.store.read(async (store) => await store.page(0, 100, 1e6));
    expect(rows.map((row) => row.body).join('')).not.toContain('forbidden');
  });

  it('survives a restart of the endpoint in the middle of it', async () => {
    ada.edit('ticket.edit', [set('t1', { title: 'Ada' })]);
    await ada.exchange();
    const operations = [1, 2, 3].map((count) => twin.edit('ticket.edit', [set('t1', { title: `twin ${count}` })]));
    const lines = operations.map((operation) => ({ type: 'operation', operation }) as const);
    await twin.push(twin.pushLines(lines.slice(0, 2)));
    const url = await office.reopen();
    for (const desk of [ada, twin, bob]) desk.url = url;
    await twin.push(twin.pushLines(lines));
    for (const desk of [twin, ada, bob]) await desk.exchange();
    expect(titles(bob, 't1')).toEqual(['Ada', 'twin 3']);
    expect([digest(ada), digest(twin), await stored()]).toEqual([digest(bob), digest(bob), digest(bob)]);
  });

  it('may leave its id by the old key, without an administrator, once the fork is on record', async () => {
    twin.renew();
    expect((await twin.enrolAsSuccessor(ada)).status).toBe(403);
    ada.edit('ticket.edit', [set('t1', { title: 'Ada' })]);
    await ada.exchange();
    const other = ada.clone();
    other.replica.receive({ type: 'operation', operation: ada.edit('ticket.edit', [set('t1', { title: 'more' })]) });
    await ada.exchange();
    const parted = ada.clone(1);
    parted.edit('ticket.edit', [set('t1', { title: 'parted' })]);
    await parted.exchange();
    expect((await twin.enrolAsSuccessor(bob, ada)).status).toBe(401);
    expect((await twin.enrolAsSuccessor(ada)).status).toBe(200);
    twin.edit('ticket.create', [newTicket('t4')]);
    await twin.exchange();
    await bob.exchange();
    expect(titles(bob, 't4')).toEqual(['About t4']);
    await revokeDevice(office.endpoint, ada.device);
    parted.renew();
    expect((await parted.enrolAsSuccessor(ada)).status).toBe(401);
  });
});

describe('a desk that was used before it was enrolled', () => {
  it('is admitted with the person it was then, and with that person’s record, in any role', async () => {
    const office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    try {
      const rita = await office.desk('rita', 'requester');
      const second = await office.secondDesk('rita', 'before');
      second.edit('record.create', [{ entity: 'person', id: 'before', fields: { name: 'Me', agent: true } }], 'before');
      second.edit('ticket.create', [newTicket('mine', { openedBy: 'before', caller: 'before' })], 'before');
      second.edit('ticket.create', [newTicket('later', { openedBy: 'rita', caller: 'rita' })], 'rita');
      const answer = await second.push(second.pushLines([...second.replica.log.entries()]));
      expect(answer.voids).toEqual([]);
      // Enrolled again, as after a loss of its tokens, it still was who it was.
      second.edit('ticket.create', [newTicket('again', { openedBy: 'before', caller: 'before' })], 'before');
      second.person = 'rita';
      await office.enrolAgain(second);
      await second.exchange();
      expect(second.replica.refused).toEqual([]);
      const posing = rita.edit('ticket.create', [newTicket('posing', { openedBy: 'before' })], 'before');
      expect((await rita.push(rita.pushLines([{ type: 'operation', operation: posing }]))).voids).toMatchObject([
        { code: 'not-your-user' },
      ]);
    } finally {
      await office.close();
    }
  });
});
