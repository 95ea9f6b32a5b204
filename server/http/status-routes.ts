import type { FastifyInstance } from 'fastify';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import type { Watch } from './watch.ts';

/** For those who run the endpoint: is it well, how much does it do, what does it speak. */
export function addStatusRoutes(app: FastifyInstance, endpoint: Endpoint, watch: Watch): void {
  const requests = new Map<string, { count: number; seconds: number }>();
  app.addHook('onResponse', (request, reply, done) => {
    const labels = `route="${request.routeOptions.url ?? 'none'}",status="${reply.statusCode}"`;
    const sum = requests.get(labels) ?? { count: 0, seconds: 0 };
    requests.set(labels, { count: sum.count + 1, seconds: sum.seconds + reply.elapsedTime / 1000 });
    done();
  });

  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());

  app.get('/healthz', { schema: { hide: true }, config: { rateLimit: false } }, async () => {
    await endpoint.store.read(async (store) => await store.space());
    return { status: 'ok' };
  });

  app.get('/metrics', { schema: { hide: true }, config: { rateLimit: false } }, async (request, reply) => {
    if (!/^(127\.|::1$|::ffff:127\.)/.test(request.ip))
      throw new ProblemError('not-permitted', 'a caller on this machine', 'address', 'Collect metrics locally.');
    const [space, devices] = await endpoint.store.read(
      async (store) => [await store.space(), await store.devices()] as const,
    );
    const lines = [
      '# TYPE holdfast_log_entries gauge',
      `holdfast_log_entries ${space.head}`,
      '# TYPE holdfast_devices gauge',
      `holdfast_devices ${devices.filter(({ revokedAt }) => revokedAt === null).length}`,
      '# TYPE holdfast_event_streams gauge',
      `holdfast_event_streams ${watch.listeners}`,
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '# TYPE holdfast_requests summary',
      ...[...requests].flatMap(([labels, { count, seconds }]) => [
        `holdfast_requests_count{${labels}} ${count}`,
        `holdfast_requests_sum{${labels}} ${seconds.toFixed(6)}`,
      ]),
    ];
    return await reply.header('content-type', 'text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
  });
}
