import type { FastifyInstance } from 'fastify';
import { protocolPaths } from '../../shared/sync/protocol.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Presence } from '../presence/presence.ts';
import { findCaller } from './signed-in.ts';
import type { Watch } from './watch.ts';

/** A stream that says nothing is cut by proxies after a minute. */
const breathEveryMs = 25_000;

/** The stream a desk listens to: that the log grew, and who edits what. Both are hints; what counts is asked for. */
export function addEventRoutes(app: FastifyInstance, endpoint: Endpoint, watch: Watch, presence: Presence): void {
  app.get(protocolPaths.events, {
    schema: { summary: 'Server-sent events: the log grew; who edits what', security: [{ token: [] }] },
    handler: async (request, reply) => {
      const { device } = await findCaller(endpoint, request);
      const { head, epoch } = await endpoint.store.read(async (store) => await store.space());
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const send = (name: string, data: object): void => {
        reply.raw.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      };
      send('head', { epoch, head });
      const stopHeads = watch.listen((now, of) => {
        send('head', { epoch: of, head: now });
        presence.recordsMoved();
      });
      const stopPresence = presence.listen(
        device.device,
        (event) => send('presence', event),
        () => reply.raw.end(),
      );
      const breath = setInterval(() => reply.raw.write(': \n\n'), breathEveryMs).unref();
      request.raw.on('close', () => {
        stopHeads();
        stopPresence();
        clearInterval(breath);
      });
    },
  });
}
