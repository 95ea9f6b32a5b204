import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp, restore } from '../../../server/backup.ts';
import { openEndpoint } from '../../../server/endpoint.ts';
import { roles, type Role } from '../../../shared/domain/permissions.ts';
import { blobLimits, blobReference } from '../../../shared/sync/protocol-blobs.ts';
import { addAccounts, prepareEndpoint } from '../../helpers/endpoint/endpoint-process.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';
import { sha256, TusClient } from '../../helpers/endpoint/tus-client.ts';

const relations = ['caller', 'assignee', 'none'] as const;
const audiences = ['comment', 'work-note'] as const;
/** From the roles' descriptions, not from the program's own table. */
function reads(role: Role, relation: (typeof relations)[number], audience: (typeof audiences)[number]): boolean {
  if (role === 'requester') return relation === 'caller' && audience === 'comment';
  return role !== 'technician' || relation !== 'none';
}

describe('who may read a blob', () => {
  const directory = temporaryDirectory();
  let office: Office;
  let chief: TestDesk;
  let time = Date.now();
  const clientOf = (desk: TestDesk): TusClient => new TusClient(office.url, desk.accessToken);
  const push = async (id: string, fields: Readonly<Record<string, string>>, entity = 'ticket-entry'): Promise<void> => {
    const operation = chief.edit('record.create', [{ entity, id, fields }]);
    const { voids } = await chief.push(chief.pushLines([{ type: 'operation', operation }]));
    expect(voids).toEqual([]);
  };

  beforeAll(async () => {
    office = await openOffice({ kind: 'sqlite', directory }, () => time);
    chief = await office.desk('chief', 'administrator');
  }, 60_000);
  afterAll(async () => await office.close());

  it('is nobody, at once, when all that referred to it was purged', async () => {
    const only = await clientOf(chief).upload(randomBytes(300));
    const shared = await clientOf(chief).upload(randomBytes(300));
    const base = { type: 'incident', impact: '3', urgency: '3', openedBy: 'chief', state: 'new' };
    for (const id of ['purged', 'kept']) await push(id, { ...base, title: id }, 'ticket');
    const entry = { audience: 'comment', author: 'chief' };
    await push('purged.1', { ...entry, ticket: 'purged', body: blobReference(only) });
    await push('purged.2', { ...entry, ticket: 'purged', body: blobReference(shared) });
    await push('kept.1', { ...entry, ticket: 'kept', body: blobReference(shared) });
    expect((await chief.send('POST', '/v1/admin/purges', { entity: 'ticket', id: 'purged' })).status).toBe(200);
    expect(await office.endpoint.blobs?.folder.look(only)).toBeNull();
    expect((await clientOf(chief).read(only)).status).toBe(404);
    expect((await clientOf(chief).read(shared)).status).toBe(200);
  });

  it('is who may read a record that refers to it; for all others it is not there, nor was it ever', async () => {
    const stranger = sha256(randomBytes(8));
    for (const role of roles) {
      const client = clientOf(await office.desk(role, role));
      const missing = await client.read(stranger);
      for (const relation of relations)
        for (const audience of audiences) {
          const bytes = randomBytes(300);
          const hash = await clientOf(chief).upload(bytes);
          const id = `${role}.${relation}.${audience}`;
          const base = { type: 'incident', title: id, impact: '3', urgency: '3', openedBy: 'chief', state: 'new' };
          await push(id, { ...base, ...(relation === 'none' ? {} : { [relation]: role }) }, 'ticket');
          await push(`${id}.e`, { ticket: id, audience, body: blobReference(hash), author: 'chief' });
          const answer = await client.read(hash);
          expect([id, answer.status]).toEqual([id, reads(role, relation, audience) ? 200 : 404]);
          if (answer.status === 200) expect(answer.body.equals(bytes)).toBe(true);
          else {
            expect(answer.body.toString()).toBe(missing.body.toString());
            expect(await client.offset(hash)).toBeNull();
            // Who knows the hash alone must send the content like anybody.
            expect((await client.begin(hash, bytes.length)).headers['upload-offset']).toBe('0');
            await client.ask('DELETE', `/v1/blobs/${hash}`);
          }
        }
    }
  }, 120_000);

  it('is sent by ranges, and not again to who has it', async () => {
    const bytes = randomBytes(1_000);
    const client = clientOf(chief);
    const hash = await client.upload(bytes);
    const ranges: readonly [string, number, Buffer][] = [
      ['bytes=0-9', 206, bytes.subarray(0, 10)],
      ['bytes=990-', 206, bytes.subarray(990)],
      ['bytes=-10', 206, bytes.subarray(990)],
      ['bytes=990-5000', 206, bytes.subarray(990)],
      ['bytes=9-2', 200, bytes],
      ['bytes=0-1,5-6', 200, bytes],
    ];
    for (const [range, status, expected] of ranges) {
      const answer = await client.read(hash, { range });
      expect([range, answer.status, answer.body.equals(expected)]).toEqual([range, status, true]);
    }
    const beyond = await client.read(hash, { range: 'bytes=1000-' });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */1000']);
    const { headers } = await client.read(hash);
    expect(headers['cache-control']).toContain('immutable');
    expect((await client.read(hash, { 'if-none-match': headers.etag })).status).toBe(304);
    expect((await client.read(hash, { 'if-range': '"other"', range: 'bytes=0-1' })).status).toBe(200);
  });

  it('goes 30 days after the last record that referred to it, is verified, backed up and restored', async () => {
    const [kept, lone] = [await clientOf(chief).upload(randomBytes(90)), await clientOf(chief).upload(randomBytes(91))];
    await push('e-kept', {
      ticket: 'auditor.none.comment',
      audience: 'comment',
      body: blobReference(kept),
      author: 'x',
    });
    const { blobs } = office.endpoint;
    const has = async (hash: string): Promise<boolean> => (await blobs?.folder.look(hash)) !== null;
    time += blobLimits.orphanLastsMs - 60_000;
    await blobs?.collect();
    expect([await has(kept), await has(lone)]).toEqual([true, true]);
    time += 120_000;
    await blobs?.collect();
    expect([await has(kept), await has(lone)]).toEqual([true, false]);
    await office.close();

    const place = { kind: 'sqlite', directory } as const;
    const file = path.join(temporaryDirectory(), 'space.sqlite');
    await backUp(place, file, () => undefined);
    const stored = path.join(directory, 'blobs', kept.slice(0, 2), kept);
    fs.writeFileSync(stored, 'damaged');
    const damaged = await openEndpoint(place);
    expect(await damaged.blobs?.verify()).toMatchObject({ damaged: [kept], missing: [kept] });
    await damaged.store.close();
    await restore(place, file, () => undefined);
    const restored = await openEndpoint(place);
    expect(await restored.blobs?.verify()).toMatchObject({ damaged: [], missing: [] });
    await restored.store.close();
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
  }, 60_000);

  it('goes on after the endpoint was killed in the middle', async () => {
    const home = temporaryDirectory();
    const codes = await addAccounts(home, { ada: ['desk-agent'] });
    const endpoint = await prepareEndpoint(home);
    await endpoint.start();
    const desk = new TestDesk(endpoint.url, 'ada');
    await desk.enrol(codes['ada'] ?? '');
    const client = new TusClient(endpoint.url, desk.accessToken);
    const bytes = randomBytes(900_000);
    const hash = sha256(bytes);
    await client.begin(hash, bytes.length);
    await client.patch(hash, 0, bytes.subarray(0, 300_000));
    const cut = client.cutPatch(hash, 300_000, bytes.subarray(300_000), 200_000);
    await endpoint.kill();
    await cut;
    await endpoint.start();
    expect((await client.offset(hash)) ?? 0).toBeGreaterThanOrEqual(300_000);
    expect((await client.finish(hash, bytes)).status).toBe(204);
    await endpoint.kill();
    expect(sha256(fs.readFileSync(path.join(home, 'blobs', hash.slice(0, 2), hash)))).toBe(hash);
  }, 60_000);

  // A disk of its own can only be mounted by root.
  it.skipIf(process.getuid?.() !== 0)(
    'goes on from what came before its disk was full',
    async () => {
      const bytes = randomBytes(900_000);
      const hash = sha256(bytes);
      const small = temporaryDirectory();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=72m', 'tmpfs', small]);
      try {
        const place = { kind: 'sqlite', directory: temporaryDirectory(), blobs: { directory: small } } as const;
        const full = await openEndpoint(place);
        const device = 'K3V9Q2M7TA';
        const begin = async (): Promise<unknown> => await full.blobs?.uploads.begin(hash, device, bytes.length);
        await begin();
        fs.writeFileSync(path.join(small, 'filler'), Buffer.alloc(71.7 * 1024 * 1024));
        const append = async (offset: number): Promise<unknown> =>
          await full.blobs?.uploads.append(hash, device, {
            offset,
            checksum: null,
            body: Readable.from([bytes.subarray(offset)]),
          });
        await expect(append(0)).rejects.toThrow('storage-full');
        fs.rmSync(path.join(small, 'filler'));
        await append((await full.blobs?.uploads.find(hash, device))?.received ?? 0);
        expect(await full.blobs?.verify()).toMatchObject({ whole: 1, damaged: [] });
        await full.store.close();
      } finally {
        execFileSync('umount', ['-l', small]);
      }
    },
    60_000,
  );
});
