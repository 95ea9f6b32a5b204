import { describe, expect, test } from 'vitest';
import type { Sentinel } from '../../../../../shared/desktop-api.ts';
import { createBallast } from '../../../../../electron/main/journal/ballast.ts';
import { createReserves } from '../../../../../electron/main/journal/reserves.ts';
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

  test('that cannot be read stay where they are while there is no room to put them beside', async () => {
    const disk = await newDisk();
    await (await open(disk)).save('a', 'text');
    const held = disk.peek(`${space}/drafts.ndjson`);
    const damaged = Buffer.concat([Buffer.from('not a draft\n'), held, Buffer.from('{"key":"b","text":"half a sen')]);
    disk.poke(`${space}/drafts.ndjson`, damaged);
    disk.capacity = damaged.length;
    const drafts = await open(disk);
    expect(drafts.list()).toMatchObject([{ key: 'a', text: 'text' }]);
    disk.capacity = Number.POSITIVE_INFINITY;
    await drafts.save('c', 'more');
    expect(disk.peek(`${space}/drafts.ndjson`).toString()).toMatch(/^not a draft\n.*"a".*\n.*"c".*\n$/);
  });

  test('a key of the object prototype is a key like any other', async () => {
    const disk = await newDisk();
    const drafts = await open(disk);
    await drafts.save('__proto__', 'x');
    expect((await open(disk)).list()).toEqual([{ key: '__proto__', text: 'x', savedAt: 5 }]);
  });
});

describe('the ballast', () => {
  const bytes = 4_000;
  const file = '/p/ballast.bin';

  test('takes its space once and gives it back once', async () => {
    const disk = await newDisk();
    let told = 0;
    const ballast = createBallast(disk, file, bytes, () => (told += 1));
    expect(await ballast.release()).toBe(false);
    await ballast.take();
    await ballast.take();
    expect(disk.peek(file).length).toBe(bytes);
    expect(await ballast.release()).toBe(true);
    expect(await ballast.release()).toBe(false);
    expect(told).toBe(1);
    expect(await disk.list('/p')).toEqual(['spaces']);
  });

  test('that does not fit takes nothing: a part of it would be room that nobody can use', async () => {
    const disk = await newDisk();
    disk.capacity = bytes / 2;
    await expect(createBallast(disk, file, bytes).take()).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await disk.list('/p')).toEqual(['spaces']);
  });

  test('of an earlier run is held again, and the part of one is removed', async () => {
    const disk = await newDisk();
    await createBallast(disk, file, bytes).take();
    const again = createBallast(disk, file, bytes);
    await again.find();
    expect(await again.release()).toBe(true);
    await again.find();
    expect(await again.release()).toBe(false);
    await createBallast(disk, file, bytes / 4).take();
    await again.find();
    expect(await disk.list('/p')).toEqual(['spaces']);
  });

  test('is given back also while it is being taken', async () => {
    const disk = await newDisk();
    const ballast = createBallast(disk, file, bytes);
    const taking = ballast.take();
    expect(await ballast.release()).toBe(true);
    await taking;
    expect(await disk.list('/p')).toEqual(['spaces']);
  });
});

describe('the reserves', () => {
  const MiB = 1024 * 1024;

  test('are taken while there is room, and the database gets its own before the disk is full', async () => {
    const disk = await newDisk();
    let told = 0;
    const reserves = createReserves(disk, '/p', () => (told += 1));
    await reserves.follow({ level: 'ok', freeBytes: 900 * MiB });
    expect(await disk.list('/p')).toEqual(['ballast-database.bin', 'ballast.bin', 'spaces']);
    await reserves.follow({ level: 'full', freeBytes: 60 * MiB });
    expect(await disk.list('/p')).toEqual(['ballast-database.bin', 'ballast.bin', 'spaces']);
    await reserves.follow({ level: 'full', freeBytes: 20 * MiB });
    expect(await disk.list('/p')).toEqual(['ballast.bin', 'spaces']);
    expect(told).toBe(0);
    expect(await reserves.journal.release()).toBe(true);
    expect(told).toBe(1);
    await reserves.follow({ level: 'low', freeBytes: 90 * MiB });
    expect(await disk.list('/p')).toEqual(['ballast-database.bin', 'ballast.bin', 'spaces']);
  });

  test('of an earlier run are held from the start on a full disk', async () => {
    const disk = await newDisk();
    await createReserves(disk, '/p', () => undefined).follow({ level: 'ok', freeBytes: 900 * MiB });
    const again = createReserves(disk, '/p', () => undefined);
    await again.follow({ level: 'full', freeBytes: 0 });
    expect(await disk.list('/p')).toEqual(['ballast.bin', 'spaces']);
    expect(await again.journal.release()).toBe(true);
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
