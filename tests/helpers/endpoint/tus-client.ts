import { createHash } from 'node:crypto';
import http from 'node:http';

export interface TusAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function checksumOf(bytes: Uint8Array): string {
  return `sha256 ${createHash('sha256').update(bytes).digest('base64')}`;
}

/** Speaks tus to an endpoint byte by byte, and cuts where a test says. */
export class TusClient {
  readonly #url: string;
  readonly #token: string;
  /** Bytes of chunks that left here. */
  sent = 0;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async begin(hash: string, length: number | string, headers: http.OutgoingHttpHeaders = {}): Promise<TusAnswer> {
    const metadata = `sha256 ${Buffer.from(hash).toString('base64')}`;
    return await this.ask('POST', '/v1/blobs', { 'upload-length': length, 'upload-metadata': metadata, ...headers });
  }

  /** Bytes that are there; null when there is no upload. */
  async offset(hash: string): Promise<number | null> {
    const { status, headers } = await this.ask('HEAD', `/v1/blobs/${hash}`);
    return status === 200 ? Number(headers['upload-offset']) : null;
  }

  async patch(
    hash: string,
    offset: number,
    bytes: Uint8Array,
    headers: http.OutgoingHttpHeaders = {},
  ): Promise<TusAnswer> {
    this.sent += bytes.length;
    const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': offset };
    return await this.ask('PATCH', `/v1/blobs/${hash}`, { ...type, ...headers }, bytes);
  }

  /** Begins a chunk, sends so many bytes of it and ends the connection. */
  async cutPatch(hash: string, offset: number, bytes: Uint8Array, after: number): Promise<void> {
    this.sent += after;
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': offset };
    const request = this.#request('PATCH', `/v1/blobs/${hash}`, { ...headers, 'content-length': bytes.length });
    const ended = new Promise((resolve) => {
      request.once('close', resolve);
      request.on('error', () => undefined);
    });
    request.write(bytes.subarray(0, after), () => setTimeout(() => request.destroy(), 1));
    await ended;
  }

  /** Sends all that is missing, in chunks. */
  async finish(hash: string, bytes: Uint8Array, chunk = 64 * 1024): Promise<TusAnswer> {
    let answer: TusAnswer = { status: 0, headers: {}, body: Buffer.alloc(0) };
    let offset = (await this.offset(hash)) ?? 0;
    do {
      const piece = bytes.subarray(offset, offset + chunk);
      answer = await this.patch(hash, offset, piece, { 'upload-checksum': checksumOf(piece) });
      if (answer.status !== 204) return answer;
      offset += piece.length;
    } while (offset < bytes.length);
    return answer;
  }

  async upload(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    const begun = await this.begin(hash, bytes.length);
    if (begun.status !== 201) throw new Error(`begin: ${begun.status} ${begun.body.toString()}`);
    const answer = await this.finish(hash, bytes);
    if (answer.status !== 204) throw new Error(`upload: ${answer.status} ${answer.body.toString()}`);
    return hash;
  }

  async read(hash: string, headers: http.OutgoingHttpHeaders = {}): Promise<TusAnswer> {
    return await this.ask('GET', `/v1/blobs/${hash}`, headers);
  }

  async ask(
    method: string,
    path: string,
    headers: http.OutgoingHttpHeaders = {},
    body?: Uint8Array,
  ): Promise<TusAnswer> {
    const request = this.#request(method, path, {
      ...(body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': body.length }),
      ...headers,
    });
    return await new Promise((resolve, reject) => {
      request.once('error', reject);
      request.once('response', (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.once('error', reject);
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) });
        });
      });
      request.end(body);
    });
  }

  #request(method: string, path: string, headers: http.OutgoingHttpHeaders): http.ClientRequest {
    return http.request(new URL(path, this.#url), {
      method,
      agent: false,
      headers: { authorization: `Bearer ${this.#token}`, 'tus-resumable': '1.0.0', ...headers },
    });
  }
}
