import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recordKey } from '../../shared/sync/fold.ts';
import { operationSchema } from '../../shared/sync/operation.ts';
import { problemSchema, protocolPaths, recordNameSchema } from '../../shared/sync/protocol.ts';
import {
  historyAnswerSchema,
  historyQuerySchema,
  recordAnswerSchema,
  recordsAnswerSchema,
  recordsQuerySchema,
} from '../../shared/sync/protocol-records.ts';
import { waitsFor } from '../../shared/sync/quarantine.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import type { Actor } from '../../shared/domain/permissions.ts';
import type { SentRecord } from '../../shared/sync/sent-record.ts';
import { parseState } from '../admission/mirror.ts';
import { sentText } from '../admission/record-trail.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import type { RecordRow, StoreReader } from '../store/store.ts';
import { countBranches } from '../snapshot/snapshot-book.ts';
import { readHeld, readWaiting } from './pull-page.ts';
import { findCaller } from './signed-in.ts';
import { maySee, scopeDigest } from './visibility.ts';

const security = [{ token: [] }];
const place = z.strictObject({ entity: recordNameSchema, id: recordNameSchema });

/** States of records and their history: what a desk asks for when something comes into its view. */
export function addRecordRoutes(app: FastifyInstance, endpoint: Endpoint, pagesPerMinute: number): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(protocolPaths.records, {
    config: { rateLimit: { max: pagesPerMinute, timeWindow: 60_000 } },
    schema: {
      summary: 'States of all the caller may see, by key',
      security,
      querystring: recordsQuerySchema,
      response: { 200: recordsAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const { actor } = await findCaller(endpoint, request);
      return await endpoint.store.read(async (store) => {
        const rows = await store.recordsAfter(request.query.after, request.query.limit);
        const last = rows.length < request.query.limit ? null : (rows.at(-1)?.record ?? null);
        return { ...(await answer(store, actor, rows)), next: last };
      });
    },
  });

  routes.get(`${protocolPaths.records}/:entity/:id`, {
    schema: {
      summary: 'One record with the entries of its log',
      security,
      params: place,
      response: { 200: recordAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const { actor } = await findCaller(endpoint, request);
      return await endpoint.store.read(async (store) => {
        const key = recordKey(request.params);
        const rows = [...(await store.records([key])), ...(await store.partsOf([key]))];
        const found = await answer(store, actor, rows);
        if (!found.records.some((state) => recordKey(state) === key)) throw missing();
        return found;
      });
    },
  });

  routes.get(`${protocolPaths.records}/:entity/:id/history`, {
    schema: {
      summary: 'What was done to a record, newest first',
      security,
      params: place,
      querystring: historyQuerySchema,
      response: { 200: historyAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const { actor } = await findCaller(endpoint, request);
      const { before, limit } = request.query;
      return await endpoint.store.read(async (store) => {
        const key = recordKey(request.params);
        const seen = await answer(store, actor, await store.records([key]));
        if (seen.records.length === 0) throw missing();
        const rows = await store.history(key, before, limit + 1);
        const entries = rows.slice(0, limit).map(({ position, receivedAt, device, seq, body }) => {
          const operation = operationSchema.parse(JSON.parse(body));
          const writes = operation.writes.filter((write) => recordKey(write) === key);
          const dot: `${string}:${number}` = `${device}:${seq}`;
          return { position, receivedAt, dot, operation: { ...operation, writes } };
        });
        return { entries, more: rows.length > limit };
      });
    },
  });
}

async function answer(store: StoreReader, actor: Actor, rows: readonly RecordRow[]) {
  const space = await store.space();
  const owners = new Map<string, RecordState>();
  for (const row of await store.records(rows.flatMap((each) => each.partOf ?? [])))
    owners.set(row.record, parseState(row));
  // Only states that have applied all that is held: the others come after the upgrade that reads what waits for them.
  const waiting = await readWaiting(store);
  const records: SentRecord[] = [];
  for (const row of rows)
    if (maySee(actor, parseState(row), (key) => owners.get(key)) && !waitsFor(waiting, row.record))
      records.push(JSON.parse(await sentText(store, row)) as SentRecord);
  return {
    records,
    held: await readHeld(store),
    head: space.head,
    scope: scopeDigest(actor, await countBranches(store)),
  };
}

/** The same for what is not there and what the caller may not see. */
function missing(): ProblemError {
  return new ProblemError('not-found', 'a record you may see', 'path', 'Look for it by its number.');
}
