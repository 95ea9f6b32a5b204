import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problemSchema, protocolPaths } from '../../shared/sync/protocol.ts';
import { presenceAnswerSchema, presenceLimits, presenceRequestSchema } from '../../shared/sync/protocol-presence.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Presence } from '../presence/presence.ts';
import { findCaller } from './signed-in.ts';

/** What the caller has something unsaved in. Not counted among its other requests: it must never hold up an exchange. */
export function addPresenceRoutes(
  app: FastifyInstance,
  endpoint: Endpoint,
  presence: Presence,
  requestsPerMinute: number,
): void {
  app.withTypeProvider<ZodTypeProvider>().post(protocolPaths.presence, {
    config: { rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } },
    schema: {
      summary: 'Which records the desk has something unsaved in: told to others, kept for seconds, never stored',
      security: [{ token: [] }],
      body: presenceRequestSchema,
      response: { 200: presenceAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const { device } = await findCaller(endpoint, request);
      presence.announce(device.device, request.body.records);
      return { lastsMs: presenceLimits.lastsMs };
    },
  });
}
