import { beforeEach, describe, expect, it } from 'vitest';
import { EndpointClient, type Network } from '../../../../../electron/main/endpoint/endpoint-client.ts';
import { EndpointError } from '../../../../../electron/main/endpoint/failures.ts';
import { readBody } from '../../../../../electron/main/endpoint/read-body.ts';
import { readRetryAfter } from '../../../../../electron/main/endpoint/retry-after.ts';
import { createSecretSeal } from '../../../../../electron/main/endpoint/secret-seal.ts';

const now = Date.UTC(2026, 0, 1);
let online = true;
let asked: { readonly url: string; readonly init: RequestInit }[] = [];
beforeEach(() => {
  online = true;
  asked = [];
});

function clientWith(answer: () => Response | Promise<Response>): EndpointClient {
  const network: Network = {
    fetch: async (url, init) => {
      asked.push({ url, init });
      return await answer();
    },
    online: () => online,
    now: () => now,
  };
  return new EndpointClient(network);
}

async function failureOf(answer: () => Response | Promise<Response>): Promise<unknown> {
  const error: unknown = await clientWith(answer)
    .ask('https://desk.example.org/base', { method: 'GET', path: '/v1/pull' })
    .catch((thrown: unknown) => thrown);
  return error instanceof EndpointError ? error.failure : error;
}

const chromium = (name: string) => () => {
  throw new Error(`net::${name}`);
};
const page =
  (status: number, type: string, headers: Readonly<Record<string, string>> = {}) =>
  () =>
    new Response('<html>', { status, headers: { 'content-type': type, ...headers } });

describe('what kept a request from its answer', () => {
  it.each([
    ['ERR_CONNECTION_REFUSED', 'unreachable'],
    ['ERR_NAME_NOT_RESOLVED', 'unreachable'],
    ['ERR_CONNECTION_RESET', 'unreachable'],
    ['ERR_CONTENT_LENGTH_MISMATCH', 'unreachable'],
    ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'unreachable'],
    ['ERR_PROXY_CONNECTION_FAILED', 'unreachable'],
    ['ERR_INTERNET_DISCONNECTED', 'offline'],
    ['ERR_NETWORK_CHANGED', 'offline'],
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['ERR_CERT_DATE_INVALID', 'certificate'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'certificate'],
    ['ERR_SSL_PROTOCOL_ERROR', 'certificate'],
    ['ERR_PROXY_AUTH_UNSUPPORTED', 'proxy-auth'],
    ['ERR_UNEXPECTED_PROXY_AUTH', 'proxy-auth'],
    ['ERR_TIMED_OUT', 'timeout'],
    ['ERR_CONNECTION_TIMED_OUT', 'timeout'],
  ])('%s is %s', async (name, kind) => {
    expect(await failureOf(chromium(name))).toMatchObject({ kind, problem: null });
  });

  it('a machine without a network is offline, whatever the error says', async () => {
    online = false;
    expect(await failureOf(chromium('ERR_NAME_NOT_RESOLVED'))).toMatchObject({ kind: 'offline' });
    expect(await failureOf(chromium('ERR_CERT_DATE_INVALID'))).toMatchObject({ kind: 'certificate' });
  });

  it.each([
    [page(200, 'text/html'), { kind: 'captive-portal' }],
    [page(302, 'text/html', { location: 'http://portal.invalid' }), { kind: 'captive-portal' }],
    [page(511, 'text/html'), { kind: 'captive-portal' }],
    [page(407, 'text/html'), { kind: 'proxy-auth' }],
    [page(403, 'text/html'), { kind: 'captive-portal' }],
    [page(503, 'text/html', { 'retry-after': '7' }), { kind: 'unreachable', retryAfterMs: 7_000 }],
    [page(500, 'application/json'), { kind: 'unreachable' }],
    [page(200, 'application/x-ndjson'), { kind: 'unreachable' }],
  ])('answer %# is told as what it is', async (answer, expected) => {
    expect(await failureOf(answer)).toMatchObject(expected);
  });

  it('a refusal of the endpoint is passed on with how long it wants to be left alone', async () => {
    const problem = { code: 'too-many-requests', expected: 'fewer', where: 'header', action: 'Wait.' };
    const answer = (): Response => Response.json(problem, { status: 429, headers: { 'retry-after': '30' } });
    expect(await failureOf(answer)).toMatchObject({ kind: 'problem', problem, retryAfterMs: 30_000 });
  });
});

describe('what is sent', () => {
  it('goes below the address, follows no redirect, carries no cookie', async () => {
    await clientWith(() => Response.json({})).ask('https://desk.example.org/base', {
      method: 'POST',
      path: '/v1/push',
      accessToken: 't',
      lines: '{}\n'.repeat(100),
    });
    const [{ url, init } = { url: '', init: {} }] = asked;
    expect(url).toBe('https://desk.example.org/base/v1/push');
    expect(init).toMatchObject({ redirect: 'error', credentials: 'omit', cache: 'no-store' });
    expect(init.headers).toMatchObject({
      authorization: 'Bearer t',
      'content-encoding': 'gzip',
      'content-type': 'application/x-ndjson',
    });
    expect((init.body as Uint8Array).length).toBeLessThan(60);
  });
});

describe('a body', () => {
  const streamOf = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Response =>
    new Response(new ReadableStream<Uint8Array>({ pull }));

  it('is given up when nothing comes, and when it never ends', async () => {
    const silent = streamOf(() => undefined);
    await expect(readBody(silent, 20)).rejects.toMatchObject({ failure: { kind: 'timeout' } });
    const endless = streamOf((controller) => controller.enqueue(new Uint8Array(1_000)));
    await expect(readBody(endless, 1_000, 10_000)).rejects.toMatchObject({ failure: { kind: 'unreachable' } });
  });
});

describe('Retry-After', () => {
  it.each([
    ['5', 5_000],
    ['0', 0],
    [new Date(now + 60_000).toUTCString(), 60_000],
    [new Date(now - 60_000).toUTCString(), 0],
    ['999999', 3_600_000],
    ['soon', null],
    ['', null],
  ])('%j is %j ms', (text, ms) => {
    expect(readRetryAfter({ headers: new Headers({ 'retry-after': text }) }, now)).toBe(ms);
  });
});

describe('the seal of secrets', () => {
  const storage = (available: boolean, backend: string) => ({
    isEncryptionAvailable: () => available,
    encryptString: (text: string) => Buffer.from(`sealed ${text}`),
    decryptString: (sealed: Buffer) => sealed.toString().slice('sealed '.length),
    getSelectedStorageBackend: () => backend,
  });
  it('seals where the system has a key, and takes a password that everybody knows for none', () => {
    const seal = createSecretSeal(storage(true, 'gnome_libsecret'));
    const sealed = seal.seal('x');
    expect(sealed).not.toBeNull();
    expect(seal.open(sealed ?? '')).toBe('x');
    expect(createSecretSeal(storage(false, 'basic_text')).seal('x')).toBeNull();
    if (process.platform === 'linux') expect(createSecretSeal(storage(true, 'basic_text')).seal('x')).toBeNull();
  });
});
