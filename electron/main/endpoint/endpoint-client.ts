import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EndpointBody, EndpointFailure } from '../../../shared/desktop-endpoint.ts';
import { linesMediaType, problemSchema } from '../../../shared/sync/protocol.ts';
import { classifyFetchError, EndpointError, failureOf, problemFailure } from './failures.ts';
import { parseJson } from './parse-json.ts';
import { readBody, within } from './read-body.ts';
import { readRetryAfter } from './retry-after.ts';

const zip = promisify(gzip);

/** `fetch` of Electron's session, or Node's in tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The network and the clock, passed in. */
export interface Network {
  readonly fetch: Fetch;
  /** Whether the system says that it has a network. */
  readonly online: () => boolean;
  /** Wall time in ms. */
  readonly now: () => number;
}

export interface EndpointRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the endpoint's address, beginning with a slash. */
  readonly path: string;
  readonly accessToken?: string;
  readonly json?: unknown;
  /** NDJSON, sent zipped. */
  readonly lines?: string;
  /** The rest of a file from a byte on, if it still is the one of this tag; else all of it. */
  readonly rest?: { readonly from: number; readonly tag: string };
}

/** Kinds of answers an endpoint gives; a file only where one was asked for. */
const answerTypes: readonly string[] = ['application/json', linesMediaType, 'text/event-stream'];
export const fileType = 'application/gzip';

/** The slowest line (bytes a second) that is waited for: 30 kbit/s, halved. */
const slowestBytesPerSecond = 1_875;
const silenceMs = 30_000;

/**
 * One request to an endpoint. Never follows a redirect, sends no cookie, takes only JSON, lines of JSON or an event
 * stream for an answer. Throws an `EndpointError` for everything else.
 */
export class EndpointClient {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Asks and reads the whole answer; one that was cut is a failure. */
  async ask(root: string, request: EndpointRequest): Promise<EndpointBody> {
    const began = this.#network.now();
    const sent = await bodyOf(request);
    const abort = new AbortController();
    try {
      const response = await this.#fetch(root, request, sent, abort.signal);
      const body = await readBody(response, silenceMs);
      const text = decode(body);
      if (!response.ok) throw new EndpointError(refusalOf(response, text, this.#network.now()));
      if (!isWhole(response, text))
        throw new EndpointError(failureOf('unreachable', 'the answer was cut before its end'));
      const length = Number(response.headers.get('content-length') ?? Number.NaN);
      const receivedBytes = Number.isSafeInteger(length) ? length : body.length;
      return { text, sentBytes: sent?.length ?? 0, receivedBytes, ms: this.#network.now() - began };
    } catch (error) {
      abort.abort();
      throw this.classify(error);
    }
  }

  /** What kept a request, or the rest of its answer, away. */
  classify(error: unknown): EndpointError {
    return new EndpointError(classifyFetchError(error, this.#network.online()));
  }

  /** Opens an event stream, or a file; its end is the caller's. `signal` ends it. */
  async openStream(root: string, request: EndpointRequest, signal: AbortSignal, type?: string): Promise<Response> {
    try {
      const response = await this.#fetch(root, request, undefined, signal, type);
      if (response.ok) return response;
      throw new EndpointError(refusalOf(response, decode(await readBody(response, silenceMs)), this.#network.now()));
    } catch (error) {
      throw this.classify(error);
    }
  }

  async #fetch(
    root: string,
    { method, path, accessToken, lines, rest }: EndpointRequest,
    body: Uint8Array<ArrayBuffer> | undefined,
    signal: AbortSignal,
    type?: string,
  ): Promise<Response> {
    const types = type === undefined ? answerTypes : [...answerTypes, type];
    const headers: Record<string, string> = { accept: types.join(', ') };
    if (rest !== undefined) {
      headers['range'] = `bytes=${rest.from}-`;
      headers['if-range'] = rest.tag;
    }
    if (accessToken !== undefined) headers['authorization'] = `Bearer ${accessToken}`;
    if (body !== undefined) headers['content-type'] = lines === undefined ? 'application/json' : linesMediaType;
    if (lines !== undefined) headers['content-encoding'] = 'gzip';
    const limitMs = silenceMs + ((body?.length ?? 0) / slowestBytesPerSecond) * 1_000;
    const options = { method, headers, signal, redirect: 'error', credentials: 'omit', cache: 'no-store' } as const;
    const asking = this.#network.fetch(`${root}${path}`, { ...options, ...(body === undefined ? {} : { body }) });
    const response = await within(asking, limitMs);
    const failure = strangerOf(response, types, this.#network.now());
    if (failure !== null) throw new EndpointError(failure);
    return response;
  }
}

async function bodyOf({ json, lines }: EndpointRequest): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (lines !== undefined) return Uint8Array.from(await zip(lines));
  return json === undefined ? undefined : Uint8Array.from(Buffer.from(JSON.stringify(json)));
}

/** Answers that do not come from an endpoint: from a proxy, from a page to sign in to a network, from a web site. */
function strangerOf(response: Response, types: readonly string[], now: number): EndpointFailure | null {
  const { status } = response;
  if (status === 407) return failureOf('proxy-auth', 'the proxy asks for a name and a password');
  if (status === 511 || (status >= 300 && status < 400))
    return failureOf('captive-portal', `expected an answer, found status ${status}`);
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (types.includes(type)) return null;
  // A gateway in front of an endpoint that is down answers so.
  if (status === 502 || status === 503 || status === 504)
    return failureOf('unreachable', `the gateway answered ${status}`, { retryAfterMs: readRetryAfter(response, now) });
  return failureOf('captive-portal', `expected JSON, found ${/^[\w.+/-]{1,60}$/.test(type) ? type : 'no media type'}`);
}

function refusalOf(response: Response, text: string, now: number): EndpointFailure {
  const retryAfterMs = readRetryAfter(response, now);
  const parsed = problemSchema.safeParse(parseJson(text));
  if (parsed.success) return problemFailure(parsed.data, retryAfterMs);
  return failureOf('unreachable', `status ${response.status} without a problem of this protocol`, { retryAfterMs });
}

/** The transfer itself does not always tell: a proxy may end a body early in good order. */
function isWhole(response: Response, text: string): boolean {
  const isLines = response.headers.get('content-type')?.startsWith(linesMediaType) === true;
  return isLines ? text.endsWith('\n') : parseJson(text) !== undefined;
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new EndpointError(failureOf('unreachable', 'the answer was cut inside a character'));
  }
}
