import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { makeDataSet } from '../../data/tickets.ts';
import type { RxCheckpoint, RxPushed, RxRow } from './rx-rows.ts';

/**
 * A server for RxDB's HTTP replication as its documentation shows: pull by checkpoint, push with the state assumed.
 * It keeps the rows in memory and answers zipped: FOLDER OF THE PEERS (not needed), TICKETS.
 */
const zip = promisify(gzip);
process.on('SIGTERM', () => process.exit(0));

class Rows {
  readonly #byId: Map<string, RxRow>;
  #ordered: RxRow[];

  constructor(rows: readonly RxRow[]) {
    this.#byId = new Map(rows.map((row) => [row.id, row]));
    this.#ordered = rows.toSorted(compare);
  }

  after(checkpoint: RxCheckpoint, limit: number): readonly RxRow[] {
    let [low, high] = [0, this.#ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#ordered[middle];
      if (row && compare(row, checkpoint) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.#ordered.slice(low, low + limit);
  }

  /** The states of those that were not what the desk assumed. */
  take(pushed: readonly RxPushed[]): readonly RxRow[] {
    const conflicts: RxRow[] = [];
    for (const { newDocumentState, assumedMasterState } of pushed) {
      const held = this.#byId.get(newDocumentState.id);
      if (held && held.at !== assumedMasterState?.at) conflicts.push(held);
      else this.#byId.set(newDocumentState.id, newDocumentState);
    }
    this.#ordered = [...this.#byId.values()].sort(compare);
    return conflicts;
  }
}

function compare(left: RxCheckpoint, right: RxCheckpoint): number {
  return left.at - right.at || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

const data = makeDataSet(Number(process.argv[3]));
const collections: Readonly<Record<string, Rows>> = {
  tickets: new Rows(data.tickets.map((row) => ({ ...row, at: row.updatedAt }))),
  comments: new Rows(data.comments.map((row) => ({ ...row, at: row.writtenAt }))),
};

async function answer(request: http.IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const rows = collections[url.pathname.slice(1)];
  if (!rows) throw new Error(`there is no collection ${url.pathname}`);
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return rows.take(JSON.parse(Buffer.concat(chunks).toString('utf8')) as readonly RxPushed[]);
  }
  const read = (name: string): string => url.searchParams.get(name) ?? '';
  const documents = rows.after({ at: Number(read('at')), id: read('id') }, Number(read('limit')));
  const last = documents.at(-1);
  return { documents, checkpoint: last ? { at: last.at, id: last.id } : null };
}

const server = http.createServer((request, response) => {
  void answer(request).then(
    async (value) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(await zip(JSON.stringify(value)));
    },
    (error: unknown) => response.writeHead(400).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
