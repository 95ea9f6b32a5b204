import { describe, expect, test } from 'vitest';
import type { Sentinel } from '../../../../../shared/desktop-api.ts';
import { createBallast } from '../../../../../electron/main/journal/ballast.ts';
import { openDrafts } from '../../../../../electron/main/journal/drafts.ts';
import { readSentinel, writeSentinel } from '../../../../../electron/main/journal/sentinel-file.ts';
import { createSpaces } from '../../../../../electron/main/journal/spaces.ts';
import { MemoryDisk } from '../../../../helpers/memory-disk.ts';
import { makeSpaceFolder, noReserve, spacePlace } from '../../../../helpers/space-place.ts';

const space = '/p/spaces/desk';
const sentinel = (lastSeq: number): Sentinel => ({
  databaseId: 'db',
  schemaVersion: 1,
  lastSeq,
  records: 12,
  chromium: '130.0',
  writtenAt: 1,
});

async function newDisk(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await makeSpaceFolder(disk);
  return disk;
}

describe('the sentinel', () => {
  test('is the old or the new one after a power cut at any call, and the new one once acknowledged', async () => {
    const calm = await newDisk();
    await writeSentinel(calm, space, sentinel(1));
    const each = calm.calls;
    for (let k = 1; k <= each + 1; k += 1) {
      const disk = await newDisk();
      await writeSentinel(disk, space, sentinel(1));
      disk.failFrom = disk.calls + k;
      const acknowledged = await writeSentinel(disk, space, sentinel(2)).then(
        () => true,
        () => false,
      );
      disk.failFrom = 0;
      disk.cutPower();
      const read = await readSentinel(disk, space);
      expect(acknowledged ? [2] : [1, 2], `call ${k}`).toContain(read?.lastSeq);
    }
  });

  test('none is null, a damaged one is told apart from none', async () => {
    const disk = await newDisk();
    expect(await readSentinel(disk, space)).toBeNull();
    await writeSentinel(disk, space, sentinel(1));
    disk.poke(`${space}/sentinel.json`, Buffer.from('{"databaseId":"db"}'));
    await expect(readSentinel(disk, space)).rejects.toMatchObject({ kind: 'damaged' });
  });
});

describe('drafts', () => {
  const open = (disk: MemoryDisk) => openDrafts(disk, space, noReserve, () => 5);

  test('an acknowledged draft survives a power cut; a deleted one does not come back', async () => {
    const disk = await newDisk();
    const drafts = await open(disk);
    await drafts.save('ticket/1/comment', 'Erste Zeile\nzweite "Zeile"');
    await drafts.save('ticket/1/comment', 'newer');
    await drafts.save('new-ticket', '{"title":"x"}');
    await drafts.delete('new-ticket');
    disk.cutPower();
    expect((await open(disk)).list()).toEqual([{ key: 'ticket/1/comment', text: 'newer', savedAt: 5 }]);
  });

  test('an error at every single call loses no acknowledged draft', async () => {
    const script = async (disk: MemoryDisk): Promise<Map<string, string>> => {
      const acknowledged = new Map<string, string>();
      let drafts = await open(disk).catch(() => open(disk));
      for (let round = 0; round < 6; round += 1) {
        const key = `k${round % 3}`;
        const saved = await drafts.save(key, `text ${round}`).then(
          () => true,
          () => false,
        );
        if (saved) acknowledged.set(key, `text ${round}`);
        else await drafts.save(key, `again ${round}`).then(() => acknowledged.set(key, `again ${round}`));
        if (round === 3) drafts = await open(disk).catch(() => open(disk));
      }
      return acknowledged;
    };
    const calm = await newDisk();
    await script(calm);
    for (let k = 1; k <= calm.calls; k += 1) {
      const disk = await newDisk();
      disk.failFrom = disk.calls + k;
      const acknowledged = await script(disk);
      disk.failFrom = 0;
      disk.cutPower();
      const found = new Map((await open(disk)).list().map((draft) => [draft.key, draft.text]));
      expect(found, `call ${k}`).toEqual(acknowledged);
    }
  });

  test('opening writes the file anew when it holds more than it needs, and keeps what cannot be read', async () => {
    const disk = await newDisk();
    const drafts = await open(disk);
    for (let n = 0; n < 50; n += 1) await drafts.save('a', `text ${n}`);
    const before = disk.peek(`${space}/drafts.ndjson`);
    disk.poke(`${space}/drafts.ndjson`, Buffer.concat([before, Buffer.from('{"key":"b","text":"half a sen')]));
    const again = await open(disk);
    expect(again.list()).toEqual([{ key: 'a', text: 'text 49', savedAt: 5 }]);
    expect(disk.peek(`${space}/drafts.ndjson`).length).toBeLessThan(60);
    expect(disk.peek(`${space}/drafts.ndjson.unreadable-5`).toString()).toContain('half a sen');
    await again.save('c', 'more');
    expect((await open(disk)).list().map((draft) => draft.key)).toEqual(['a', 'c']);
  });

  test('a key of the object prototype is a key like any other', async () => {
    const disk = await newDisk();
    const drafts = await open(disk);
    await drafts.save('__proto__', 'x');
    expect((await open(disk)).list()).toEqual([{ key: '__proto__', text: 'x', savedAt: 5 }]);
  });
});

describe('the ballast', () => {
  test('takes its space once and gives it back once', async () => {
    const disk = await newDisk();
    const ballast = createBallast(disk, '/p');
    expect(await ballast.release()).toBe(false);
    await ballast.take();
    await ballast.take();
    expect(disk.peek('/p/ballast.bin').length).toBe(4 * 1024 * 1024);
    expect(await ballast.release()).toBe(true);
    expect(await ballast.release()).toBe(false);
    expect(await disk.list('/p')).toEqual(['spaces']);
  });
});

describe('spaces', () => {
  const { folder: _folder, ...place } = spacePlace(new MemoryDisk());

  test('are opened once, and again after a failure', async () => {
    const disk = new MemoryDisk();
    const spaces = createSpaces('/p/spaces', { ...place, disk });
    disk.failFrom = 1;
    await expect(spaces.open('desk')).rejects.toMatchObject({ code: 'EIO' });
    const [one, two] = await Promise.all([spaces.open('desk'), spaces.open('desk')]);
    expect(one).toBe(two);
    expect((await spaces.open('other')).journal.state.device).not.toBe(one.journal.state.device);
  });

  test('are new until something was written, or is left of what was', async () => {
    const disk = new MemoryDisk();
    const spaces = createSpaces('/p/spaces', { ...place, disk });
    expect(await spaces.isNew('desk')).toBe(true);
    const stores = await spaces.open('desk');
    expect(await spaces.isNew('desk')).toBe(true);
    await stores.journal.append([{ seq: 1, text: '{}' }]);
    expect(await spaces.isNew('desk')).toBe(false);
    await writeSentinel(disk, '/p/spaces/other', sentinel(3)).catch(() => undefined);
    await disk.makeFolder('/p/spaces/other');
    await writeSentinel(disk, '/p/spaces/other', sentinel(3));
    expect(await spaces.isNew('other')).toBe(false);
  });
});
