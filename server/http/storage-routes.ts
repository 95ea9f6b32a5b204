import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problemSchema } from '../../shared/sync/protocol.ts';
import {
  purgeAnswerSchema,
  purgeRequestSchema,
  snapshotInfoSchema,
  storageStatusSchema,
} from '../../shared/sync/protocol-storage.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import { purgeFromSpace, readStorage } from '../snapshot/storage.ts';
import type { CareOptions, Caretaker } from '../snapshot/caretaker.ts';
import { makeSnapshot } from '../snapshot/make-snapshot.ts';
import { findAdministrator } from './signed-in.ts';
import type { Watch } from './watch.ts';

const security = [{ token: [] }];
const failures = { '4xx': problemSchema, '5xx': problemSchema };

/** What the endpoint keeps: looked at and cleared by administrators. The command line does the same. */
export function addStorageRoutes(
  app: FastifyInstance,
  endpoint: Endpoint,
  { care, caretaker, watch }: { readonly care: CareOptions; readonly caretaker: Caretaker; readonly watch: Watch },
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get('/v1/admin/storage', {
    schema: {
      summary: 'Log, snapshots and backups',
      security,
      response: { 200: storageStatusSchema, ...failures },
    },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      return await readStorage(endpoint, care);
    },
  });

  routes.post('/v1/admin/snapshots', {
    schema: { summary: 'Make a snapshot now', security, response: { 200: snapshotInfoSchema, ...failures } },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      const made = await makeSnapshot(endpoint.store, { now: endpoint.now, rest: 1 });
      if (made === null) throw beingMade();
      return { position: made.position, createdAt: made.madeAt ?? 0, bytes: made.bytes, parts: made.parts };
    },
  });

  routes.post('/v1/admin/purges', {
    schema: {
      summary: 'Empty a record, or what is personal of a person, for good',
      security,
      body: purgeRequestSchema,
      response: { 200: purgeAnswerSchema, ...failures },
    },
    handler: async (request) => {
      const { actor } = await findAdministrator(endpoint, request);
      const answer = await purgeFromSpace(endpoint, request.body, actor.person);
      const { head, epoch } = await endpoint.store.read(async (store) => await store.space());
      watch.tell(head, epoch);
      // Desks that begin now need one that is without it.
      void caretaker.look();
      return answer;
    },
  });
}

function beingMade(): ProblemError {
  return new ProblemError('busy', 'no snapshot under way', 'endpoint', 'One is being made: look again in a minute.');
}
