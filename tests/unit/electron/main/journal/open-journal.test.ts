import { expect, test } from 'vitest';
import { AsideJournals } from '../../../../../electron/main/journal/aside-journals.ts';
import { openJournal, restartJournal } from '../../../../../electron/main/journal/open-journal.ts';
import { deviceIdPattern } from '../../../../../shared/sync/device-id.ts';
import { MemoryDisk } from '../../../../helpers/memory-disk.ts';
import { makeSpaceFolder, spacePlace } from '../../../../helpers/space-place.ts';

const space = '/p/spaces/desk';
const other = { random: (count: number) => new Uint8Array(count).fill(201) };

async function begin(): Promise<{ readonly disk: MemoryDisk; readonly device: string }> {
  const disk = new MemoryDisk();
  await makeSpaceFolder(disk);
  const journal = await openJournal(spacePlace(disk));
  await journal.append([
    { seq: 1, text: '{"a":1}' },
    { seq: 2, text: '{"a":2}' },
  ]);
  return { disk, device: journal.state.device };
}

test('a device id is minted once', async () => {
  const { disk, device } = await begin();
  expect(device).toMatch(deviceIdPattern);
  disk.cutPower();
  expect((await openJournal(spacePlace(disk, other))).state.device).toBe(device);
});

test('the id survives the loss of its file, because the segments name it', async () => {
  const { disk, device } = await begin();
  await disk.remove(`${space}/device.json`);
  expect((await openJournal(spacePlace(disk, other))).state).toEqual({ device, lastSeq: 2, damage: [] });
  disk.poke(`${space}/device.json`, Buffer.from('{"device":'));
  expect((await openJournal(spacePlace(disk, other))).state.device).toBe(device);
});

test('on another machine a new device begins, and the journal of the old one is kept whole', async () => {
  const { disk, device } = await begin();
  const before = Buffer.from(disk.peek(`${space}/journal/00000001.ndjson`));
  const moved = await openJournal(spacePlace(disk, { ...other, machine: 'another machine' }));
  expect(moved.state.device).not.toBe(device);
  expect(moved.state).toMatchObject({ lastSeq: 0, damage: [] });
  await moved.append([{ seq: 1, text: '{}' }]);
  disk.cutPower();
  expect(disk.peek(`${space}/other-devices/${device}/00000001.ndjson`)).toEqual(before);
  const again = await openJournal(spacePlace(disk, { ...other, machine: 'another machine' }));
  expect(again.state).toMatchObject({ device: moved.state.device, lastSeq: 1 });
});

test.each([[null], ['this machine']])('machine %s: the device stays', async (machine) => {
  const { disk, device } = await begin();
  expect((await openJournal(spacePlace(disk, { ...other, machine }))).state).toMatchObject({ device, lastSeq: 2 });
});

test('an interrupted move to another machine ends with one device and nothing lost', async () => {
  const { disk: calm } = await begin();
  const start = calm.calls;
  await openJournal(spacePlace(calm, { ...other, machine: 'another machine' }));
  for (let k = 1; k <= calm.calls - start; k += 1) {
    const { disk, device } = await begin();
    const kept = Buffer.from(disk.peek(`${space}/journal/00000001.ndjson`));
    disk.failFrom = disk.calls + k;
    disk.failCount = Number.POSITIVE_INFINITY;
    await openJournal(spacePlace(disk, { ...other, machine: 'another machine' })).catch(() => undefined);
    disk.failFrom = 0;
    disk.cutPower();
    const again = await openJournal(spacePlace(disk, { ...other, machine: 'another machine' }));
    expect(again.state.device, `call ${k}`).not.toBe(device);
    expect(again.state.lastSeq, `call ${k}`).toBe(0);
    const aside = await disk.list(`${space}/other-devices`);
    expect(aside, `call ${k}`).toEqual([device]);
    expect(disk.peek(`${space}/other-devices/${device}/00000001.ndjson`)).toEqual(kept);
  }
});

test.each([['same-device' as const], ['new-device' as const]])(
  'a restart for %s puts the journal aside whole, wherever it is interrupted, and it can be read from there',
  async (as) => {
    const count = new MemoryDisk();
    await makeSpaceFolder(count);
    const calm = await openJournal(spacePlace(count));
    await calm.append([{ seq: 1, text: '{"a":1}' }]);
    const start = count.calls;
    await restartJournal(spacePlace(count, other), calm, as);
    for (let k = 0; k <= count.calls - start; k += 1) {
      const { disk, device } = await begin();
      const open = await openJournal(spacePlace(disk));
      disk.failFrom = k === 0 ? 0 : disk.calls + k;
      disk.failCount = Number.POSITIVE_INFINITY;
      const restarted = await restartJournal(spacePlace(disk, other), open, as).catch(() => null);
      disk.failFrom = 0;
      disk.cutPower();
      const again = await openJournal(spacePlace(disk, { random: (bytes) => new Uint8Array(bytes).fill(99) }));
      const aside = new AsideJournals(disk, space);
      const listed = await aside.list();
      const name = listed[0]?.name;
      const texts = name === undefined ? (await again.read(0, 9)).entries : (await aside.read(name, 0, 9)).entries;
      expect(
        texts.map((entry) => entry.text),
        `call ${k}`,
      ).toEqual(['{"a":1}', '{"a":2}']);
      if (restarted === null) continue;
      expect(listed).toEqual([{ name: device, device, lastSeq: 2 }]);
      expect(again.state).toMatchObject({ device: restarted.state.device, lastSeq: 0, damage: [] });
      expect(again.state.device === device).toBe(as === 'same-device');
    }
  },
);
