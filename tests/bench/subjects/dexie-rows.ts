import { Dexie, liveQuery } from 'dexie';
import type { Collection, Table } from 'dexie';
import { priorities, ticketStates } from '../../../shared/domain/ticket/ticket.ts';
import { makeDataSet, queueId, recordsPerTicket, ticketId } from '../data/tickets.ts';
import type { CommentRow, TicketRow } from '../data/tickets.ts';
import { actionOf, freshComment, toggled } from './raw-indexed-db.ts';
import type { ActionRow } from './raw-indexed-db.ts';
import { loadBatch, pageSize } from './subject.ts';
import type { Subject } from './subject.ts';

class RowDatabase extends Dexie {
  declare readonly tickets: Table<TicketRow, string>;
  declare readonly comments: Table<CommentRow, string>;
  declare readonly ops: Table<ActionRow, number>;
}

/** Dexie as its documentation shows it: a record a row, an index for each view. */
export function createDexieSubject(durability: 'relaxed' | 'strict'): Subject {
  const database = new RowDatabase('dexie', { chromeTransactionDurability: durability });
  database.version(1).stores({
    tickets: 'id, updatedAt, [state+updatedAt], [assignee+state+updatedAt], [queue+state+updatedAt], [state+priority]',
    comments: 'id, [ticket+writtenAt]',
    ops: '++',
  });
  const inProgress = (queue: number): Collection<TicketRow, string> =>
    database.tickets
      .where('[queue+state+updatedAt]')
      .between([queueId(queue), 'in-progress', 0], [queueId(queue), 'in-progress', Dexie.maxKey])
      .reverse();
  const readPage = (queue: number): Promise<readonly TicketRow[]> => inProgress(queue).limit(pageSize).toArray();
  let turn = 0;
  return {
    load: async ({ tickets, begin, end }) => {
      await database.open();
      const data = makeDataSet(tickets);
      await begin();
      const began = performance.now();
      const perTicket = recordsPerTicket - 1;
      for (let at = 0; at < tickets; at += loadBatch) {
        await database.transaction('rw', database.tickets, database.comments, () =>
          Promise.all([
            database.tickets.bulkAdd(data.tickets.slice(at, at + loadBatch)),
            database.comments.bulkAdd(data.comments.slice(at * perTicket, (at + loadBatch) * perTicket)),
          ]),
        );
      }
      const ms = performance.now() - began;
      await end();
      return { records: tickets * recordsPerTicket, ms };
    },
    open: async () => {
      await database.open();
    },
    page: async (queue) => (await readPage(queue)).length,
    count: (queue) =>
      database.tickets
        .where('[queue+state+updatedAt]')
        .between([queueId(queue), 'closed', 0], [queueId(queue), 'closed', Dexie.maxKey])
        .count(),
    group: () =>
      database.transaction('r', database.tickets, async () => {
        const keys = ticketStates.flatMap((state) => priorities.map((priority) => [state, priority]));
        const counts = await Promise.all(
          keys.map((key) => database.tickets.where('[state+priority]').equals(key).count()),
        );
        return counts.reduce((sum, count) => sum + count, 0);
      }),
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([
        database.tickets.get(id),
        database.comments.where('[ticket+writtenAt]').between([id, 0], [id, Dexie.maxKey]).toArray(),
      ]);
    },
    save: (ticket) =>
      database.transaction('rw', database.tickets, database.ops, database.comments, async () => {
        const row = await database.tickets.get(ticketId(ticket));
        if (!row) throw new Error(`ticket ${ticket} is missing`);
        const changed = toggled(row);
        await Promise.all([
          database.tickets.put(changed),
          database.ops.add(actionOf(changed)),
          database.comments.put(freshComment(ticket, ++turn)),
        ]);
      }),
    watch: (queue, heard) =>
      new Promise((resolve, reject) => {
        let first = true;
        const subscription = liveQuery(() => readPage(queue)).subscribe({
          next: () => {
            if (!first) heard();
            else
              resolve(() => {
                subscription.unsubscribe();
              });
            first = false;
          },
          error: reject,
        });
      }),
    touch: async (queue, number) => {
      const row = await inProgress(queue).first();
      if (row) await database.tickets.put({ ...row, category: `Category ${number}`, updatedAt: Date.now() + number });
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}
