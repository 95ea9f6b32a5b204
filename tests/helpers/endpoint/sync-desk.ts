import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { DataService } from '../../../renderer/data/data-service.ts';
import { openRemoteStore } from '../../../renderer/data/remote/open-remote-store.ts';
import type { HelloTaken, PushBatch, RemoteStore } from '../../../renderer/data/remote/remote-store.ts';
import { schemaVersion } from '../../../shared/domain/entities.ts';
import { chainText, proofText } from '../../../shared/sync/chain-proof.ts';
import { challengeAnswerSchema, tokenAnswerSchema } from '../../../shared/sync/protocol-identity.ts';
import { encodePushLine, parsePullPage } from '../../../shared/sync/protocol-lines.ts';
import { recordAnswerSchema, recordsAnswerSchema } from '../../../shared/sync/protocol-records.ts';
import { helloAnswerSchema, pushAnswerSchema, type HelloAnswer } from '../../../shared/sync/protocol.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../memory-desktop.ts';
import { openService } from '../open-service.ts';

/** What one exchange moved. */
export interface Exchanged {
  readonly next: HelloTaken['next'];
  pushed: number;
  pulled: number;
  refused: number;
}

/** A real desk (data service over IndexedDB and a journal) that speaks to an endpoint over real HTTP. */
export class SyncDesk {
  readonly desktop: MemoryDesktop;
  readonly space: string;
  url: string;
  service: DataService;
  #key = generateKeyPairSync('ed25519');
  #token = '';
  #refreshToken = '';
  #endpointSpace = '';
  #enrolled = '';

  private constructor(desktop: MemoryDesktop, space: string, url: string, service: DataService) {
    this.desktop = desktop;
    this.space = space;
    this.url = url;
    this.service = service;
  }

  static async open(url: string, device: string, space: string): Promise<SyncDesk> {
    const desktop = createMemoryDesktop(device);
    return new SyncDesk(desktop, space, url, (await openService(desktop, space)).service);
  }

  get store(): RemoteStore {
    return openRemoteStore(this.service.space, this.space, this.desktop, () => Date.now());
  }

  get device(): string {
    return this.service.space.state.meta.device;
  }

  /** As after a restart of the program. */
  async reopen(): Promise<void> {
    this.service = (await openService(this.desktop, this.space)).service;
  }

  /** The same profile on another machine: journal, key and session are the same, too. */
  async clone(space: string): Promise<SyncDesk> {
    const desktop = createMemoryDesktop(this.desktop.files.device);
    desktop.files.journal = [...this.desktop.files.journal];
    const clone = new SyncDesk(desktop, space, this.url, (await openService(desktop, space)).service);
    clone.#key = this.#key;
    clone.#token = this.#token;
    clone.#refreshToken = this.#refreshToken;
    clone.#endpointSpace = this.#endpointSpace;
    clone.#enrolled = this.#enrolled;
    return clone;
  }

  /** Whether the desk goes on under another id than the one it is enrolled for. */
  get isRenewed(): boolean {
    return this.#enrolled !== this.device;
  }

  async enrol(code: string): Promise<void> {
    const challenge = challengeAnswerSchema.parse(await (await this.#send('POST', '/v1/challenge')).json());
    this.#endpointSpace = challenge.space;
    const publicKey = String(this.#key.publicKey.export({ format: 'jwk' })['x']);
    const proof = { device: this.device, nonce: challenge.nonce };
    const signature = this.#sign(proofText(this.device, challenge.nonce));
    const person = this.service.space.state.meta.user;
    const body = { ...proof, signature, code, publicKey, name: `desk ${this.device}`, person };
    const answer = await this.#send('POST', '/v1/enrol', body);
    if (!answer.ok) throw new Error(`enrol: ${answer.status} ${await answer.text()}`);
    this.#keep(await answer.json());
    this.#enrolled = this.device;
  }

  async hello(): Promise<HelloAnswer> {
    const answer = await this.#send('POST', '/v1/hello', { protocol: [1, 1], schemaVersion });
    if (!answer.ok) throw new Error(`hello: ${answer.status} ${await answer.text()}`);
    return helloAnswerSchema.parse(await answer.json());
  }

  /** As the engine does it: one greeting, then push and pull. */
  async exchangeOnce(pageLimit = 1_000): Promise<Exchanged> {
    const moved: Exchanged = { next: 'go-on', pushed: 0, pulled: 0, refused: 0 };
    const hello = await this.hello();
    const { next } = await this.store.takeHello(hello, 0);
    if (next !== 'go-on') return { ...moved, next };
    await this.#pushAll(hello, moved);
    await this.#pullAll(hello, moved, pageLimit);
    return moved;
  }

  /** Pushes and pulls until nothing moves, or the desk must be enrolled anew. */
  async exchange(pageLimit = 1_000): Promise<Exchanged> {
    const moved: Exchanged = { next: 'go-on', pushed: 0, pulled: 0, refused: 0 };
    for (let round = 0; round < 12; round += 1) {
      const hello = await this.hello();
      const { next, fetch: wanted } = await this.store.takeHello(hello, 0);
      if (next !== 'go-on') return { ...moved, next };
      const before = moved.pushed + moved.pulled;
      await this.#pushAll(hello, moved);
      await this.#pullAll(await this.hello(), moved, pageLimit);
      if (wanted === 'all-records') await this.fetchRecords();
      if (this.isRenewed) return { ...moved, next: 'device-renewed' };
      if (moved.pushed + moved.pulled === before) return moved;
    }
    throw new Error('desk and endpoint still exchange after 12 rounds');
  }

  async #pushAll(hello: HelloAnswer, moved: Exchanged): Promise<void> {
    for await (const batch of this.store.outgoing(hello)) {
      const taken = await this.store.takePushAnswer(await this.push(batch));
      moved.pushed += batch.operations;
      moved.refused += taken.refused;
      if (taken.needsMore) return;
    }
  }

  async push(batch: PushBatch): Promise<ReturnType<typeof pushAnswerSchema.parse>> {
    const end = batch.end && {
      ...batch.end,
      signature: this.#sign(chainText(this.#endpointSpace, batch.end)),
    };
    const signed = end ? encodePushLine({ type: 'attestation', attestation: end }) : '';
    const answer = await this.#send('POST', '/v1/push', `${batch.lines}${signed}`);
    if (!answer.ok) throw new Error(`push: ${answer.status} ${await answer.text()}`);
    return pushAnswerSchema.parse(await answer.json());
  }

  async #pullAll(hello: HelloAnswer, moved: Exchanged, limit: number): Promise<void> {
    let cursor = await this.store.pullFrom(hello);
    for (let page = 0; page < 1_000; page += 1) {
      const answer = await this.#send('GET', `/v1/pull?epoch=${cursor.epoch}&after=${cursor.position}&limit=${limit}`);
      if (!answer.ok) throw new Error(`pull: ${answer.status} ${await answer.text()}`);
      const parsed = parsePullPage(await answer.text());
      if (!parsed.ok) throw new Error(parsed.failure.message);
      const applied = await this.store.takePage(parsed.value);
      cursor = applied.cursor;
      moved.pulled += parsed.value.entries.length - (applied.counts.duplicate ?? 0);
      for (const { entity, id } of applied.stale) await this.fetchRecord(entity, id);
      if (applied.atHead || applied.greetAgain) return;
    }
    throw new Error('the endpoint sends pages without end');
  }

  async fetchRecords(limit = 500): Promise<void> {
    for (let after = ''; ;) {
      const answer = await this.#send('GET', `/v1/records?after=${encodeURIComponent(after)}&limit=${limit}`);
      const records = recordsAnswerSchema.parse(await answer.json());
      await this.store.takeRecords(records, after);
      if (records.next === null) return;
      after = records.next;
    }
  }

  async fetchRecord(entity: string, id: string): Promise<void> {
    const answer = await this.#send('GET', `/v1/records/${entity}/${id}`);
    if (answer.ok) await this.store.takeRecord(recordAnswerSchema.parse(await answer.json()));
  }

  async #send(method: string, address: string, body?: unknown): Promise<Response> {
    const answer = await this.#sendOnce(method, address, body);
    if (answer.status !== 401 || this.#refreshToken === '') return answer;
    // A token lives for minutes; a desk that is away for longer comes back with the one that renews it.
    const { nonce } = challengeAnswerSchema.parse(await (await this.#sendOnce('POST', '/v1/challenge')).json());
    const proof = { device: this.#enrolled, nonce, signature: this.#sign(proofText(this.#enrolled, nonce)) };
    const grant = { type: 'refresh', refreshToken: this.#refreshToken };
    const renewed = await this.#sendOnce('POST', '/v1/token', { ...proof, grant });
    if (!renewed.ok) return answer;
    this.#keep(await renewed.json());
    return await this.#sendOnce(method, address, body);
  }

  #keep(answer: unknown): void {
    const { accessToken, refreshToken } = tokenAnswerSchema.parse(answer);
    this.#token = accessToken;
    this.#refreshToken = refreshToken;
  }

  #sendOnce(method: string, address: string, body?: unknown): Promise<Response> {
    const isText = typeof body === 'string';
    return fetch(`${this.url}${address}`, {
      method,
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': isText ? 'application/x-ndjson' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
  }

  #sign(text: string): string {
    const key: KeyObject = this.#key.privateKey;
    return sign(null, Buffer.from(text), key).toString('base64url');
  }
}
