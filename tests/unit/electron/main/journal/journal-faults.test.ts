import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../../../shared/desktop-api.ts';
import type { Journal } from '../../../../../electron/main/journal/journal.ts';
import { openJournal } from '../../../../../electron/main/journal/open-journal.ts';
import { MemoryDisk } from '../../../../helpers/memory-disk.ts';
import { makeSpaceFolder, spacePlace } from '../../../../helpers/space-place.ts';

const entry = (seq: number): JournalEntry => ({ seq, text: `{"n":${seq},"title":"Über \\"Ort\\" 日本"}` });
const range = (from: number, to: number): JournalEntry[] =>
  Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));
const folder = '/p/spaces/desk/journal';

async function newDisk(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await makeSpaceFolder(disk);
  return disk;
}

async function readAll(journal: Journal): Promise<readonly JournalEntry[]> {
  return (await journal.read(0, 5_000)).entries;
}

async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt > 40) throw error;
    }
  }
}

/** Saves as the data worker does: what fails is saved again, under the number the journal then expects. */
async function work(disk: MemoryDisk): Promise<{ readonly acknowledged: number; readonly device: string }> {
  const journal = await patiently(() => openJournal(spacePlace(disk)));
  for (let batch = 1; batch <= 12; batch += 1) {
    await patiently(() => {
      const next = journal.state.lastSeq + 1;
      return journal.append(range(next, next + (batch % 3)));
    });
  }
  return { acknowledged: journal.state.lastSeq, device: journal.state.device };
}

describe('R9: an input or output error at every single call', () => {
  test.each([1, 2, 5])(
    '%i failing calls in a row lose nothing acknowledged, with and without a power cut',
    async (failCount) => {
      const calm = await newDisk();
      await work(calm);
      expect(calm.calls).toBeGreaterThan(40);
      for (let k = 1; k <= calm.calls + 5; k += 1) {
        for (const cut of [false, true]) {
          const disk = await newDisk();
          disk.failFrom = disk.calls + k;
          disk.failCount = failCount;
          const { acknowledged, device } = await work(disk);
          disk.failFrom = 0;
          if (cut) disk.cutPower();
          const again = await openJournal(spacePlace(disk));
          const state = `call ${k}, cut ${cut}`;
          expect(again.state, state).toEqual({ device, lastSeq: acknowledged, damage: [] });
          expect(await readAll(again), state).toEqual(range(1, acknowledged));
          await again.append([entry(acknowledged + 1)]);
        }
      }
    },
  );

  test('the program ends at every single call: what was acknowledged is there at the next start', async () => {
    const calm = await newDisk();
    await work(calm);
    for (let k = 1; k <= calm.calls; k += 1) {
      const disk = await newDisk();
      disk.failFrom = disk.calls + k;
      disk.failCount = Number.POSITIVE_INFINITY;
      let acknowledged = 0;
      try {
        const journal = await openJournal(spacePlace(disk));
        for (let seq = 1; seq <= 20; seq += 1) {
          await journal.append([entry(seq)]);
          acknowledged = seq;
        }
      } catch {
        // The power goes here.
      }
      disk.failFrom = 0;
      disk.cutPower();
      const again = await openJournal(spacePlace(disk));
      expect((await readAll(again)).slice(0, acknowledged), `call ${k}`).toEqual(range(1, acknowledged));
      expect(again.state.damage, `call ${k}`).toEqual([]);
    }
  });
});

test('what a failed sync left in the file is gone before something shorter is written there', async () => {
  const disk = await newDisk();
  const journal = await openJournal(spacePlace(disk, { segmentBytes: 1e6 }));
  await journal.append([entry(1)]);
  // The write goes through, its sync and the attempt to tidy fail.
  disk.failFrom = disk.calls + 2;
  disk.failCount = 3;
  await expect(journal.append(range(2, 9))).rejects.toMatchObject({ code: 'EIO' });
  disk.failFrom = 0;
  await journal.append([{ seq: 2, text: '{}' }]);
  const again = await openJournal(spacePlace(disk));
  expect(again.state).toMatchObject({ lastSeq: 2, damage: [] });
  expect(await readAll(again)).toEqual([entry(1), { seq: 2, text: '{}' }]);
});

async function journalOf(entries: number): Promise<MemoryDisk> {
  const disk = await newDisk();
  const journal = await openJournal(spacePlace(disk));
  for (let seq = 1; seq <= entries; seq += 1) await journal.append([entry(seq)]);
  return disk;
}

describe('damage', () => {
  test('a torn last line is cut off without a word, wherever it is torn', async () => {
    const whole = await journalOf(9);
    const files = await whole.list(folder);
    const file = `${folder}/${files.at(-1) ?? ''}`;
    const bytes = Buffer.from(whole.peek(file));
    for (let length = 0; length < bytes.length; length += 1) {
      whole.poke(file, bytes.subarray(0, length));
      const journal = await openJournal(spacePlace(whole));
      const read = await readAll(journal);
      expect(read).toEqual(range(1, read.length));
      expect(journal.state).toMatchObject({ lastSeq: read.length, damage: [] });
      await journal.append([entry(read.length + 1), entry(read.length + 2)]);
      const again = await openJournal(spacePlace(whole));
      expect(await readAll(again)).toEqual(range(1, read.length + 2));
      expect(again.state.damage).toEqual([]);
    }
  });

  test('any flipped bit costs one entry at most, and is reported with its file and line', async () => {
    const entries = 14;
    const good = await journalOf(entries);
    const files = await good.list(folder);
    const contents = files.map((name) => Buffer.from(good.peek(`${folder}/${name}`)));
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), fc.nat(), fc.nat(7), async (which, position, bit) => {
        const content = contents[which] ?? Buffer.alloc(0);
        const file = `${folder}/${files[which] ?? ''}`;
        const damaged = Buffer.from(content);
        const at = position % content.length;
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        good.poke(file, damaged);
        const journal = await openJournal(spacePlace(good));
        const read = await readAll(journal);
        const { lastSeq, damage } = journal.state;
        good.poke(file, content);

        for (const item of read) expect(item).toEqual(entry(item.seq));
        expect(read.length).toBeGreaterThanOrEqual(entries - 1);
        expect(lastSeq).toBeGreaterThanOrEqual(entries);
        expect(lastSeq).toBeLessThanOrEqual(entries + 1);
        // Only a lost line break at the very end of a segment costs nothing and needs no word.
        const costsNothing = at === content.length - 1 && read.length === entries;
        if (!costsNothing) expect(damage.map((item) => item.file)).toContain(files[which]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('entries appended after damage are read', async () => {
    const disk = await journalOf(3);
    const file = `${folder}/00000001.ndjson`;
    const bytes = Buffer.from(disk.peek(file));
    bytes[bytes.length - 20] = 0;
    disk.poke(file, bytes);
    const journal = await openJournal(spacePlace(disk));
    expect(journal.state).toMatchObject({ lastSeq: 3, damage: [{ file: '00000001.ndjson', line: 4 }] });
    await journal.append([entry(4)]);
    const again = await openJournal(spacePlace(disk));
    expect(await readAll(again)).toEqual([...range(1, 2), entry(4)]);
    expect(again.state.damage).toHaveLength(1);
  });

  test('a lost, a swapped and a foreign line show', async () => {
    const disk = await journalOf(4);
    const file = `${folder}/00000001.ndjson`;
    const lines = disk.peek(file).toString().trimEnd().split('\n');
    const [header = '', one = '', two = '', three = ''] = lines;
    for (const [tampered, kept] of [
      [
        [header, one, three],
        [1, 3],
      ],
      [
        [header, two, one, three],
        [2, 3],
      ],
      [
        [header, one, one, two, three],
        [1, 2, 3],
      ],
    ] as const) {
      disk.poke(file, Buffer.from(`${tampered.join('\n')}\n`));
      const journal = await openJournal(spacePlace(disk));
      expect((await readAll(journal)).map(({ seq }) => seq).slice(0, kept.length)).toEqual(kept);
      expect(journal.state.damage.length).toBeGreaterThan(0);
    }
  });

  test('an old line at the end does not turn the numbers back', async () => {
    const disk = await journalOf(3);
    const file = `${folder}/00000001.ndjson`;
    const text = disk.peek(file).toString();
    disk.poke(file, Buffer.from(`${text}${text.split('\n')[1] ?? ''}\n`));
    const journal = await openJournal(spacePlace(disk));
    expect(journal.state).toMatchObject({ lastSeq: 3, damage: [{ line: 5, reason: 'number 1 comes again' }] });
    expect(await readAll(journal)).toEqual(range(1, 3));
  });

  test('a missing segment is reported, the others are read', async () => {
    const disk = await journalOf(14);
    const files = await disk.list(folder);
    expect(files.length).toBeGreaterThan(2);
    await disk.remove(`${folder}/${files[1] ?? ''}`);
    const journal = await openJournal(spacePlace(disk));
    expect(journal.state.damage).toEqual([{ file: files[2], line: 0, reason: 'segments 2 to 2 are missing' }]);
    expect(journal.state.lastSeq).toBe(14);
    await journal.append([entry(15)]);
    expect((await readAll(journal)).at(-1)).toEqual(entry(15));
  });
});
