import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../shared/sync/entry.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import type { Reader } from '../../../../shared/sync/quarantine.ts';
import { Replica } from '../../../../shared/sync/replica.ts';
import { joinSnapshots, type Snapshot } from '../../../../shared/sync/snapshot.ts';
import { voidOperation } from '../../../../shared/sync/voiding.ts';
import { operationBy } from '../../../helpers/operations.ts';

const older: Reader = { schemaVersion: 1, knowsKind: () => true };
const newer: Reader = { schemaVersion: 2, knowsKind: () => true };

function snapshotOf(reader: Reader, ...entries: readonly Entry[]): Snapshot {
  const replica = new Replica(reader);
  for (const entry of entries) replica.receive(entry);
  return replica.takeSnapshot();
}

function entryOf(operation: Operation): Entry {
  return { type: 'operation', operation };
}

/** Joined either way round, which must be the same. */
function joined(left: Snapshot, right: Snapshot): Snapshot {
  const [one, other] = [joinSnapshots(left, right), joinSnapshots(right, left)];
  if (!one.ok || !other.ok) throw new Error('the snapshots can be joined');
  expect(one.value).toEqual(other.value);
  return one.value;
}

describe('two joined snapshots', () => {
  it('let go what a refused write had replaced, when only one of them knows of the refusal', () => {
    const kept = operationBy('A', 1, { title: 'kept' });
    const refused = operationBy('B', 1, { title: 'refused' }, { title: ['A:1'] });
    const later = operationBy('C', 1, { title: 'later' }, { title: ['B:1'] });
    const voiding: Entry = { type: 'voiding', voiding: voidOperation(refused, 'not-permitted', () => undefined) };
    const whole = snapshotOf(older, entryOf(kept), voiding, entryOf(later));
    expect(joined(snapshotOf(older, entryOf(kept), voiding), snapshotOf(older, entryOf(later)))).toEqual(whole);
    expect(whole.records[0]?.fields['title']?.heads.map(({ value }) => value)).toEqual(['later']);
  });

  it('wait for nothing that one of them has applied', () => {
    const unreadable = operationBy('A', 1, { title: 'new' }, {}, { schemaVersion: 2 });
    const waiting = snapshotOf(older, entryOf(unreadable));
    const applied = snapshotOf(newer, entryOf(unreadable));
    expect(waiting.quarantined).toEqual([unreadable]);
    expect(joined(waiting, applied)).toEqual(applied);
  });
});
