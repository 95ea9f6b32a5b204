import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { ZodError } from 'zod';
import { problemStatus, protocolLimits, type Problem } from '../../shared/sync/protocol.ts';
import { collectDaily } from '../blobs/collect-daily.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import { Presence } from '../presence/presence.ts';
import { Caretaker, defaultCare, type CareOptions } from '../snapshot/caretaker.ts';
import { StoreUnavailable } from '../store/sql-driver.ts';
import { addAdminRoutes } from './admin-routes.ts';
import { addBlobRoutes } from './blob-routes.ts';
import { addEventRoutes } from './event-routes.ts';
import { addIdentityRoutes } from './identity-routes.ts';
import { addLineBodies } from './line-bodies.ts';
import { addPresenceRoutes } from './presence-routes.ts';
import { findRequester } from './request-limits.ts';
import { addSyncRoutes } from './sync-routes.ts';
import { addStorageRoutes } from './storage-routes.ts';
import { Watch } from './watch.ts';
import { addStatusRoutes } from './status-routes.ts';

export interface AppOptions {
  /** Structured logs; false for none. They never hold bodies. */
  readonly log: boolean;
  readonly requestsPerMinute: number;
  readonly loginsPerMinute: number;
  /** PEM texts. Without them the endpoint speaks plain HTTP: behind a proxy, or on this machine only. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  readonly version: string;
  /** How snapshots are made and the log goes cold. */
  readonly care: CareOptions;
  /** Whether that is done by itself, beside the requests; else only when an administrator asks. */
  readonly takesCare: boolean;
}

export const defaultAppOptions: AppOptions = {
  log: false,
  requestsPerMinute: protocolLimits.requestsPerMinute,
  loginsPerMinute: protocolLimits.loginsPerMinute,
  tls: null,
  version: '0',
  care: defaultCare,
  takesCare: false,
};

/** The HTTP side of an endpoint, not listening yet. Closing it ends the event streams; the store stays open. */
export async function buildApp(endpoint: Endpoint, options: AppOptions = defaultAppOptions): Promise<FastifyInstance> {
  const serverOptions: FastifyServerOptions & { https?: unknown; http?: unknown } = {
    logger: options.log ? { level: 'info', redact: ['req.headers.authorization'] } : false,
    bodyLimit: protocolLimits.pushBytes,
    // Slow senders: headers and body must be here in this time.
    requestTimeout: 60_000,
    connectionTimeout: 0,
    keepAliveTimeout: 70_000,
    // Event streams would keep a stop waiting for ever.
    forceCloseConnections: true,
    // Addresses that cannot be read fail before any route: they get the same kind of answer.
    frameworkErrors: (error, _request, reply) => sendProblem(error, reply),
    ...(options.tls ? { https: options.tls } : { http: { maxHeaderSize: protocolLimits.headerBytes } }),
  };
  const app: FastifyInstance = Fastify(serverOptions as FastifyServerOptions);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error);
    if (problem.code === 'internal') request.log.error(error);
    void reply.code(problemStatus[problem.code]).send(problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const problem: Problem = {
      code: 'not-found',
      expected: 'an address of this protocol',
      where: request.url.split('?')[0] ?? '',
      action: 'See /openapi.json.',
    };
    void reply.code(404).send(problem);
  });
  await app.register(rateLimit, {
    global: true,
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: async (request) => await findRequester(endpoint, request),
    errorResponseBuilder: (_request, context) =>
      new ProblemError(
        'too-many-requests',
        `at most ${context.max} requests a minute`,
        'header',
        `Wait ${context.after}.`,
      ),
  });
  await app.register(swagger, {
    openapi: {
      info: { title: 'Holdfast endpoint', version: options.version },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  addLineBodies(app);
  const watch = new Watch(endpoint);
  const presence = new Presence(endpoint.store, endpoint.now);
  const caretaker = new Caretaker(endpoint, options.care, (error) => app.log.error(error));
  const stopCollecting = collectDaily(endpoint, (error) => app.log.error(error));
  app.addHook('onClose', async () => {
    watch.stop();
    presence.stop();
    stopCollecting();
    await caretaker.stop();
  });
  await app.register(async (routes) => {
    addIdentityRoutes(routes, endpoint, options.loginsPerMinute);
    addSyncRoutes(routes, endpoint, watch, options.requestsPerMinute * protocolLimits.pagesPerRequest);
    addEventRoutes(routes, endpoint, watch, presence);
    await addBlobRoutes(routes, endpoint, options.requestsPerMinute * 10);
    addPresenceRoutes(routes, endpoint, presence, Math.ceil(options.requestsPerMinute / 2));
    addAdminRoutes(routes, endpoint);
    addStorageRoutes(routes, endpoint, { care: options.care, caretaker, watch });
    addStatusRoutes(routes, endpoint, watch);
  });
  await app.ready();
  if (options.takesCare) caretaker.start();
  return app;
}

function sendProblem(error: unknown, reply: FastifyReply): void {
  const problem = asProblem(error);
  void reply.code(problemStatus[problem.code]).send(problem);
}

const clientCodes: Readonly<Record<string, Problem['code']>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-media-type',
};

function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof StoreUnavailable)
    return { code: 'busy', expected: 'a store that answers', where: 'endpoint', action: 'Try again in a minute.' };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const where = `${error.validationContext ?? 'request'}${(issue?.instancePath ?? '').replaceAll('/', '.')}`;
    return {
      code: 'bad-request',
      expected: issue?.message ?? '',
      where,
      action: 'Correct the request; see /openapi.json.',
    };
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const code = error instanceof Error && 'code' in error ? clientCodes[String(error.code)] : undefined;
  if (status >= 400 && status < 500 && !(error instanceof ZodError) && error instanceof Error)
    return { code: code ?? 'bad-request', expected: error.message, where: 'request', action: 'Correct the request.' };
  return {
    code: 'internal',
    expected: 'no fault of the endpoint',
    where: 'endpoint',
    action: 'Try again later; the administrator finds the fault in the log.',
  };
}
