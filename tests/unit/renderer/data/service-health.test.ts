import { describe, expect, it } from 'vitest';
import type { StorageLevel } from '../../../../shared/desktop-api.ts';
import { beginOpening } from '../../../../renderer/data/opening.ts';
import { ReadOnlySpace } from '../../../../renderer/data/engine/space.ts';
import { ServiceHealth } from '../../../../renderer/data/service-health.ts';
import { statusOf } from '../../../../renderer/data/status.ts';

function makeHealth(level: StorageLevel = 'ok', freeBytes = 5e9) {
  const world = { level, freeBytes, now: 0 };
  const resumed: boolean[] = [];
  const health = new ServiceHealth(
    {
      port: {
        ask: (name) =>
          Promise.resolve(
            name === 'storageState'
              ? ({ ok: true, value: { level: world.level, freeBytes: world.freeBytes } } as never)
              : ({ ok: true, value: null } as never),
          ),
      },
      now: () => world.now,
      wait: () => new Promise((resolve) => setTimeout(resolve, 1)),
    },
    (isResumed) => resumed.push(isResumed),
  );
  return { health, world, resumed };
}

describe('whether changes are taken', () => {
  it.each([
    ['ok', false, 'ready', null],
    ['low', false, 'ready', null],
    ['full', false, 'read-only', 'storage.full'],
    ['full', true, 'read-only', 'storage.write-failed'],
    ['ok', true, 'read-only', 'storage.write-failed'],
  ] as const)('with storage %s and a failed write %s the desk is %s', (storage, writeFailed, phase, reason) => {
    const { health } = makeHealth();
    health.change({ phase: 'open', storage, writeFailed });
    expect(statusOf(null, health.current)).toMatchObject({ phase, reason });
    expect(health.isWritable).toBe(phase === 'ready');
  });

  it('a write that succeeds in the last room does not end a full disk, and more room does', () => {
    const { health, resumed } = makeHealth();
    const { queue } = beginOpening(
      health,
      () => undefined,
      () => undefined,
    );
    health.change({ phase: 'open' });
    queue.failed('database: no space', 1);
    health.change({ storage: 'full' });
    queue.recovered();
    expect(health.isWritable).toBe(false);
    expect(resumed).not.toContain(true);
    health.change({ storage: 'ok' });
    expect(resumed.at(-1)).toBe(true);
  });
});

describe('an opening that must write', () => {
  it('gives up after some tries when the disk is full and stays so, and its queue stops', async () => {
    const { health } = makeHealth('full', 0);
    const logged: string[] = [];
    const opening = beginOpening(
      health,
      () => undefined,
      (message) => logged.push(message),
    );
    for (let attempt = 1; attempt <= 4; attempt += 1) opening.queue.failed('database: no space', attempt);
    await expect(opening.gaveUp).rejects.toThrow('no room');
    expect(opening.queue.isGivenUp()).toBe(false);
    opening.giveUp();
    expect(opening.queue.isGivenUp()).toBe(true);
    expect(logged).toEqual(['database: no space']);
  });

  it('goes on trying while the disk has room', async () => {
    const { health } = makeHealth('ok');
    const opening = beginOpening(
      health,
      () => undefined,
      () => undefined,
    );
    for (let attempt = 1; attempt <= 9; attempt += 1) opening.queue.failed('journal: busy', attempt);
    const waited = new Promise((resolve) => setTimeout(resolve, 20, 'still open'));
    expect(await Promise.race([opening.gaveUp, waited])).toBe('still open');
  });
});

describe('room', () => {
  it('of a few megabytes is not enough to open a database', async () => {
    const { health, world } = makeHealth('full', 5e6);
    expect(await health.hasRoomToOpen()).toBe(false);
    world.freeBytes = 16e6;
    expect(await health.hasRoomToOpen()).toBe(true);
  });

  it('that has just come back still explains a read that failed', async () => {
    const { health, world } = makeHealth('full');
    expect(await health.isShortOfSpace()).toBe(true);
    world.level = 'ok';
    world.now = 5_000;
    expect(await health.isShortOfSpace()).toBe(true);
    world.now = 30_000;
    expect(await health.isShortOfSpace()).toBe(false);
  });

  it('is waited for by long work, which is tried again when it was refused all the same', async () => {
    const { health } = makeHealth();
    health.change({ phase: 'open', storage: 'full' });
    let calls = 0;
    const work = async (): Promise<string> => {
      calls += 1;
      if (calls === 1) throw new ReadOnlySpace('full again');
      return Promise.resolve('written');
    };
    const done = health.whenRoom(work, () => false);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(calls).toBe(0);
    health.change({ storage: 'ok' });
    expect(await done).toBe('written');
    expect(calls).toBe(2);
  });

  it('is not waited for by work that was cancelled', async () => {
    const { health } = makeHealth();
    health.change({ phase: 'open', storage: 'full' });
    const refused = health.whenRoom(
      () => Promise.reject(new ReadOnlySpace('full')),
      () => true,
    );
    await expect(refused).rejects.toThrow(ReadOnlySpace);
  });
});
