import { beforeEach, describe, expect, it } from 'vitest';
import { DeskPresence } from '../../../../renderer/sync/desk-presence.ts';
import type { Presence } from '../../../../renderer/data/sync-api.ts';
import { presenceLimits } from '../../../../shared/sync/protocol-presence.ts';
import { VirtualClock } from '../../../helpers/virtual-clock.ts';

const ticket = (id: string) => ({ entity: 'ticket', id });

describe('what a desk says and hears of editing', () => {
  let clock: VirtualClock;
  let presence: DeskPresence;
  let told: { readonly at: number; readonly ids: readonly string[] }[];
  let shown: (readonly Presence[])[];
  let outcome: 'told' | 'later' | 'never';
  const pass = async (ms: number): Promise<void> =>
    await clock.pass(ms, async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    });

  beforeEach(() => {
    clock = new VirtualClock();
    told = [];
    shown = [];
    outcome = 'told';
    const begin = clock.time;
    presence = new DeskPresence({
      clock,
      nameOf: (person) => (person === 'ben' ? 'Ben' : ''),
      tell: async (records) => {
        told.push({ at: clock.time - begin, ids: records.map(({ id }) => id) });
        return outcome;
      },
      changed: (present) => shown.push(present),
    });
  });

  it('is told at once, renewed before it ends, and taken back', async () => {
    presence.streamChanged(true);
    presence.edit('page-1:1', ticket('a'));
    await pass(0);
    expect(told).toEqual([{ at: 0, ids: ['a'] }]);
    await pass(30_000);
    expect(told.length).toBe(3);
    expect(presenceLimits.renewMs * 2).toBeLessThan(presenceLimits.lastsMs);
    presence.endEdit('page-1:1');
    await pass(100_000);
    expect(told.slice(3)).toEqual([{ at: 30_000, ids: [] }]);
  });

  it('is told at most every two seconds, however many records are gone through, and none is forgotten', async () => {
    presence.streamChanged(true);
    for (let count = 0; count < 40; count += 1) {
      presence.edit('page-1:1', ticket(`t${count}`));
      await pass(100);
    }
    await pass(2_000);
    expect(told.length).toBeLessThanOrEqual(4);
    expect(told.at(-1)?.ids).toEqual(['t39']);
  });

  it('names each record once, the latest of too many', async () => {
    presence.streamChanged(true);
    for (let count = 0; count < 12; count += 1) presence.edit(`page-1:${count}`, ticket(`t${Math.floor(count / 1.1)}`));
    await pass(2_000);
    expect(told.at(-1)?.ids).toEqual(['t10', 't9', 't8', 't7', 't6', 't5', 't4', 't3']);
  });

  it('is not told while the endpoint is not heard, and told when it is', async () => {
    presence.edit('page-1:1', ticket('a'));
    await pass(60_000);
    expect(told).toEqual([]);
    presence.streamChanged(true);
    await pass(0);
    expect(told.map(({ ids }) => ids)).toEqual([['a']]);
    presence.streamChanged(false);
    await pass(60_000);
    expect(told.length).toBe(1);
    presence.endEdit('page-1:1');
    presence.streamChanged(true);
    await pass(60_000);
    expect(told.length).toBe(1);
  });

  it('is tried again after a failure, also when it ended, and never at an endpoint that knows nothing of it', async () => {
    presence.streamChanged(true);
    outcome = 'later';
    presence.edit('page-1:1', ticket('a'));
    await pass(20_000);
    expect(told.length).toBe(2);
    presence.endEdit('page-1:1');
    await pass(3_000);
    outcome = 'told';
    await pass(60_000);
    expect(told.at(-1)?.ids).toEqual([]);
    const before = told.length;
    await pass(60_000);
    expect(told.length).toBe(before);

    outcome = 'never';
    presence.edit('page-1:2', ticket('b'));
    await pass(120_000);
    expect(told.length).toBe(before + 1);
  });

  it('shows others with the time they began, and nobody once the stream has ended', async () => {
    presence.streamChanged(true);
    const ben = { ...ticket('a'), person: 'ben' };
    presence.heard({ present: [{ ...ben, forMs: 5_000 }] });
    const since = clock.time - 5_000;
    expect(presence.present).toEqual([{ ...ben, name: 'Ben', since }]);
    await pass(7_000);
    presence.heard({
      present: [
        { ...ben, forMs: 12_300 },
        { ...ticket('b'), person: 'unknown', forMs: 0 },
      ],
    });
    expect(presence.present[0]?.since).toBe(since);
    expect(presence.present[1]).toMatchObject({ name: '', since: clock.time });
    presence.streamChanged(false);
    expect(shown.at(-1)).toEqual([]);
    expect(presence.present).toEqual([]);
  });
});
