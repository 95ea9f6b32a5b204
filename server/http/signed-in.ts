import type { FastifyRequest } from 'fastify';
import { findAuthor, type Author } from '../admission/authors.ts';
import type { Endpoint } from '../endpoint.ts';
import { readChosen } from './chosen-scope.ts';
import { notSignedIn, readAccessToken } from '../identity/access-tokens.ts';
import { ProblemError } from '../problem-error.ts';

/** A device is noted as seen at most this often. */
const seenEveryMs = 60_000;

/** Who asks: looked up at every request, so that a revocation holds from the next one on. */
export async function findCaller(endpoint: Endpoint, request: FastifyRequest): Promise<Author> {
  const [, token] = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw notSignedIn();
  const now = endpoint.now();
  const device = await readAccessToken(endpoint.keys.tokenSecret, endpoint.space, token, now);
  const caller = await endpoint.store.read(async (store) => {
    const author = await findAuthor(store, device);
    return author && { ...author, actor: { ...author.actor, ...(await readChosen(store, author, now)) } };
  });
  if (caller === undefined)
    throw new ProblemError(
      'device-revoked',
      'a device in use',
      'header authorization',
      'Ask the administrator for a new code.',
    );
  if (now - (caller.device.seenAt ?? 0) > seenEveryMs)
    await endpoint.store.write(async (store) => {
      const row = await store.device(device);
      if (row) await store.putDevice({ ...row, seenAt: now });
    });
  return caller;
}

/** As `findCaller`, for what only administrators may do. */
export async function findAdministrator(endpoint: Endpoint, request: FastifyRequest): Promise<Author> {
  const caller = await findCaller(endpoint, request);
  if (caller.actor.roles.includes('administrator')) return caller;
  throw new ProblemError('not-permitted', 'the role administrator', 'account', 'Ask an administrator.');
}
