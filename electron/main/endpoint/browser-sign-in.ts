import { createHash, randomBytes } from 'node:crypto';
import {
  signInAnswerSchema,
  type EnrolRequest,
  type SignInAnswer,
  type SignInRequest,
} from '../../../shared/sync/protocol-identity.ts';
import { protocolPaths } from '../../../shared/sync/protocol.ts';
import type { EndpointClient } from './endpoint-client.ts';
import { EndpointError, failureOf } from './failures.ts';
import { openLoopbackRedirect } from './loopback-redirect.ts';
import { parseJson } from './parse-json.ts';

/** A person who types a password and a second factor takes a while; who has gone away is not waited for (ms). */
const browserWithinMs = 5 * 60_000;

/** The system's browser, and the window of the program, passed in. */
export interface SignInSurroundings {
  /** Rejects when the address may not be opened, or nothing opens it. */
  readonly openBrowser: (address: string) => Promise<void>;
  /** Brings the program to the front again. */
  readonly comeBack: () => void;
  /** BCP 47: what the page in the browser speaks. */
  readonly locale: string;
  /** Resolves after `ms`, or when the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Signs a person in with the system's browser (RFC 8252): state and PKCE verifier are made here and live as long as this
 * call. Throws an `EndpointError`, also when `signal` ends it.
 * @returns what entitles the device to be enrolled
 */
export async function signInWithBrowser(
  surroundings: SignInSurroundings,
  client: EndpointClient,
  url: string,
  device: string,
  signal: AbortSignal,
): Promise<NonNullable<EnrolRequest['signIn']>> {
  const { openBrowser, comeBack, locale, wait } = surroundings;
  const state = randomBytes(32).toString('base64url');
  const codeVerifier = randomBytes(32).toString('base64url');
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const redirect = await openLoopbackRedirect(state, locale);
  const over = new AbortController();
  try {
    const { redirectUri } = redirect;
    const { address, ticket, expiresInMs } = await begin(client, url, { device, redirectUri, state, codeChallenge });
    if (signal.aborted) throw cancelled();
    await openBrowser(checkAddress(address, url)).catch((error: unknown) => {
      if (error instanceof EndpointError) throw error;
      throw new EndpointError(failureOf('no-browser', error instanceof Error ? error.message : 'unknown error'));
    });
    const late = wait(Math.min(expiresInMs, browserWithinMs), AbortSignal.any([signal, over.signal])).then(() => null);
    const response = await Promise.race([redirect.query, late]);
    if (signal.aborted) throw cancelled();
    if (response === null)
      throw new EndpointError(failureOf('sign-in-timeout', 'the browser did not come back in time'));
    comeBack();
    const refused = new URLSearchParams(response).get('error');
    if (refused !== null) throw new EndpointError(failureOf('sign-in-refused', `the provider said ${quote(refused)}`));
    return { ticket, response, codeVerifier };
  } finally {
    over.abort();
    redirect.close();
  }
}

async function begin(client: EndpointClient, url: string, json: SignInRequest): Promise<SignInAnswer> {
  const { text } = await client.ask(url, { method: 'POST', path: protocolPaths.signIn, json });
  const parsed = signInAnswerSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new EndpointError(failureOf('captive-portal', 'expected the beginning of a sign-in'));
}

/** An endpoint says which page is opened: only one of the web over a line nobody can change, or beside itself here. */
function checkAddress(address: string, endpoint: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHere = url?.protocol === 'http:' && isThisMachine(url) && isThisMachine(new URL(endpoint));
  if (url !== null && (url.protocol === 'https:' || isHere)) return url.href;
  throw new EndpointError(failureOf('no-browser', 'expected an https address of an identity provider'));
}

function isThisMachine({ hostname }: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

function cancelled(): EndpointError {
  return new EndpointError(failureOf('sign-in-cancelled', 'the sign-in was given up'));
}

/** A word of the protocol, for the log: nothing else is let through. */
function quote(word: string): string {
  return /^[\w.-]{1,60}$/.test(word) ? word : 'an unknown error';
}
