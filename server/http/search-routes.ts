import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problemSchema, protocolPaths } from '../../shared/sync/protocol.ts';
import { searchAnswerSchema, searchLimits, searchQuerySchema } from '../../shared/sync/protocol-search.ts';
import type { Endpoint } from '../endpoint.ts';
import { findTickets } from './find-tickets.ts';
import { findCaller } from './signed-in.ts';

/** Looking beyond what a desk keeps. Counted apart from the exchange, which must not wait for somebody who types. */
export function addSearchRoutes(app: FastifyInstance, endpoint: Endpoint): void {
  app.withTypeProvider<ZodTypeProvider>().get(protocolPaths.search, {
    config: { rateLimit: { max: searchLimits.requestsPerMinute, timeWindow: 60_000 } },
    schema: {
      summary: 'Tickets the caller may see, by words of their number and title',
      security: [{ token: [] }],
      querystring: searchQuerySchema,
      response: { 200: searchAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const { actor } = await findCaller(endpoint, request);
      const { text, limit } = request.query;
      return await endpoint.store.read(async (store) => await findTickets(store, actor, text, limit));
    },
  });
}
