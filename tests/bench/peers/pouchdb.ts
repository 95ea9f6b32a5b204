import PouchDB from 'pouchdb-browser';
import type { PouchRow } from 'pouchdb-browser';
import findPlugin from 'pouchdb-find';
import { priorities, ticketStates } from '../../../shared/domain/ticket/ticket.ts';
import { makeDataSet, queueId, recordsPerTicket, ticketId } from '../data/tickets.ts';
import type { TicketRow } from '../data/tickets.ts';
import { actionOf, freshComment, toggled } from '../subjects/raw-indexed-db.ts';
import { loadBatch, pageSize } from '../subjects/subject.ts';
import type { Subject } from '../subjects/subject.ts';

PouchDB.plugin(findPlugin);

type StoredTicket = TicketRow & PouchRow;
const indexes = [
  ['updatedAt'],
  ['state', 'updatedAt'],
  ['assignee', 'state', 'updatedAt'],
  ['queue', 'state', 'updatedAt'],
  ['state', 'priority'],
  ['ticket', 'writtenAt'],
];

/** PouchDB on IndexedDB with its Mango indexes, one store for all kinds, as its documentation shows. */
export function createPouchSubject(): Subject {
  const database = new PouchDB('pouchdb', { adapter: 'idb', auto_compaction: true });
  const count = async (selector: Readonly<Record<string, unknown>>): Promise<number> =>
    (await database.find({ selector, fields: ['_id'], limit: 1_000_000 })).docs.length;
  let turn = 0;
  const write = async (rows: readonly PouchRow[]): Promise<void> => {
    const failed = (await database.bulkDocs(rows)).find((row) => row.error !== undefined);
    if (failed) throw new Error(`bulkDocs: ${JSON.stringify(failed)}`);
  };
  return {
    load: async ({ tickets, begin, end }) => {
      for (const fields of indexes) await database.createIndex({ index: { fields } });
      const data = makeDataSet(tickets);
      await begin();
      const began = performance.now();
      const perTicket = recordsPerTicket - 1;
      for (let at = 0; at < tickets; at += loadBatch) {
        await write(data.tickets.slice(at, at + loadBatch).map((row) => ({ ...row, _id: row.id })));
        await write(
          data.comments.slice(at * perTicket, (at + loadBatch) * perTicket).map((row) => ({ ...row, _id: row.id })),
        );
      }
      const stored = performance.now();
      // Indexes are brought up to date by the first query that needs them.
      await database.find({ selector: { queue: queueId(0), state: 'new', updatedAt: { $gt: 0 } }, limit: 1 });
      await database.find({ selector: { state: 'new', priority: '1' }, limit: 1 });
      await database.find({ selector: { ticket: ticketId(0), writtenAt: { $gt: 0 } }, limit: 1 });
      const ms = performance.now() - began;
      await end();
      return { records: tickets * recordsPerTicket, ms, parts: { rows: stored - began } };
    },
    open: async () => {
      await database.get(ticketId(0));
    },
    page: async (queue) => {
      const sort = [{ queue: 'desc' }, { state: 'desc' }, { updatedAt: 'desc' }] as const;
      return (
        await database.find({
          selector: { queue: queueId(queue), state: 'in-progress', updatedAt: { $gt: 0 } },
          sort,
          limit: pageSize,
        })
      ).docs.length;
    },
    count: (queue) => count({ queue: queueId(queue), state: 'closed', updatedAt: { $gt: 0 } }),
    group: async () => {
      let sum = 0;
      for (const state of ticketStates) for (const priority of priorities) sum += await count({ state, priority });
      return sum;
    },
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([database.get(id), database.find({ selector: { ticket: id, writtenAt: { $gt: 0 } } })]);
    },
    save: async (ticket) => {
      const stored = await database.get<StoredTicket>(ticketId(ticket));
      const changed = { ...stored, ...toggled(stored) };
      const comment = freshComment(ticket, ++turn);
      await write([changed, { ...actionOf(changed), _id: `op-${comment.id}` }, { ...comment, _id: comment.id }]);
    },
    close: () => database.close(),
  };
}
