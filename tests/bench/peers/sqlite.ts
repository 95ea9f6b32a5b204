import { z } from 'zod';
import { queueId, ticketId } from '../data/tickets.ts';
import { loadAnswer } from '../job.ts';
import { freshComment } from '../subjects/raw-indexed-db.ts';
import { pageSize } from '../subjects/subject.ts';
import type { Subject } from '../subjects/subject.ts';
import type { SqliteAnswer, SqliteRequest, SqliteValue } from './sqlite-worker.ts';

const rowsShape = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])));
const countShape = z.tuple([z.object({ n: z.number() })]);

/** SQLite compiled to WebAssembly on the origin's private files, in the worker it needs. */
export function createSqliteSubject(): Subject {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (answer: SqliteAnswer) => void>();
  let lastId = 0;
  let turn = 0;
  worker.onmessage = ({ data }: MessageEvent<SqliteAnswer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  const ask = (request: SqliteRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, ({ value, error }) => {
        if (error === null) resolve(value);
        else reject(new Error(error));
      });
      // A worker takes no target: it has one owner.
      worker.postMessage({ id, request }, []);
    });
  const query = (sql: string, bind: readonly SqliteValue[]): Promise<unknown> => ask({ name: 'query', sql, bind });
  const open = async (): Promise<void> => {
    await ask({ name: 'open' });
  };
  return {
    load: async ({ tickets, begin, end }) => {
      await open();
      await ask({ name: 'prepare', tickets });
      await begin();
      const result = loadAnswer.parse(await ask({ name: 'write' }));
      await end();
      return { records: result.records, ms: result.ms };
    },
    open,
    page: async (queue) =>
      rowsShape.parse(
        await query(
          `SELECT * FROM tickets WHERE queue = ? AND state = 'in-progress' ORDER BY updatedAt DESC LIMIT ${pageSize}`,
          [queueId(queue)],
        ),
      ).length,
    count: async (queue) =>
      countShape.parse(
        await query("SELECT count(*) AS n FROM tickets WHERE queue = ? AND state = 'closed'", [queueId(queue)]),
      )[0].n,
    group: async () =>
      z
        .array(z.object({ n: z.number() }))
        .parse(await query('SELECT state, priority, count(*) AS n FROM tickets GROUP BY 1, 2', []))
        .reduce((sum, { n }) => sum + n, 0),
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([
        query('SELECT * FROM tickets WHERE id = ?', [id]),
        query('SELECT * FROM comments WHERE ticket = ? ORDER BY writtenAt', [id]),
      ]);
    },
    save: async (ticket) => {
      await ask({ name: 'save', ticket: ticketId(ticket), comment: freshComment(ticket, ++turn) });
    },
    close: async () => {
      await ask({ name: 'close' });
      worker.terminate();
    },
  };
}
