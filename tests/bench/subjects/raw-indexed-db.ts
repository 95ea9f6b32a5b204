import { makeComment, makeDataSet, queueId, recordsPerTicket, ticketId } from '../data/tickets.ts';
import type { CommentRow, TicketRow } from '../data/tickets.ts';
import { priorities, ticketStates } from '../../../shared/domain/ticket/ticket.ts';
import type { OwnOperations } from './own-operations.ts';
import { loadBatch, pageSize } from './subject.ts';
import type { Subject } from './subject.ts';

const greatest = Number.MAX_VALUE;

/**
 * The usual layout by hand: a record a row, an index for each view. Durability as the web default or strict. With
 * `own`, it keeps the promise that this program keeps: an operation for each record, and the journal.
 */
export function createRawSubject(durability: IDBTransactionDurability, own: OwnOperations | null = null): Subject {
  let database: IDBDatabase | null = null;
  const stores = (mode: IDBTransactionMode): IDBTransaction =>
    opened(database).transaction(['tickets', 'comments', 'ops'], mode, { durability });
  const tickets = (): IDBObjectStore => opened(database).transaction('tickets').objectStore('tickets');
  let comments = 0;
  return {
    load: async ({ tickets: wanted, begin, end }) => {
      database = await openRaw();
      await own?.open();
      const data = makeDataSet(wanted);
      await begin();
      const began = performance.now();
      for (let at = 0; at < wanted; at += loadBatch) {
        const transaction = stores('readwrite');
        const perTicket = recordsPerTicket - 1;
        const rows = data.tickets.slice(at, at + loadBatch);
        const comments = data.comments.slice(at * perTicket, (at + loadBatch) * perTicket);
        for (const row of rows) transaction.objectStore('tickets').put(row);
        for (const row of comments) transaction.objectStore('comments').put(row);
        const lines = own ? [...rows, ...comments].map(({ id, ...fields }) => own.seal('record', id, fields)) : [];
        for (const line of lines) transaction.objectStore('ops').put(line);
        await Promise.all([completed(transaction), own?.append(lines)]);
      }
      const ms = performance.now() - began;
      await end();
      return { records: wanted * recordsPerTicket, ms };
    },
    open: async () => {
      await own?.open();
      database = await openRaw();
    },
    page: async (queue) => (await readPage(tickets().index('queue'), queue)).length,
    count: (queue) =>
      answered(
        tickets()
          .index('queue')
          .count(IDBKeyRange.bound([queueId(queue), 'closed', 0], [queueId(queue), 'closed', greatest])),
      ),
    group: async () => {
      const index = tickets().index('priority');
      const keys = ticketStates.flatMap((state) => priorities.map((priority) => [state, priority]));
      const counts = await Promise.all(keys.map((key) => answered(index.count(key))));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    record: async (ticket) => {
      const transaction = opened(database).transaction(['tickets', 'comments']);
      const id = ticketId(ticket);
      await Promise.all([
        answered(transaction.objectStore('tickets').get(id)),
        answered(
          transaction
            .objectStore('comments')
            .index('ticket')
            .getAll(IDBKeyRange.bound([id, 0], [id, greatest])),
        ),
      ]);
    },
    save: (ticket) => saveAction(stores('readwrite'), ticket, ++comments, own),
    close: () => {
      database?.close();
      return Promise.resolve();
    },
  };
}

async function saveAction(
  transaction: IDBTransaction,
  ticket: number,
  turn: number,
  own: OwnOperations | null,
): Promise<void> {
  let journal: Promise<void> | undefined;
  const store: IDBObjectStore = transaction.objectStore('tickets');
  const read: IDBRequest<TicketRow> = store.get(ticketId(ticket));
  read.addEventListener('success', () => {
    const row = toggled(read.result);
    store.put(row);
    const comment = freshComment(ticket, turn);
    const line = own?.seal('ticket', row.id, { state: row.state, comment: comment.body });
    if (line !== undefined) journal = own?.append([line]);
    transaction.objectStore('ops').add(line ?? actionOf(row));
    transaction.objectStore('comments').put(comment);
    transaction.commit();
  });
  await completed(transaction);
  await journal;
}

/** The ticket on hold, or back to work. */
export function toggled(row: TicketRow): TicketRow {
  return { ...row, state: row.state === 'on-hold' ? 'in-progress' : 'on-hold', updatedAt: Date.now() };
}

export interface ActionRow {
  readonly ticket: string;
  readonly patch: { readonly state: string };
  readonly at: number;
}

export function actionOf(row: TicketRow): ActionRow {
  return { ticket: row.id, patch: { state: row.state }, at: row.updatedAt };
}

/** A comment nobody has written yet. */
export function freshComment(ticket: number, turn: number): CommentRow {
  return {
    ...makeComment(ticket, 0),
    id: `${Date.now()}-${turn}-${Math.floor(Math.random() * 1e9)}`,
    writtenAt: Date.now(),
  };
}

function readPage(index: IDBIndex, queue: number): Promise<readonly TicketRow[]> {
  const range = IDBKeyRange.bound([queueId(queue), 'in-progress', 0], [queueId(queue), 'in-progress', greatest]);
  return new Promise((resolve, reject) => {
    const rows: TicketRow[] = [];
    const request = index.openCursor(range, 'prev');
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('cursor failed'));
    });
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (cursor) rows.push(cursor.value);
      if (cursor && rows.length < pageSize) cursor.continue();
      else resolve(rows);
    });
  });
}

function openRaw(): Promise<IDBDatabase> {
  const request = indexedDB.open('raw', 1);
  request.addEventListener('upgradeneeded', () => {
    const tickets = request.result.createObjectStore('tickets', { keyPath: 'id' });
    tickets.createIndex('updatedAt', 'updatedAt');
    tickets.createIndex('state', ['state', 'updatedAt']);
    tickets.createIndex('assignee', ['assignee', 'state', 'updatedAt']);
    tickets.createIndex('queue', ['queue', 'state', 'updatedAt']);
    tickets.createIndex('priority', ['state', 'priority']);
    request.result.createObjectStore('comments', { keyPath: 'id' }).createIndex('ticket', ['ticket', 'writtenAt']);
    request.result.createObjectStore('ops', { autoIncrement: true });
  });
  return answered(request);
}

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('request failed'));
    });
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', () => {
      reject(transaction.error ?? new Error('transaction aborted'));
    });
  });
}

function opened(database: IDBDatabase | null): IDBDatabase {
  if (!database) throw new Error('open the store first');
  return database;
}
