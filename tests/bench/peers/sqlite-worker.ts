import openSqlite from '@sqlite.org/sqlite-wasm';
import type { SqliteDatabase, SqliteValue } from '@sqlite.org/sqlite-wasm';
import { makeDataSet, recordsPerTicket } from '../data/tickets.ts';
import type { CommentRow, DataSet } from '../data/tickets.ts';
import type { LoadResult } from '../subjects/subject.ts';
import { loadBatch } from '../subjects/subject.ts';

export type { SqliteValue };
export type SqliteRequest =
  | { readonly name: 'open' | 'write' | 'close' }
  | { readonly name: 'prepare'; readonly tickets: number }
  | { readonly name: 'query'; readonly sql: string; readonly bind: readonly SqliteValue[] }
  | { readonly name: 'save'; readonly ticket: string; readonly comment: CommentRow };
export interface SqliteAnswer {
  readonly id: number;
  readonly value: unknown;
  readonly error: string | null;
}

const ticketColumns = [
  'id',
  'reference',
  'number',
  'title',
  'description',
  'type',
  'state',
  'priority',
  'impact',
  'urgency',
  'category',
  'subcategory',
  'caller',
  'queue',
  'assignee',
  'site',
  'channel',
  'openedBy',
  'openedAt',
  'updatedAt',
  'reopenCount',
] as const;
const commentColumns = ['id', 'ticket', 'audience', 'author', 'writtenAt', 'body'] as const;
const insertInto = (table: string, columns: number): string =>
  `INSERT INTO ${table} VALUES(${Array.from({ length: columns }, () => '?').join(',')})`;
const insertTicket = insertInto('tickets', ticketColumns.length + 1);
const insertComment = insertInto('comments', commentColumns.length);

let database: SqliteDatabase | null = null;
let data: DataSet | null = null;

function opened(): SqliteDatabase {
  if (!database) throw new Error('open the store first');
  return database;
}

async function open(): Promise<void> {
  const sqlite = await openSqlite();
  const pool = await sqlite.installOpfsSAHPoolVfs({ initialCapacity: 8 });
  database = new pool.OpfsSAHPoolDb('/tickets.sqlite');
  database.exec({
    sql: `PRAGMA cache_size=-65536; PRAGMA temp_store=memory; PRAGMA synchronous=FULL; PRAGMA locking_mode=exclusive;
      CREATE TABLE IF NOT EXISTS tickets(${ticketColumns.map((name) => (name === 'id' ? 'id TEXT PRIMARY KEY' : name)).join(',')}, tags) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS byUpdate ON tickets(updatedAt);
      CREATE INDEX IF NOT EXISTS byState ON tickets(state, updatedAt);
      CREATE INDEX IF NOT EXISTS byAssignee ON tickets(assignee, state, updatedAt);
      CREATE INDEX IF NOT EXISTS byQueue ON tickets(queue, state, updatedAt);
      CREATE INDEX IF NOT EXISTS byPriority ON tickets(state, priority);
      CREATE TABLE IF NOT EXISTS comments(id TEXT PRIMARY KEY, ticket, audience, author, writtenAt, body) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS byTicket ON comments(ticket, writtenAt);
      CREATE TABLE IF NOT EXISTS ops(seq INTEGER PRIMARY KEY, ticket, patch, at);`,
  });
}

function write({ tickets, comments }: DataSet): LoadResult {
  const db = opened();
  const began = performance.now();
  const perTicket = recordsPerTicket - 1;
  for (let at = 0; at < tickets.length; at += loadBatch) {
    db.exec({ sql: 'BEGIN' });
    const ticket = db.prepare(insertTicket);
    const comment = db.prepare(insertComment);
    for (const row of tickets.slice(at, at + loadBatch))
      ticket.bind([...ticketColumns.map((name) => row[name]), JSON.stringify(row.tags)]).stepReset();
    for (const row of comments.slice(at * perTicket, (at + loadBatch) * perTicket))
      comment.bind(commentColumns.map((name) => row[name])).stepReset();
    ticket.finalize();
    comment.finalize();
    db.exec({ sql: 'COMMIT' });
  }
  return { records: tickets.length * recordsPerTicket, ms: performance.now() - began };
}

function save(ticket: string, comment: CommentRow): void {
  const db = opened();
  const at = Date.now();
  db.exec({ sql: 'BEGIN IMMEDIATE' });
  db.exec({
    sql: "UPDATE tickets SET state = CASE state WHEN 'on-hold' THEN 'in-progress' ELSE 'on-hold' END, updatedAt = ? WHERE id = ?",
    bind: [at, ticket],
  });
  db.exec({ sql: 'INSERT INTO ops(ticket, patch, at) VALUES(?, ?, ?)', bind: [ticket, '{"state":"on-hold"}', at] });
  db.exec({ sql: insertComment, bind: commentColumns.map((name) => comment[name]) });
  db.exec({ sql: 'COMMIT' });
}

async function answer(request: SqliteRequest): Promise<unknown> {
  switch (request.name) {
    case 'open':
      return open();
    case 'prepare':
      data = makeDataSet(request.tickets);
      globalThis.gc?.();
      return null;
    case 'write':
      if (!data) throw new Error('prepare comes before write');
      return write(data);
    case 'query':
      return opened().exec({ sql: request.sql, bind: request.bind, rowMode: 'object', returnValue: 'resultRows' });
    case 'save':
      return save(request.ticket, request.comment);
    case 'close':
      return opened().close();
  }
}

let turn: Promise<void> = Promise.resolve();
onmessage = ({ data: message }: MessageEvent<{ readonly id: number; readonly request: SqliteRequest }>) => {
  turn = turn.then(async () => {
    const reply = (value: unknown, error: string | null): void => {
      postMessage({ id: message.id, value, error } satisfies SqliteAnswer);
    };
    await answer(message.request).then(
      (value) => {
        reply(value, null);
      },
      (error: unknown) => {
        reply(null, error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
};
