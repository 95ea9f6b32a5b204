import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { FastifyInstance } from 'fastify';
import { Admission } from '../../../server/admission/admission.ts';
import { parseState } from '../../../server/admission/mirror.ts';
import { restore } from '../../../server/backup.ts';
import type { Endpoint } from '../../../server/endpoint.ts';
import { buildApp, defaultAppOptions } from '../../../server/http/app.ts';
import { makeAccessToken } from '../../../server/identity/access-tokens.ts';
import { Sessions } from '../../../server/identity/sessions.ts';
import { makeSpace, readKeys } from '../../../server/keys.ts';
import { openDriver, openStore } from '../../../server/store/open-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { chainText } from '../../../shared/sync/chain-proof.ts';
import { linesMediaType } from '../../../shared/sync/protocol.ts';
import { encodePushLine } from '../../../shared/sync/protocol-lines.ts';
import type { Calls, Reads, Reply, Request } from './calls.ts';

/** The real endpoint in a thread: its routes called in process, its store in files of a directory in memory. */
const reader = 'RRRRRRRRRR';
const account = 'everybody';
const memory = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
const directory = fs.mkdtempSync(path.join(memory, 'holdfast-simulation-'));
const place = { kind: 'sqlite', directory: path.join(directory, 'space') } as const;
const database = path.join(place.directory, 'endpoint.sqlite');
const backup = path.join(directory, 'backup');

interface Open {
  readonly endpoint: Endpoint;
  readonly app: FastifyInstance;
  readonly known: Set<string>;
  readonly tokens: Map<string, string>;
}
let open: Open | null = null;
let reads: Reads = { schemaVersion: 1, kinds: [] };
let crashNext = false;

/** A transaction that does not end: the process dies before its commit. */
function crashing(store: Store): Store {
  return {
    read: async (work) => await store.read(work),
    scrub: async () => await store.scrub(),
    close: async () => await store.close(),
    write: async (work) =>
      await store.write(async (writer) => {
        const value = await work(writer);
        if (crashNext) throw new Error('crash');
        return value;
      }),
  };
}

async function start(): Promise<Open> {
  const store = crashing(await openStore(await openDriver(place), () => makeSpace(Date.now())));
  const { id, secret } = await store.read(async (each) => await each.space());
  const keys = readKeys(secret);
  const { schemaVersion, kinds } = reads;
  const admission = new Admission(store, keys, Date.now, { schemaVersion, knowsKind: (kind) => kinds.includes(kind) });
  await admission.start();
  const sessions = new Sessions(store, keys, id, Date.now, null);
  const endpoint: Endpoint = { space: id, store, keys, admission, sessions, blobs: null, now: Date.now };
  const app = await buildApp(endpoint, { ...defaultAppOptions, requestsPerMinute: 1e9 });
  return { endpoint, app, known: new Set(), tokens: new Map() };
}

function running(): Open {
  if (open === null) throw new Error('the endpoint is not open');
  return open;
}

async function stop(): Promise<void> {
  if (open === null) return;
  await open.app.close();
  await open.endpoint.store.close();
  open = null;
}

/** Enrols what the world made up. Everybody is a desk agent: what is to be refused names another user. */
async function enrol(devices: readonly string[]): Promise<void> {
  const { endpoint, known } = running();
  const missing = devices.filter((device) => !known.has(device));
  if (missing.length === 0) return;
  await endpoint.store.write(async (store) => {
    const now = Date.now();
    await store.putAccount({
      name: account,
      person: account,
      roles: ['desk-agent'],
      password: null,
      disabledAt: null,
      subject: null,
      createdAt: now,
    });
    for (const device of missing) {
      await store.putDevice({
        device,
        account,
        publicKey: '',
        name: device,
        formerPersons: [],
        enrolledAt: now,
        seenAt: now + 1e9,
        revokedAt: null,
      });
      known.add(device);
    }
  });
}

async function ask(device: string, method: 'GET' | 'POST', url: string, body?: string, type = 'application/json') {
  const { app, endpoint, tokens } = running();
  await enrol([device]);
  const token =
    tokens.get(device) ?? (await makeAccessToken(endpoint.keys.tokenSecret, endpoint.space, device, Date.now() + 1e9));
  tokens.set(device, token);
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const answer = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
  return answer.body;
}

type Answers = { readonly [Name in keyof Calls]: (input: Calls[Name]['input']) => Promise<Calls[Name]['output']> };

const answers: Answers = {
  open: async (input) => {
    await stop();
    fs.rmSync(place.directory, { recursive: true, force: true });
    reads = input;
    open = await start();
    const { systemDevice } = await open.endpoint.store.read(async (store) => await store.space());
    await answers.backUp(null);
    return { systemDevice };
  },
  hello: async () => await ask(reader, 'POST', '/v1/hello', JSON.stringify({ protocol: [1, 1], schemaVersion: 1 })),
  push: async ({ pusher, lines, devices, vouched, crash }) => {
    const { keys, space } = running().endpoint;
    await enrol([pusher, ...devices]);
    const signed = vouched.map((end) =>
      encodePushLine({
        type: 'attestation',
        attestation: { ...end, signature: keys.sign(chainText(space, end)) },
      }),
    );
    crashNext = crash;
    try {
      await ask(pusher, 'POST', '/v1/push', signed.join('') + lines, linesMediaType);
    } catch (error) {
      if (!crash) throw error;
    } finally {
      crashNext = false;
    }
    return null;
  },
  pull: async ({ after, limit }) => {
    const { epoch } = await running().endpoint.store.read(async (store) => await store.space());
    return await ask(reader, 'GET', `/v1/pull?epoch=${epoch}&after=${after}&limit=${Math.min(limit, 1000)}`);
  },
  states: async () => {
    const rows = await running().endpoint.store.read(async (store) => await store.recordsAfter('', 10_000));
    return JSON.stringify(rows.map(parseState));
  },
  backUp: async () => {
    // Closing leaves one whole file.
    await stop();
    fs.copyFileSync(database, backup);
    open = await start();
    return null;
  },
  restore: async (kind) => {
    await stop();
    if (kind === 'new') await restore(place, backup, () => undefined);
    else fs.copyFileSync(backup, database);
    open = await start();
    return null;
  },
  upgrade: async (input) => {
    reads = input;
    await stop();
    open = await start();
    return null;
  },
  close: async () => {
    await stop();
    fs.rmSync(directory, { recursive: true, force: true });
    return null;
  },
};

const { port, flag } = workerData as { port: MessagePort; flag: Int32Array };
port.on('message', (request: Request) => {
  const answer = answers[request.name] as (input: unknown) => Promise<unknown>;
  answer(request.input)
    .then((output): Reply => ({ ok: true, output }))
    .catch((error: unknown): Reply => ({ ok: false, message: error instanceof Error ? (error.stack ?? '') : '' }))
    .then((reply) => {
      port.postMessage(reply);
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
    })
    .catch(() => process.exit(1));
});
