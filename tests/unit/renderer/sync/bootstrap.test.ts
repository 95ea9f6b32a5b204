import { beforeEach, describe, expect, it } from 'vitest';
import { linkedAccount, failureOf, refusalOf, ScriptedEndpoint } from '../../../helpers/scripted-endpoint.ts';
import type { RecordState } from '../../../../shared/sync/record-state.ts';

const second = 1_000;
const recordsOf = (count: number): readonly RecordState[] =>
  Array.from({ length: count }, (_, index) => ({ entity: 'ticket', id: `t${index}`, fields: {} }));

let endpoint: ScriptedEndpoint;

function offer(hash: string, position: number, ...counts: readonly number[]): void {
  endpoint.offered = hash;
  endpoint.parts = counts.map(recordsOf);
  const parts = counts.map((records) => ({ records, bytes: 1 }));
  endpoint.snapshot = { ...endpoint.snapshot, position, parts };
}
const progress = () => endpoint.states.flatMap((state) => (state.progress?.unit === 'records' ? [state.progress] : []));

beforeEach(() => {
  endpoint = new ScriptedEndpoint();
  endpoint.head = 5_000;
  endpoint.fetch = 'snapshot';
  offer('first', 4_900, 2_000, 2_000, 500);
});

describe('the first contact', () => {
  it('takes the parts in order, tells how far it is, then the rest of the log', async () => {
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    expect(endpoint.taken).toEqual([2_000, 2_000, 500]);
    expect(endpoint.asked.filter((call) => call !== 'hello')).toEqual([
      'snapshot',
      'snapshotPart',
      'snapshotPart',
      'snapshotPart',
      'pull',
    ]);
    expect(progress().map(({ done, total, isFirst }) => [done, total, isFirst])).toEqual([
      [2_000, 4_500, true],
      [4_000, 4_500, true],
      [4_500, 4_500, true],
    ]);
    expect(endpoint.cursor?.position).toBe(5_000);
    expect(endpoint.state).toMatchObject({ phase: 'idle', problem: null, lastExchange: { operationsIn: 4_600 } });
  });

  it('goes on at the part where the line broke', async () => {
    endpoint.faults.push({ call: 'snapshotPart', error: null }, { call: 'snapshotPart', error: failureOf('timeout') });
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(0.4 * second);
    expect([endpoint.taken, endpoint.state.phase]).toEqual([[2_000], 'waiting']);
    await endpoint.pass(5 * second);
    expect(endpoint.taken).toEqual([2_000, 2_000, 500]);
    expect(endpoint.cursor?.position).toBe(5_000);
  });

  it('rests between two parts while it is paused, and goes on there', async () => {
    endpoint.during = (call) => {
      if (call === 'snapshotPart' && endpoint.taken.length === 1) endpoint.engine.pause(true);
    };
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    // The part that was here is taken, the one on its way is not.
    expect([endpoint.taken, endpoint.state.paused]).toEqual([[2_000, 2_000], true]);
    endpoint.during = () => undefined;
    endpoint.engine.pause(false);
    await endpoint.pass(2 * second);
    expect(endpoint.taken).toEqual([2_000, 2_000, 500]);
  });

  it('finishes the snapshot it has begun, and begins anew with one that is there when it is not', async () => {
    endpoint.halfTaken = { hash: 'first', next: 2, parts: 3 };
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    expect(endpoint.taken).toEqual([500]);

    endpoint = new ScriptedEndpoint();
    endpoint.head = 5_000;
    endpoint.fetch = 'snapshot';
    endpoint.halfTaken = { hash: 'of yesterday', next: 2, parts: 3 };
    offer('first', 4_900, 10, 20);
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    expect(endpoint.taken).toEqual([10, 20]);
  });

  it('greets again when a snapshot goes away between two parts, and when it is of no use', async () => {
    endpoint.faults.push(
      { call: 'snapshotPart', error: null },
      { call: 'snapshotPart', error: refusalOf('not-found') },
    );
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    expect(endpoint.asked.filter((call) => call === 'hello').length).toBe(3);
    expect(endpoint.taken).toEqual([2_000, 2_000, 500]);
  });

  it('takes an empty space', async () => {
    offer('empty', 4_900);
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    expect([endpoint.taken, endpoint.asked.includes('snapshotPart')]).toEqual([[0], false]);
  });

  it('asks for a snapshot when the log no longer goes back so far', async () => {
    endpoint.fetch = 'nothing';
    endpoint.cursor = { epoch: endpoint.epoch, position: 10 };
    endpoint.faults.push({ call: 'pull', error: refusalOf('below-retention') });
    endpoint.during = (call) => {
      if (call === 'pull' && endpoint.taken.length === 0) endpoint.fetch = 'snapshot';
    };
    endpoint.engine.link(linkedAccount);
    await endpoint.pass(2 * second);
    expect(endpoint.taken).toEqual([2_000, 2_000, 500]);
    expect(endpoint.state.problem).toBeNull();
  });
});
