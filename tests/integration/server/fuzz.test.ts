import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../../server/endpoint.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { problemSchema } from '../../../shared/sync/protocol.ts';
import { startEndpoint, stopEndpoint, type ChildEndpoint } from '../../helpers/endpoint/child-endpoint.ts';
import { temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const inputs = 200;
const json = 'application/json';
const lines = 'application/x-ndjson';
const posts = [
  [
    '/v1/enrol',
    json,
    {
      device: 'AAAAAAAAAA',
      nonce: 'n'.repeat(20),
      signature: 's'.repeat(86),
      code: 'c'.repeat(16),
      publicKey: 'k'.repeat(43),
      name: 'x',
      person: 'p',
    },
  ],
  [
    '/v1/token',
    json,
    {
      device: 'AAAAAAAAAA',
      nonce: 'n'.repeat(20),
      signature: 's'.repeat(86),
      grant: { type: 'refresh', refreshToken: 'r'.repeat(30) },
    },
  ],
  ['/v1/hello', json, { protocol: [1, 1], schemaVersion: 1, cursor: { epoch: 'x', position: 1 } }],
  ['/v1/hello', json, { protocol: [1, 1], schemaVersion: 1, wish: { whose: ['queues'], closedDays: 1, also: ['x'] } }],
  [
    '/v1/push',
    lines,
    {
      device: 'AAAAAAAAAA',
      seq: 1,
      at: [1, 0],
      clockOffset: null,
      user: 'u',
      schemaVersion: 1,
      previousHash: '',
      command: 'c',
      writes: [{ entity: 'ticket', id: 't', fields: { title: 'x' }, parents: {} }],
    },
  ],
  ['/v1/presence', json, { records: [{ entity: 'ticket', id: 't' }] }],
  ['/v1/admin/accounts', json, { name: 'x', roles: ['auditor'] }],
  ['/v1/admin/accounts/ada/codes', json, {}],
  ['/v1/admin/devices/AAAAAAAAAA/revoke', json, {}],
  ['/v1/admin/purges', json, { entity: 'ticket', id: 't' }],
] as const;
const gets = [
  '/v1/pull?epoch=$&after=$&limit=$',
  '/v1/records?after=$&limit=$',
  '/v1/records/$/$',
  '/v1/records/$/$/history?before=$&limit=$',
  '/v1/search?text=$&limit=$',
  '/v1/devices?$=$',
  '/v1/snapshots/$',
  '/v1/snapshots/$/$',
  '/v1/blobs/$',
  '/v1/$',
] as const;

type Mutate = (sound: string) => string | Buffer;
const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
/** What people and programs that mean no good send. Each takes a sound body and makes something else of it. */
const mutations: readonly Mutate[] = [
  () => '',
  () => 'null',
  () => 'true',
  () => '[]',
  () => '{}',
  () => '"text"',
  () => '1e999',
  () => '-0',
  () => '\0',
  () => '\uFEFF{}',
  () => deep('[', ']', 1_000),
  () => deep('[', ']', 100_000),
  () => deep('{"a":', '}', 1_000),
  (sound) => sound.slice(0, -1),
  (sound) => sound.slice(1),
  (sound) => `${sound}${sound}`,
  (sound) => sound.replace('{', '{"__proto__":{"polluted":true},'),
  (sound) => sound.replace('{', '{"constructor":{"prototype":{"polluted":true}},'),
  (sound) => sound.replace('{', '{"toString":1,'),
  (sound) => sound.replaceAll(/:1\b/g, ':123456789012345678901234567890'),
  (sound) => sound.replaceAll(/:1\b/g, ':-1'),
  (sound) => sound.replaceAll(/:1\b/g, ':1.5'),
  (sound) => sound.replaceAll(/:1\b/g, ':"1"'),
  (sound) => sound.replaceAll(/:"[^"]*"/g, ':null'),
  (sound) => sound.replaceAll(/:"[^"]*"/g, ':{}'),
  (sound) => sound.replaceAll(/:"[^"]*"/g, ':"\\ud800"'),
  (sound) => sound.replaceAll(/:"[^"]*"/g, ':"\\u0000"'),
  (sound) => sound.replaceAll(/:"[^"]*"/g, `:"${'x'.repeat(100_000)}"`),
  (sound) => Buffer.concat([Buffer.from(sound), Buffer.from([0xff, 0xfe, 0xc0, 0x80])]),
  (sound) => Buffer.from(sound, 'utf16le'),
  () => Buffer.alloc(10 * 1024 * 1024, 'a'),
  () => Buffer.from(`[${'1,'.repeat(400_000)}1]`),
];

interface Answer {
  readonly status: number;
  readonly body: string;
}

describe('an endpoint that is sent rubbish', () => {
  let child: ChildEndpoint;
  let desk: TestDesk;
  let health = 0;
  beforeAll(async () => {
    const directory = temporaryDirectory();
    const setUp = await openEndpoint({ kind: 'sqlite', directory });
    await addAccount(setUp, 'ada', ['administrator']);
    const { code } = await giveCode(setUp, 'ada');
    await setUp.store.close();
    child = await startEndpoint(['--data', directory, '--logins', '1000000']);
    desk = new TestDesk(child.url, 'ada');
    expect((await desk.enrol(code)).status).toBe(200);
  }, 120_000);
  afterAll(async () => await stopEndpoint(child));

  /** Past `fetch`, which corrects much of what is meant to be wrong. */
  const send = async (
    method: string,
    address: string,
    body: string | Buffer | null,
    headers: Readonly<Record<string, string>>,
  ) =>
    await new Promise<Answer>((resolve, reject) => {
      const { hostname, port } = new URL(child.url);
      const call = request({ hostname, port, method, path: address, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      });
      // A body that is too large is answered before it is read: the connection may end while it is sent.
      call.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 413, body: '' }) : reject(error),
      );
      call.end(body ?? undefined);
    });
  const residentBytes = async (): Promise<number> => {
    const [, bytes] =
      /process_resident_memory_bytes (\d+)/.exec(await (await fetch(`${child.url}/metrics`)).text()) ?? [];
    return Number(bytes);
  };
  const authorized = () => ({ authorization: `Bearer ${desk.accessToken}` });
  const check = (name: string, { status, body }: Answer): void => {
    health += 1;
    expect(`${name}: ${Math.floor(status / 100)}xx`, body).toBe(`${name}: 4xx`);
    if (body !== '') expect(problemSchema.safeParse(JSON.parse(body)).success, body).toBe(true);
    expect(body).not.toMatch(/node_modules|at .*\.[jt]s:\d/);
  };

  it('answers 4xx with a problem that says what was expected, 200 times on each address, and keeps its memory', async () => {
    const warmUp = async (): Promise<void> => {
      for (const [address, type, sound] of posts)
        for (const mutate of mutations)
          await send('POST', address, mutate(JSON.stringify(sound)), { ...authorized(), 'content-type': type });
    };
    // Twice: what a process keeps for good it takes in the first round.
    await warmUp();
    await warmUp();
    const before = await residentBytes();
    const text = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: inputs, seed: 7 });
    const values = fc.sample(fc.jsonValue(), { numRuns: inputs, seed: 7 });
    for (const [address, type, sound] of posts) {
      const whole = JSON.stringify(sound);
      for (let index = 0; index < inputs; index += 1) {
        const mutate = mutations[index];
        const body = mutate ? mutate(whole) : replaceOne(sound, index, values[index]);
        const zipped = index % 5 === 4;
        const isHarmless = address.endsWith('codes') || address.endsWith('revoke');
        const answer = await send('POST', address, zipped ? gzipSync(body) : body, {
          ...(index % 7 === 6 && !isHarmless
            ? { authorization: text[index] === '' ? '' : 'Bearer x.y.z' }
            : authorized()),
          'content-type': index % 11 === 10 ? 'text/html' : type,
          ...(zipped ? { 'content-encoding': index % 2 === 0 ? 'gzip' : 'br' } : {}),
        });
        // Some are sound after all: another epoch, an empty push, an operation of a device that nobody knows.
        if (answer.status >= 300) check(`${address} ${index}`, answer);
      }
    }
    // On a busy machine the first half outlasts a token.
    await desk.refresh();
    for (const pattern of gets) {
      for (let index = 0; index < inputs; index += 1) {
        const address = pattern.replaceAll('$', () => oddText(text, index));
        const answer = await send('GET', address, null, authorized());
        if (answer.status >= 300) check(`${address} ${index}`, answer);
      }
    }
    expect(health).toBeGreaterThan(inputs * (posts.length + gets.length) * 0.7);
    expect((await fetch(`${child.url}/healthz`)).status).toBe(200);
    expect((await desk.hello()).head).toBe(0);
    // A process that has nothing to do does not tidy up: it is looked at after as much work as before.
    let after = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 8 && after >= before * 1.1; round += 1) {
      await warmUp();
      after = await residentBytes();
    }
    expect(after).toBeLessThan(before * 1.1);
  }, 900_000);

  it('answers uploads in the same way, whatever their headers say, and keeps nothing of them', async () => {
    await desk.refresh();
    const digest = createHash('sha256').update('fuzz').digest('base64');
    const hex = Buffer.from(digest, 'base64').toString('hex');
    const values = [
      '',
      '-1',
      '0',
      '4',
      '5',
      '1e9',
      '9'.repeat(30),
      'NaN',
      '0x10',
      '1.0.0',
      '__proto__',
      'sha256',
      'a'.repeat(4_000),
    ];
    const pick = (index: number, salt: number): string => values[(index * 7 + salt * 5) % values.length] ?? '';
    let refused = 0;
    for (const method of ['POST', 'HEAD', 'PATCH', 'DELETE', 'PUT'])
      for (let index = 0; index < inputs; index += 1) {
        const place = index % 3 === 0 ? hex : index % 3 === 1 ? encodeURIComponent(pick(index, 9)) : `${hex}0`;
        const headers = {
          ...authorized(),
          ...(index % 5 === 0 ? {} : { 'tus-resumable': index % 4 === 0 ? pick(index, 1) : '1.0.0' }),
          'upload-length': pick(index, 2),
          'upload-offset': pick(index, 3),
          'upload-metadata': index % 2 === 0 ? `sha256 ${digest}` : `sha256 ${pick(index, 4)},${pick(index, 5)}`,
          'upload-checksum': `sha256 ${index % 2 === 0 ? digest : pick(index, 6)}`,
          'content-type': index % 6 === 0 ? 'text/plain' : 'application/offset+octet-stream',
        };
        const body = method === 'POST' || method === 'PATCH' ? Buffer.from(pick(index, 8)) : null;
        const answer = await send(method, method === 'POST' ? '/v1/blobs' : `/v1/blobs/${place}`, body, headers);
        if (answer.status < 300) continue;
        refused += 1;
        check(`${method} blobs ${index}`, answer);
      }
    expect(refused).toBeGreaterThan(inputs * 3);
    expect((await send('GET', `/v1/blobs/${hex}`, null, authorized())).status).toBe(404);
  }, 300_000);

  it('does not let a listener in who has no token, nor a header that is too long', async () => {
    expect((await send('GET', '/v1/events', null, {})).status).toBe(401);
    const long = await send('GET', '/v1/devices', null, { ...authorized(), 'x-long': 'y'.repeat(20_000) });
    expect(long.status).toBe(431);
  });
});

/** One value of a sound body is another. */
function replaceOne(sound: Readonly<Record<string, unknown>>, index: number, value: unknown): string {
  const keys = Object.keys(sound);
  const key = keys[index % Math.max(1, keys.length)] ?? 'more';
  return `${JSON.stringify({ ...sound, [key]: value, ...(keys.length === 0 ? { more: value } : {}) })}\n`;
}

const odd = [
  '-1',
  '1e999',
  '..%2f..%2fetc',
  '%00',
  '%ff%fe',
  '9'.repeat(40),
  '%F0%9F%92%A5',
  "'%20OR%201=1--",
  '__proto__',
  ' '.repeat(0),
];
function oddText(text: readonly string[], index: number): string {
  return index < odd.length
    ? (odd[index] ?? '')
    : encodeURIComponent((text[index] ?? '').replaceAll(/\p{Surrogate}/gu, ''));
}
