import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { schemaVersion } from '../../../shared/domain/entities.ts';
import { chainText, proofText } from '../../../shared/sync/chain-proof.ts';
import { mintDeviceId } from '../../../shared/sync/device-id.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import { challengeAnswerSchema, tokenAnswerSchema } from '../../../shared/sync/protocol-identity.ts';
import { encodePushLine } from '../../../shared/sync/protocol-lines.ts';

/** The least that speaks to an endpoint: what is measured is the endpoint and not its callers. */
export class BenchDesk {
  readonly device = mintDeviceId(randomBytes(8));
  readonly #url: string;
  readonly #person: string;
  readonly #key: KeyObject;
  readonly #publicKey: string;
  #token = '';
  #space = '';
  #epoch = '';
  #seq = 0;
  #previousHash = '';

  constructor(url: string, person: string) {
    this.#url = url;
    this.#person = person;
    const pair = generateKeyPairSync('ed25519');
    this.#key = pair.privateKey;
    this.#publicKey = String(pair.publicKey.export({ format: 'jwk' })['x']);
  }

  get token(): string {
    return this.#token;
  }

  async enrol(code: string): Promise<void> {
    const challenge = challengeAnswerSchema.parse(JSON.parse(await this.#send('POST', '/v1/challenge')));
    this.#space = challenge.space;
    const { nonce } = challenge;
    const body = {
      device: this.device,
      nonce,
      signature: this.#sign(proofText(this.device, nonce)),
      code,
      publicKey: this.#publicKey,
      name: this.#person,
      person: this.#person,
    };
    this.#token = tokenAnswerSchema.parse(
      JSON.parse(await this.#send('POST', '/v1/enrol', JSON.stringify(body))),
    ).accessToken;
    this.#epoch = /"epoch":"([^"]+)"/.exec(await this.hello())?.[1] ?? '';
  }

  async hello(): Promise<string> {
    return await this.#send('POST', '/v1/hello', JSON.stringify({ protocol: [1, 1], schemaVersion }));
  }

  /** Lines of a push with so many operations: every fifth opens a ticket, the others edit one. */
  make(count: number): string {
    const lines: string[] = [];
    for (let made = 0; made < count; made += 1) {
      this.#seq += 1;
      const ticket = `${this.device}-${Math.ceil(this.#seq / 5)}`;
      const opens = this.#seq % 5 === 1;
      const fields = opens
        ? {
            type: 'incident',
            title: `Printer ${this.#seq}`,
            state: 'new',
            impact: '3',
            urgency: '3',
            openedBy: this.#person,
            description: 'x'.repeat(200),
          }
        : { title: `Printer ${this.#seq}`, category: 'hardware' };
      const parents: Record<string, readonly `${string}:${number}`[]> = {};
      if (!opens) parents['title'] = [`${this.device}:${this.#seq - 1}`];
      const { text, hash } = sealOperation({
        device: this.device,
        seq: this.#seq,
        at: [1_760_000_000_000 + this.#seq, 0],
        clockOffset: null,
        user: this.#person,
        schemaVersion,
        previousHash: this.#previousHash,
        command: opens ? 'ticket.create' : 'ticket.edit',
        writes: [{ entity: 'ticket', id: ticket, fields, parents }],
      });
      this.#previousHash = hash;
      lines.push(`${text}\n`);
    }
    const end = { device: this.device, seq: this.#seq, hash: this.#previousHash };
    const attestation = { ...end, signature: this.#sign(chainText(this.#space, end)) };
    return `${encodePushLine({ type: 'attestation', attestation })}${lines.join('')}`;
  }

  async push(lines: string): Promise<void> {
    const answer = await this.#send('POST', '/v1/push', lines, 'application/x-ndjson');
    if (!answer.includes('"voids":[]') || !answer.includes('"ignored":[]'))
      throw new Error(`push: ${answer.slice(0, 300)}`);
  }

  /** Bytes of one page after a position, and how many entries it has. */
  async pull(after: number, limit = 1_000): Promise<{ readonly entries: number; readonly bytes: number }> {
    const text = await this.#send('GET', `/v1/pull?epoch=${this.#epoch}&after=${after}&limit=${limit}`);
    return { entries: text.split('\n').length - 2, bytes: text.length };
  }

  async #send(method: string, path: string, body?: string, type = 'application/json'): Promise<string> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text;
  }

  #sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64url');
  }
}
