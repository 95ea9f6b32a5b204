import { describe, expect, test } from 'vitest';
import type { SnapshotInfo } from '../../../../../shared/desktop-api.ts';
import { chooseExpired, isNearlyEmpty } from '../../../../../electron/main/journal/snapshot-manifest.ts';
import { Snapshots } from '../../../../../electron/main/journal/snapshots.ts';
import { MemoryDisk } from '../../../../helpers/memory-disk.ts';

const folder = '/p/snapshots';
const dayMs = 86_400_000;
let clock = 0;
let drawn = 0;

async function newSnapshots(
  disk = new MemoryDisk(),
): Promise<{ readonly disk: MemoryDisk; readonly snapshots: Snapshots }> {
  await disk.makeFolder(folder);
  for (const parent of ['/', '/p']) await disk.syncFolder(parent);
  const random = (count: number): Uint8Array => new Uint8Array(count).fill((drawn += 1) % 256);
  return { disk, snapshots: new Snapshots({ disk, folder, now: () => (clock += 1_000), random }) };
}

async function take(snapshots: Snapshots, records: number, parts = 2): Promise<SnapshotInfo> {
  const { id } = await snapshots.begin(records, records);
  for (let part = 0; part < parts; part += 1)
    await snapshots.write(id, part, Buffer.from(`part ${part} of ${records}`));
  return snapshots.commit(id);
}

describe('snapshots', () => {
  test('a committed one is read back as written after a power cut', async () => {
    const { disk, snapshots } = await newSnapshots();
    const info = await take(snapshots, 100);
    expect(info).toMatchObject({ records: 100, parts: 2, lastSeq: 100, verified: true });
    expect(info.id).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    disk.cutPower();
    const again = (await newSnapshots(disk)).snapshots;
    expect(await again.list()).toEqual([info]);
    expect(Buffer.from(await again.read(info.id, 1)).toString()).toBe('part 1 of 100');
    await expect(again.read(info.id, 2)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('an error at every single call: acknowledged or not there, and the one before stays whole', async () => {
    const calm = await newSnapshots();
    await take(calm.snapshots, 100);
    const start = calm.disk.calls;
    await take(calm.snapshots, 110);
    const calls = calm.disk.calls - start;
    expect(calls).toBeGreaterThan(15);
    for (let k = 1; k <= calls; k += 1) {
      const { disk, snapshots } = await newSnapshots();
      const first = await take(snapshots, 100);
      disk.failFrom = disk.calls + k;
      const second = await take(snapshots, 110).catch(() => null);
      disk.failFrom = 0;
      disk.cutPower();
      const again = (await newSnapshots(disk)).snapshots;
      await again.tidy();
      const listed = await again.list();
      expect(listed, `call ${k}`).toContainEqual(first);
      if (second !== null) expect(listed, `call ${k}`).toContainEqual(second);
      for (const info of listed) {
        for (let part = 0; part < info.parts; part += 1) {
          expect(Buffer.from(await again.read(info.id, part)).toString(), `call ${k}`).toBe(
            `part ${part} of ${info.records}`,
          );
        }
      }
    }
  });

  test('a changed part is refused at commit and at reading', async () => {
    const { disk, snapshots } = await newSnapshots();
    const { id } = await snapshots.begin(1, 1);
    await snapshots.write(id, 0, Buffer.from('good'));
    disk.poke(`${folder}/${id}.writing/part-00000.bin`, Buffer.from('goof'));
    await expect(snapshots.commit(id)).rejects.toMatchObject({ kind: 'damaged' });
    expect(await snapshots.list()).toEqual([]);
    await snapshots.write(id, 0, Buffer.from('good'));
    await snapshots.commit(id);
    disk.poke(`${folder}/${id}/part-00000.bin`, Buffer.from('goof'));
    await expect(snapshots.read(id, 0)).rejects.toMatchObject({ kind: 'damaged' });
  });

  test('parts come in order, to a snapshot that was begun', async () => {
    const { snapshots } = await newSnapshots();
    const { id } = await snapshots.begin(1, 1);
    await expect(snapshots.write(id, 1, Buffer.from('x'))).rejects.toMatchObject({ kind: 'conflict' });
    await expect(snapshots.write('20260101T000000Z-ffff', 0, Buffer.from('x'))).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(snapshots.commit('20260101T000000Z-ffff')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a nearly empty one is kept beside and displaces no fuller one, however often it is taken', async () => {
    const { snapshots } = await newSnapshots();
    const full = await take(snapshots, 1_000);
    for (let n = 0; n < 12; n += 1) expect((await take(snapshots, 3)).verified).toBe(false);
    const listed = await snapshots.list();
    expect(listed).toContainEqual(full);
    expect(listed.filter((info) => !info.verified)).toHaveLength(2);
    expect((await take(snapshots, 200)).verified).toBe(true);
  });

  test('what was left unfinished is removed at the next opening', async () => {
    const { disk, snapshots } = await newSnapshots();
    const { id } = await snapshots.begin(1, 1);
    await snapshots.write(id, 0, Buffer.from('x'));
    const again = (await newSnapshots(disk)).snapshots;
    expect(await again.list()).toEqual([]);
    await again.tidy();
    expect(await disk.list(folder)).toEqual([]);
  });
});

describe('rotation', () => {
  const info = (takenAt: number, verified = true): SnapshotInfo => ({
    id: `s${takenAt}${verified ? '' : '-empty'}`,
    takenAt,
    records: 1,
    bytes: 1,
    parts: 1,
    lastSeq: 1,
    verified,
  });

  test('keeps the five newest and the newest of each of seven days', () => {
    const hourly = Array.from({ length: 20 * 24 }, (_, hour) => info(hour * 3_600_000));
    const expired = new Set(chooseExpired(hourly));
    const kept = hourly.filter(({ id }) => !expired.has(id)).map(({ takenAt }) => takenAt);
    const lastOfDay = (day: number): number => day * dayMs + 23 * 3_600_000;
    const newest = lastOfDay(19);
    const wanted = [13, 14, 15, 16, 17, 18].map(lastOfDay);
    expect(kept).toEqual([...wanted, ...[4, 3, 2, 1, 0].map((hours) => newest - hours * 3_600_000)]);
  });

  test('deletes nothing while there is little', () => {
    expect(chooseExpired([info(1), info(2), info(3, false)])).toEqual([]);
  });

  test.each([
    [19, 100, true],
    [20, 100, false],
    [0, 0, false],
    [0, 1, true],
  ])('%i records after %i: nearly empty %s', (records, before, verdict) => {
    expect(isNearlyEmpty(records, before)).toBe(verdict);
  });
});
