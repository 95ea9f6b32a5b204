import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { BranchBook } from '../../shared/sync/branch-book.ts';
import { schemaVersion } from '../../shared/domain/entities.ts';
import {
  agreeOnVersion,
  helloAnswerSchema,
  helloRequestSchema,
  linesMediaType,
  problemSchema,
  protocolLimits,
  protocolPaths,
  protocolVersions,
  pullQuerySchema,
  pushAnswerSchema,
  type HelloAnswer,
} from '../../shared/sync/protocol.ts';
import { parsePush } from '../../shared/sync/protocol-lines.ts';
import type { Author } from '../admission/authors.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import { countBranches } from '../snapshot/snapshot-book.ts';
import { findSnapshot } from '../snapshot/scoped-snapshot.ts';
import type { StoreReader } from '../store/store.ts';
import { addRecordRoutes } from './record-routes.ts';
import { keepWish } from './chosen-scope.ts';
import { addSnapshotRoutes } from './snapshot-routes.ts';
import { readHeld, writePullPage } from './pull-page.ts';
import { addSearchRoutes } from './search-routes.ts';
import { findCaller } from './signed-in.ts';
import { scopeDigest, type Reader } from './visibility.ts';
import type { Watch } from './watch.ts';

const zip = promisify(gzip);
const security = [{ token: [] }];

export function addSyncRoutes(app: FastifyInstance, endpoint: Endpoint, watch: Watch, pagesPerMinute: number): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  addRecordRoutes(app, endpoint, pagesPerMinute);
  addSnapshotRoutes(app, endpoint);
  addSearchRoutes(app, endpoint);

  routes.post(protocolPaths.hello, {
    schema: {
      summary: 'Begin an exchange: what the endpoint holds',
      security,
      body: helloRequestSchema,
      response: { 200: helloAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const author = await findCaller(endpoint, request);
      const protocol = agreeOnVersion(request.body.protocol);
      if (protocol === undefined)
        throw new ProblemError(
          'versions-do-not-meet',
          `protocol ${protocolVersions.join(' to ')}`,
          'body.protocol',
          'Upgrade the older side. The desk goes on working; nothing is lost.',
        );
      const { wish } = request.body;
      const caller = wish === undefined ? author : await keepWish(endpoint, author, wish);
      return await endpoint.store.read(async (store) => await greet(endpoint, store, caller, protocol));
    },
  });

  routes.post(protocolPaths.push, {
    schema: {
      summary: 'Operations, refusals and attestations, one a line',
      security,
      consumes: [linesMediaType],
      body: z.string(),
      response: { 200: pushAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const caller = await findCaller(endpoint, request);
      const lines = readPush(request.body);
      const answer = await endpoint.admission.push(caller.device.device, lines);
      watch.tell(answer.head, answer.epoch);
      return answer;
    },
  });

  routes.get(protocolPaths.pull, {
    config: { rateLimit: { max: pagesPerMinute, timeWindow: 60_000 } },
    schema: { summary: 'Entries of the log after a position', security, querystring: pullQuerySchema },
    handler: async (request, reply) => {
      const caller = await findCaller(endpoint, request);
      const { epoch, after, limit } = request.query;
      const page = await endpoint.store.read(async (store) => {
        const space = await store.space();
        if (space.epoch !== epoch)
          throw new ProblemError('epoch-changed', space.epoch, 'query.epoch', 'Say hello again; keep everything.');
        if (after < space.minPosition)
          throw new ProblemError('below-retention', `${space.minPosition} or more`, 'query.after', 'Take a snapshot.');
        return await writePullPage(store, endpoint.keys, caller.actor, caller.device.device, after, limit);
      });
      return await sendLines(request, reply, page);
    },
  });
}

async function greet(
  endpoint: Endpoint,
  store: StoreReader,
  { actor, device }: Author,
  protocol: number,
): Promise<HelloAnswer> {
  const space = await store.space();
  const chains = await store.chains();
  const voided = await store.voidings();
  const { forks } = new BranchBook(await store.branches());
  const settled: [string, { seq: number; hash: string }][] = [];
  for (const [of, seq] of forks) settled.push([of, { seq, hash: (await store.hashes(of, seq, seq)).get(seq) ?? '' }]);
  return {
    protocol,
    schemaVersion,
    space: space.id,
    epoch: space.epoch,
    serverTime: endpoint.now(),
    head: space.head,
    minPosition: space.minPosition,
    held: await readHeld(store),
    lastHash: Object.fromEntries(chains.filter(({ seq }) => seq > 0).map(({ device: of, hash }) => [of, hash])),
    attested: Object.fromEntries(
      chains.filter(({ attested }) => attested > 0).map((row) => [row.device, row.attested]),
    ),
    voided: voided.map(({ device: of, seq }): `${string}:${number}` => `${of}:${seq}`),
    forks: Object.fromEntries(settled),
    limits: protocolLimits,
    you: { account: device.account, person: actor.person, roles: [...actor.roles], queues: [...actor.queues] },
    scope: scopeDigest(actor, await countBranches(store)),
    snapshot: await offerSnapshot(store, actor),
  };
}

async function offerSnapshot(store: StoreReader, actor: Reader): Promise<HelloAnswer['snapshot']> {
  const found = await findSnapshot(store, actor);
  return found === undefined
    ? null
    : { hash: found.hash, position: found.row.position, bytes: found.row.bytes, parts: found.row.parts };
}

function readPush(text: string): Parameters<Endpoint['admission']['push']>[1] {
  const parsed = parsePush(text);
  if (!parsed.ok)
    throw new ProblemError(
      'bad-line',
      parsed.failure.message,
      `line ${parsed.failure.line}`,
      'Nothing of this push was taken. Send the other lines without it.',
    );
  // Refusals and signatures that go with the operations do not count among them.
  const operations = parsed.value.filter((line) => line.type === 'entry' && line.entry.type === 'operation').length;
  if (Math.max(operations, parsed.value.length - operations) > protocolLimits.pushOperations)
    throw new ProblemError('too-large', `at most ${protocolLimits.pushOperations} operations`, 'body', 'Send fewer.');
  for (const [index, line] of parsed.value.entries()) {
    if (line.type !== 'entry' || line.entry.type !== 'operation') continue;
    const names = line.entry.operation.writes.flatMap(({ entity, id, fields }) => [entity, id, ...Object.keys(fields)]);
    if (names.some((name) => name.includes('\0') || /\p{Surrogate}/u.test(name)))
      throw new ProblemError(
        'bad-line',
        'names without NUL or half characters',
        `line ${index + 1}`,
        'Correct the name.',
      );
  }
  return parsed.value;
}

async function sendLines(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
  void reply.header('content-type', linesMediaType).header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(text);
  return reply.header('content-encoding', 'gzip').send(await zip(text));
}
