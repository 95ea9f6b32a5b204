import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../endpoint.ts';
import { readAccessToken } from '../identity/access-tokens.ts';
import { ProblemError } from '../problem-error.ts';

/**
 * Whose requests are counted together: a device's, when its token is sound, else those of an address. A header that
 * anybody can make up gives no account of its own.
 */
export async function findRequester({ keys, space, now }: Endpoint, request: FastifyRequest): Promise<string> {
  const [, token] = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return `address ${request.ip}`;
  try {
    return `device ${await readAccessToken(keys.tokenSecret, space, token, now())}`;
  } catch (error) {
    if (error instanceof ProblemError) return `address ${request.ip}`;
    throw error;
  }
}
