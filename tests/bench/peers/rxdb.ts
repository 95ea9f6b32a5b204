import { createRxDatabase } from 'rxdb/plugins/core';
import type { RxCollection, RxDatabase, RxDocument, RxQuery } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { priorities, ticketStates } from '../../../shared/domain/ticket/ticket.ts';
import { makeDataSet, queueId, recordsPerTicket, ticketId } from '../data/tickets.ts';
import type { CommentRow, TicketRow } from '../data/tickets.ts';
import { actionOf, freshComment, toggled } from '../subjects/raw-indexed-db.ts';
import type { ActionRow } from '../subjects/raw-indexed-db.ts';
import { loadBatch, pageSize } from '../subjects/subject.ts';
import type { Subject } from '../subjects/subject.ts';
import { commentSchema, key, ticketSchema } from './rx-schemas.ts';

interface Collections {
  readonly tickets: RxCollection<TicketRow>;
  readonly comments: RxCollection<CommentRow>;
  readonly ops: RxCollection<ActionRow & { readonly id: string }>;
}

const actionSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: key, ticket: key, patch: { type: 'object' }, at: { type: 'number' } },
};

/** RxDB with its Dexie storage (the free one for IndexedDB). It has no transaction over collections. */
export function createRxSubject(): Subject {
  let database: RxDatabase<Collections> | null = null;
  let collections: Collections | null = null;
  let turn = 0;
  const open = async (): Promise<void> => {
    database = await createRxDatabase<Collections>({
      name: 'rxdb',
      storage: getRxStorageDexie(),
      multiInstance: false,
      eventReduce: true,
    });
    collections = await database.addCollections({
      tickets: { schema: ticketSchema },
      comments: { schema: commentSchema },
      ops: { schema: actionSchema },
    });
  };
  const all = (): Collections => {
    if (!collections) throw new Error('open the store first');
    return collections;
  };
  const pageOf = (queue: number): RxQuery<RxDocument<TicketRow>[]> =>
    all().tickets.find({
      selector: { queue: queueId(queue), state: 'in-progress' },
      sort: [{ updatedAt: 'desc' }],
      limit: pageSize,
    });
  return {
    load: async ({ tickets, begin, end }) => {
      await open();
      const data = makeDataSet(tickets);
      await begin();
      const began = performance.now();
      const perTicket = recordsPerTicket - 1;
      for (let at = 0; at < tickets; at += loadBatch) {
        const written = await Promise.all([
          all().tickets.bulkInsert(data.tickets.slice(at, at + loadBatch)),
          all().comments.bulkInsert(data.comments.slice(at * perTicket, (at + loadBatch) * perTicket)),
        ]);
        for (const { error } of written)
          if (error.length > 0) throw new Error(`bulkInsert: ${JSON.stringify(error[0])}`);
      }
      const ms = performance.now() - began;
      await end();
      return { records: tickets * recordsPerTicket, ms };
    },
    open,
    page: async (queue) => (await pageOf(queue).exec()).length,
    count: (queue) =>
      all()
        .tickets.count({ selector: { queue: queueId(queue), state: 'closed' } })
        .exec(),
    group: async () => {
      const pairs = ticketStates.flatMap((state) => priorities.map((priority) => ({ state, priority })));
      const counts = await Promise.all(pairs.map((selector) => all().tickets.count({ selector }).exec()));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([
        all().tickets.findOne(id).exec(),
        all()
          .comments.find({ selector: { ticket: id }, sort: [{ writtenAt: 'asc' }] })
          .exec(),
      ]);
    },
    save: async (ticket) => {
      const document = await all().tickets.findOne(ticketId(ticket)).exec();
      if (!document) throw new Error(`ticket ${ticket} is missing`);
      const row = toggled(document.toJSON());
      const comment = freshComment(ticket, ++turn);
      await Promise.all([
        document.incrementalPatch({ state: row.state, updatedAt: row.updatedAt }),
        all().ops.insert({ ...actionOf(row), id: comment.id }),
        all().comments.insert(comment),
      ]);
    },
    watch: (queue, heard) =>
      new Promise((resolve) => {
        let first = true;
        const subscription = pageOf(queue).$.subscribe(() => {
          if (first)
            setTimeout(() => {
              resolve(() => {
                subscription.unsubscribe();
              });
            }, 0);
          else heard();
          first = false;
        });
      }),
    touch: async (queue, number) => {
      const [document] = await pageOf(queue).exec();
      await document?.incrementalPatch({ category: `Category ${number}`, updatedAt: Date.now() + number });
    },
    close: async () => {
      await database?.close();
    },
  };
}
