import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobLimits } from '../../../shared/sync/protocol-blobs.ts';
import { problemSchema } from '../../../shared/sync/protocol.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';
import { checksumOf, sha256, TusClient, type TusAnswer } from '../../helpers/endpoint/tus-client.ts';

const codeOf = (answer: TusAnswer): string => problemSchema.parse(JSON.parse(answer.body.toString())).code;

describe('uploads of blobs', () => {
  const directory = temporaryDirectory();
  let office: Office;
  let desk: TestDesk;
  let client: TusClient;
  let time = Date.now();
  const filesIn = (folder: string): readonly string[] => fs.readdirSync(path.join(directory, 'blobs', folder));
  const opened = (): TusClient => new TusClient(office.url, desk.accessToken);

  beforeAll(async () => {
    const quota = { blobBytes: 8 * 1024 * 1024, totalBytes: 40 * 1024 * 1024 };
    office = await openOffice({ kind: 'sqlite', directory, blobs: { quota } }, () => time);
    desk = await office.desk('ada', 'desk-agent');
    client = opened();
  });
  afterAll(async () => await office.close());

  it('survive 100 cuts at any byte, and send no byte twice but those of the chunk that was cut', async () => {
    const bytes = randomBytes(3_000_000);
    const hash = sha256(bytes);
    const cutting = opened();
    expect((await cutting.begin(hash, bytes.length)).headers['upload-offset']).toBe('0');
    let cuts = 0;
    let kept = 0;
    for (; cuts < 100; cuts += 1) {
      const offset = (await cutting.offset(hash)) ?? -1;
      expect(offset).toBeGreaterThanOrEqual(kept);
      kept = offset;
      const piece = bytes.subarray(offset, offset + 28_000);
      await cutting.cutPatch(hash, offset, piece, Math.floor(Math.random() * piece.length));
    }
    // Bytes are kept as they come, not by chunks.
    expect((await cutting.offset(hash)) ?? 0).toBeGreaterThan(100_000);
    const answer = await cutting.finish(hash, bytes);
    expect([answer.status, answer.headers['upload-offset']]).toEqual([204, String(bytes.length)]);
    expect(cutting.sent - bytes.length).toBeLessThanOrEqual(cuts * 28_000);
    expect((await cutting.read(hash)).body.equals(bytes)).toBe(true);
    expect(sha256(fs.readFileSync(path.join(directory, 'blobs', hash.slice(0, 2), hash)))).toBe(hash);
  }, 60_000);

  it('are refused whole when they are not what was announced, and leave nothing', async () => {
    const [bytes, hash] = [randomBytes(1_000), sha256(randomBytes(10))];
    await client.begin(hash, bytes.length);
    const answer = await client.patch(hash, 0, bytes);
    expect([answer.status, codeOf(answer)]).toEqual([422, 'hash-mismatch']);
    expect(await client.offset(hash)).toBeNull();
    expect((await client.read(hash)).status).toBe(404);
    expect(filesIn('part').filter((name) => name.startsWith(hash))).toEqual([]);
  });

  it('take back a chunk that is not what its checksum says', async () => {
    const bytes = randomBytes(5_000);
    const hash = sha256(bytes);
    await client.begin(hash, bytes.length);
    await client.patch(hash, 0, bytes.subarray(0, 1_000));
    const wrong = await client.patch(hash, 1_000, randomBytes(500), { 'upload-checksum': checksumOf(bytes) });
    expect([wrong.status, codeOf(wrong)]).toEqual([460, 'checksum-mismatch']);
    expect(await client.offset(hash)).toBe(1_000);
    const rest = bytes.subarray(1_000);
    expect((await client.patch(hash, 1_000, rest, { 'upload-checksum': checksumOf(rest) })).status).toBe(204);
  });

  it('go on only where they are, and answer again when the last answer was lost', async () => {
    const bytes = randomBytes(2_000);
    const hash = sha256(bytes);
    await client.begin(hash, bytes.length);
    await client.patch(hash, 0, bytes.subarray(0, 1_500));
    for (const offset of [0, 1_499, 1_501, 2_000]) {
      const answer = await client.patch(hash, offset, bytes.subarray(offset));
      expect([answer.status, codeOf(answer)]).toEqual([409, 'offset-conflict']);
    }
    expect((await client.patch(hash, 1_500, bytes.subarray(1_500))).status).toBe(204);
    expect(await client.offset(hash)).toBe(2_000);
    expect((await client.begin(hash, bytes.length)).headers['upload-offset']).toBe('2000');
    expect((await client.patch(hash, 2_000, new Uint8Array())).status).toBe(204);
  });

  it('are ended for one that hangs when the device comes again', async () => {
    const bytes = randomBytes(300_000);
    const hash = sha256(bytes);
    await client.begin(hash, bytes.length);
    const hanging = client.ask(
      'PATCH',
      `/v1/blobs/${hash}`,
      { 'content-type': 'application/offset+octet-stream', 'upload-offset': 0, 'content-length': bytes.length },
      bytes.subarray(0, 100_000),
    );
    const ended = hanging.then(
      () => false,
      () => true,
    );
    const part = path.join(directory, 'blobs', 'part', `${hash}.${desk.device}.${bytes.length}`);
    await expect.poll(() => fs.statSync(part).size, { timeout: 10_000 }).toBe(100_000);
    expect(await client.offset(hash)).toBe(100_000);
    expect(await ended).toBe(true);
    expect((await client.finish(hash, bytes)).status).toBe(204);
  });

  it('keep their limits: size, chunk, number, room', async () => {
    const other = new TusClient(office.url, (await office.desk('limits', 'desk-agent')).accessToken);
    const tooLong = await other.begin('a'.repeat(64), 8 * 1024 * 1024 + 1);
    expect([tooLong.status, codeOf(tooLong)]).toEqual([413, 'too-large']);
    await other.begin('b'.repeat(64), 2 * blobLimits.chunkBytes);
    const chunk = await other.patch('b'.repeat(64), 0, new Uint8Array(blobLimits.chunkBytes + 1));
    expect(chunk.status).toBe(413);
    // More than was announced, in a body that does not say how long it is.
    await other.begin('c'.repeat(64), 10);
    const chunked = { 'transfer-encoding': 'chunked' };
    expect((await other.patch('c'.repeat(64), 0, new Uint8Array(11), chunked)).status).toBe(413);
    expect(await other.offset('c'.repeat(64))).toBe(0);
    for (let count = 2; count < blobLimits.uploads; count += 1)
      expect((await other.begin(sha256(randomBytes(8)), 10)).status).toBe(201);
    expect(codeOf(await other.begin(sha256(randomBytes(8)), 10))).toBe('too-many-requests');
    expect((await other.ask('DELETE', `/v1/blobs/${'b'.repeat(64)}`)).status).toBe(204);
    expect((await other.begin(sha256(randomBytes(8)), 10)).status).toBe(201);
    const third = new TusClient(office.url, (await office.desk('quota', 'desk-agent')).accessToken);
    for (let count = 0; count < 4; count += 1)
      expect((await third.begin(sha256(randomBytes(8)), 8 * 1024 * 1024)).status).toBe(201);
    const full = await third.begin(sha256(randomBytes(8)), 8 * 1024 * 1024);
    expect([full.status, codeOf(full)]).toEqual([507, 'storage-full']);
  });

  it('say which tus is spoken, and speak no other', async () => {
    const { status, headers } = await client.ask('OPTIONS', '/v1/blobs');
    expect([status, headers['tus-version'], headers['tus-max-size']]).toEqual([204, '1.0.0', String(8 * 1024 * 1024)]);
    expect(headers['tus-extension']).toBe('creation,checksum,expiration,termination');
    const other = await client.begin('d'.repeat(64), 1, { 'tus-resumable': '0.2.2' });
    expect([other.status, other.headers['tus-version'], codeOf(other)]).toEqual([412, '1.0.0', 'wrong-tus-version']);
  });

  it('begin nothing for headers that make no sense, and reach no file but their own', async () => {
    const before = filesIn('part').length;
    for (const headers of [
      { 'upload-length': '-1' },
      { 'upload-length': '1e9' },
      { 'upload-length': '99999999999999999999' },
      { 'upload-metadata': '' },
      { 'upload-metadata': 'sha256' },
      { 'upload-metadata': `sha256 ${Buffer.from('../../../etc/passwd').toString('base64')}` },
      { 'upload-metadata': `sha256 ${Buffer.from(`${'a'.repeat(63)}/`).toString('base64')}` },
      { 'upload-metadata': `sha256 ${Buffer.from('A'.repeat(64)).toString('base64')}` },
    ])
      expect((await client.begin('e'.repeat(64), 1, headers)).status).toBe(400);
    for (const name of ['..%2f..%2fendpoint.sqlite', '..', `${'a'.repeat(62)}%00`, `part%2f${'a'.repeat(64)}`, 'part'])
      for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE'])
        expect([400, 404, 415]).toContain((await client.ask(method, `/v1/blobs/${name}`)).status);
    expect(filesIn('part').length).toBe(before);
  });

  it('end a week after the last byte came', async () => {
    const bytes = randomBytes(100);
    const hash = sha256(bytes);
    const { headers } = await client.begin(hash, bytes.length);
    const ends = Date.parse(headers['upload-expires'] as string);
    expect(Math.abs(ends - Date.now() - blobLimits.uploadLastsMs)).toBeLessThan(60_000);
    time = ends - 10_000;
    await office.endpoint.blobs?.collect();
    await desk.refresh();
    expect(await opened().offset(hash)).toBe(0);
    time = ends + 10_000;
    expect((await office.endpoint.blobs?.collect())?.uploads).toBeGreaterThan(0);
    expect(filesIn('part').filter((name) => name.startsWith(hash))).toEqual([]);
  });
});
