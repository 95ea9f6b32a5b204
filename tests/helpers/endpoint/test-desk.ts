import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { entities, schemaVersion } from '../../../shared/domain/entities.ts';
import { chainText, proofText, type ChainAttestation } from '../../../shared/sync/chain-proof.ts';
import { composeOperation, type FieldEdits } from '../../../shared/sync/compose.ts';
import { mintDeviceId } from '../../../shared/sync/device-id.ts';
import { dotOfEntry, linkOfEntry } from '../../../shared/sync/entry.ts';
import { planPull, planPush, type Cursor } from '../../../shared/sync/exchange.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import { encodePushLine, parsePullPage, type PullPage, type PushLine } from '../../../shared/sync/protocol-lines.ts';
import { challengeAnswerSchema, tokenAnswerSchema } from '../../../shared/sync/protocol-identity.ts';
import {
  helloAnswerSchema,
  pushAnswerSchema,
  type HelloAnswer,
  type HelloRequest,
  type PushAnswer,
} from '../../../shared/sync/protocol.ts';
import { Replica } from '../../../shared/sync/replica.ts';

/** A desk as a test needs one: the core's replica, speaking to an endpoint over real HTTP. */
export class TestDesk {
  device = mintDeviceId(randomBytes(8));
  replica = new Replica({ schemaVersion, knowsKind: (entity) => Object.hasOwn(entities, entity) });
  person: string;
  url: string;
  accessToken = '';
  refreshToken = '';
  space = '';
  #key = generateKeyPairSync('ed25519');
  readonly #attestations = new Map<string, ChainAttestation>();
  readonly #seals = new Map<string, string>();
  #cursor: Cursor = { epoch: '', position: 0 };
  #at = 1_700_000_000_000;
  /** As a journal has them: what it made, under the names it had then. */
  #made: Operation[] = [];

  constructor(url: string, person: string) {
    this.url = url;
    this.person = person;
  }

  async proof(): Promise<{ device: string; nonce: string; signature: string }> {
    const { nonce, space } = challengeAnswerSchema.parse(await (await this.send('POST', '/v1/challenge')).json());
    this.space = space;
    return { device: this.device, nonce, signature: this.#sign(proofText(this.device, nonce)) };
  }

  /** Another installation with a copy of this one's data; with `upTo`, of when it had made so many operations. */
  clone(upTo = Infinity): TestDesk {
    const twin = new TestDesk(this.url, this.person);
    twin.device = this.device;
    twin.#key = this.#key;
    twin.accessToken = this.accessToken;
    twin.space = this.space;
    twin.#at = this.#at + 500;
    twin.#made = this.#made.filter(({ seq }) => seq <= upTo);
    for (const entry of this.replica.log.entries())
      if (linkOfEntry(entry).device !== this.device || linkOfEntry(entry).seq <= upTo) twin.replica.receive(entry);
    return twin;
  }

  /** Leaves its id for a new one, with a new key. */
  renew(): void {
    this.device = mintDeviceId(randomBytes(8));
    this.#key = generateKeyPairSync('ed25519');
  }

  /** `signer` is who signs for the old id, if not the one who has it. */
  async enrolAsSuccessor(old: TestDesk, signer = old): Promise<Response> {
    const proof = await this.proof();
    const signature = signer.#sign(proofText(old.device, proof.nonce));
    const publicKey = String(this.#key.publicKey.export({ format: 'jwk' })['x']);
    const successorOf = { device: old.device, signature };
    const body = { ...proof, successorOf, publicKey, name: 'successor', person: this.person };
    return await this.#keepTokens(await this.send('POST', '/v1/enrol', body));
  }

  async enrol(code: string): Promise<Response> {
    return await this.enrolBy({ code });
  }

  async enrolBy(entitlement: Readonly<Record<string, unknown>>): Promise<Response> {
    const publicKey = String(this.#key.publicKey.export({ format: 'jwk' })['x']);
    const body = {
      ...(await this.proof()),
      ...entitlement,
      publicKey,
      name: `desk of ${this.person}`,
      person: this.person,
    };
    return await this.#keepTokens(await this.send('POST', '/v1/enrol', body));
  }

  async refresh(refreshToken = this.refreshToken): Promise<Response> {
    const body = { ...(await this.proof()), grant: { type: 'refresh', refreshToken } };
    return await this.#keepTokens(await this.send('POST', '/v1/token', body));
  }

  edit(command: string, edits: readonly FieldEdits[], user = this.person): Operation {
    const seq = this.replica.log.lastSeq(this.device) + 1;
    this.#at += 1;
    const previousHash = this.replica.log.hashOf(`${this.device}:${seq - 1}`) ?? '';
    const frame = { device: this.device, seq, at: [this.#at, 0] as const, clockOffset: null, user, schemaVersion };
    const operation = composeOperation({ ...frame, previousHash, command }, edits, (key) =>
      this.replica.records.get(key),
    );
    this.replica.receive({ type: 'operation', operation });
    this.#made.push(operation);
    return operation;
  }

  async hello(more: Partial<Pick<HelloRequest, 'wish'>> = {}): Promise<HelloAnswer> {
    const answer = await this.send('POST', '/v1/hello', { protocol: [1, 1], schemaVersion, ...more });
    return helloAnswerSchema.parse(await answer.json());
  }

  /** After a snapshot: pages follow from there. */
  goOnFrom(cursor: Cursor): void {
    this.#cursor = cursor;
  }

  /** Pushes and pulls until nothing moves. */
  async exchange(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      const hello = await this.hello();
      const standing = { ...this.#standing(), held: this.replica.held };
      const entries = planPush(this.replica.log, hello, standing, this.#made);
      if (entries.length > 0) await this.push(this.pushLines(entries.slice(0, 400)));
      this.#cursor = planPull(this.#cursor, hello, { ...this.#standing(), held: this.replica.held });
      const page = await this.pull();
      if (entries.length === 0 && page.entries.length === 0 && page.end.to === page.end.head) return;
    }
    throw new Error('desk and endpoint still exchange after 20 rounds');
  }

  pushLines(entries: Parameters<typeof dotOfEntry>[0][]): readonly PushLine[] {
    const lines = entries
      .filter((entry) => entry.type !== 'excerpt')
      .map((entry): PushLine => ({ type: 'entry', entry, seal: this.#seals.get(dotOfEntry(entry)) ?? null }));
    const own = entries.findLast((entry) => entry.type === 'operation' && entry.operation.device === this.device);
    const attestations = [
      ...this.#attestations.values(),
      ...(own?.type === 'operation' ? [this.attest(own.operation)] : []),
    ];
    return [...attestations.map((attestation): PushLine => ({ type: 'attestation', attestation })), ...lines];
  }

  attest(operation: Operation): ChainAttestation {
    const end = { device: operation.device, seq: operation.seq, hash: hashOperation(operation) };
    return { ...end, signature: this.#sign(chainText(this.space, end)) };
  }

  async push(lines: readonly PushLine[]): Promise<PushAnswer> {
    const answer = await this.sendPush(lines.map(encodePushLine).join(''));
    if (!answer.ok) throw new Error(`push: ${answer.status} ${await answer.text()}`);
    return pushAnswerSchema.parse(await answer.json());
  }

  async sendPush(text: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return await fetch(`${this.url}/v1/push`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.accessToken}`,
        'content-type': 'application/x-ndjson',
        ...(typeof text === 'string' ? { 'content-encoding': 'gzip' } : {}),
        ...headers,
      },
      body: typeof text === 'string' ? gzipSync(text) : new Uint8Array(text),
    });
  }

  async pull(): Promise<PullPage> {
    const hello = await this.hello();
    const after = this.#cursor.epoch === hello.epoch ? this.#cursor.position : 0;
    const answer = await this.send('GET', `/v1/pull?epoch=${hello.epoch}&after=${after}`);
    const parsed = parsePullPage(await answer.text());
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const { entries, end, enter, leave } = parsed.value;
    for (const { entry, seal } of entries) {
      if (seal !== null) this.#seals.set(dotOfEntry(entry), seal);
      this.replica.receive(entry);
    }
    for (const { trail: _, ...state } of enter)
      this.replica.enterScope(`${state.entity}/${state.id}`, { state, held: end.held }, this.device);
    for (const { entity, id } of leave) this.replica.leaveScope(`${entity}/${id}`);
    for (const attestation of end.attestations)
      this.#attestations.set(`${attestation.device}:${attestation.seq}`, attestation);
    this.#cursor = { epoch: end.epoch, position: end.to };
    return parsed.value;
  }

  async send(method: string, address: string, body?: unknown): Promise<Response> {
    return await fetch(`${this.url}${address}`, {
      method,
      headers: {
        ...(this.accessToken === '' ? {} : { authorization: `Bearer ${this.accessToken}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  #standing() {
    return { hashOf: this.replica.log.hashOf, voidings: this.replica.voidings, forks: this.replica.forks };
  }

  async #keepTokens(response: Response): Promise<Response> {
    const parsed = tokenAnswerSchema.safeParse(await response.clone().json());
    if (parsed.success) {
      this.accessToken = parsed.data.accessToken;
      this.refreshToken = parsed.data.refreshToken;
    }
    return response;
  }

  #sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key.privateKey).toString('base64url');
  }
}
