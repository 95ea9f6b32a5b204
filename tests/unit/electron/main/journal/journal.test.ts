import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../../../shared/desktop-api.ts';
import type { Journal } from '../../../../../electron/main/journal/journal.ts';
import { openJournal } from '../../../../../electron/main/journal/open-journal.ts';
import { MemoryDisk } from '../../../../helpers/memory-disk.ts';
import { makeSpaceFolder, spacePlace } from '../../../../helpers/space-place.ts';

const entry = (seq: number): JournalEntry => ({
  seq,
  text: `{"command":"ticket.update","n":${seq},"title":"Über \\"Ort\\" 日本"}`,
});
const range = (from: number, to: number): JournalEntry[] =>
  Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));

async function newJournal(disk = new MemoryDisk()): Promise<{ readonly disk: MemoryDisk; readonly journal: Journal }> {
  await makeSpaceFolder(disk);
  return { disk, journal: await openJournal(spacePlace(disk)) };
}

async function readAll(journal: Journal, limit = 7): Promise<readonly JournalEntry[]> {
  const all: JournalEntry[] = [];
  for (;;) {
    const page = await journal.read(all.at(-1)?.seq ?? 0, limit);
    all.push(...page.entries);
    if (!page.more) return all;
  }
}

describe('the own-operation journal', () => {
  test('an acknowledged entry survives a power cut, in every segment', async () => {
    const { disk, journal } = await newJournal();
    for (let seq = 1; seq <= 40; seq += 1) await journal.append([entry(seq)]);
    disk.cutPower();
    const again = await openJournal(spacePlace(disk));
    expect(again.state).toEqual({ device: journal.state.device, lastSeq: 40, damage: [] });
    expect(await readAll(again)).toEqual(range(1, 40));
    expect((await disk.list('/p/spaces/desk/journal')).length).toBeGreaterThan(5);
  });

  test('all appends of one turn share one sync', async () => {
    const { disk, journal } = await newJournal();
    await journal.append([entry(1)]);
    const before = disk.syncs;
    await Promise.all(range(2, 101).map((item) => journal.append([item])));
    expect(disk.syncs - before).toBe(1);
    expect(await readAll(journal, 5_000)).toEqual(range(1, 101));
  });

  test('an append is not acknowledged before its sync', async () => {
    const { disk, journal } = await newJournal();
    await journal.append([entry(1)]);
    let release = (): void => undefined;
    const open = disk.open.bind(disk);
    const gate = new Promise<void>((resolve) => (release = resolve));
    disk.open = async (file, mode) => {
      const opened = await open(file, mode);
      return { ...opened, sync: () => gate.then(opened.sync) };
    };
    await journal.close();
    let acknowledged = false;
    const appending = journal.append([entry(2)]).then(() => (acknowledged = true));
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(acknowledged).toBe(false);
    release();
    await appending;
    expect(acknowledged).toBe(true);
  });

  test.each([
    ['a repeated number', [2]],
    ['a gap before', [4]],
    ['a gap inside', [3, 5]],
    ['disorder', [3, 4, 4]],
  ])('%s is a conflict and writes nothing', async (_name, numbers) => {
    const { disk, journal } = await newJournal();
    await journal.append(range(1, 2));
    const before = Buffer.from(disk.peek('/p/spaces/desk/journal/00000001.ndjson'));
    await expect(journal.append(numbers.map(entry))).rejects.toMatchObject({ kind: 'conflict' });
    expect(disk.peek('/p/spaces/desk/journal/00000001.ndjson')).toEqual(before);
    await journal.append([entry(3)]);
    expect(journal.state.lastSeq).toBe(3);
  });

  test('an empty journal goes on from any number, because the one before it may be lost', async () => {
    const { journal } = await newJournal();
    await journal.append([entry(41)]);
    await expect(journal.append([entry(43)])).rejects.toMatchObject({ kind: 'conflict' });
    expect(await readAll(journal)).toEqual([entry(41)]);
  });

  test('closing waits for what is on its way', async () => {
    const { disk, journal } = await newJournal();
    const appending = journal.append(range(1, 3));
    await journal.close();
    disk.cutPower();
    expect(await readAll(await openJournal(spacePlace(disk)))).toEqual(range(1, 3));
    await appending;
  });

  test('pages begin after any number', async () => {
    const { journal } = await newJournal();
    await journal.append(range(1, 30));
    await journal.append(range(31, 700));
    for (const after of [0, 1, 29, 30, 255, 256, 257, 699]) {
      expect((await journal.read(after, 3)).entries).toEqual(range(after + 1, Math.min(after + 3, 700)));
    }
    expect(await journal.read(700, 3)).toEqual({ entries: [], more: false });
  });
});

describe('a full disk', () => {
  test('is told by its kind, nothing stays half-written, and work resumes without a restart', async () => {
    const { disk, journal } = await newJournal();
    await journal.append(range(1, 3));
    disk.capacity = (await usedBytes(disk)) + 30;
    await expect(journal.append([entry(4)])).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(journal.append([entry(4)])).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(journal.state.lastSeq).toBe(3);
    disk.capacity = Number.POSITIVE_INFINITY;
    await journal.append([entry(4)]);
    disk.cutPower();
    const again = await openJournal(spacePlace(disk));
    expect(await readAll(again)).toEqual(range(1, 4));
    expect(again.state.damage).toEqual([]);
  });

  test('the reserve is given up for the last write', async () => {
    const disk = new MemoryDisk();
    await makeSpaceFolder(disk);
    let released = 0;
    const reserve = {
      release: async () => {
        released += 1;
        disk.capacity = Number.POSITIVE_INFINITY;
        return released === 1;
      },
    };
    const journal = await openJournal(spacePlace(disk, { reserve }));
    await journal.append([entry(1)]);
    disk.capacity = await usedBytes(disk);
    await journal.append([entry(2)]);
    expect(released).toBe(1);
    expect(await readAll(journal)).toEqual(range(1, 2));
  });
});

async function usedBytes(disk: MemoryDisk): Promise<number> {
  const { capacity } = disk;
  disk.capacity = 1e9;
  const used = 1e9 - (await disk.space()).freeBytes;
  disk.capacity = capacity;
  return used;
}
