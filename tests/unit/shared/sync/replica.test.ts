import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../shared/sync/operation.ts';
import type { Reader } from '../../../../shared/sync/quarantine.ts';
import { Replica } from '../../../../shared/sync/replica.ts';
import { voidOperation } from '../../../../shared/sync/voiding.ts';
import { chainOf, operationBy } from '../../../helpers/operations.ts';

const older: Reader = { schemaVersion: 1, knowsKind: () => true };
const newer: Reader = { schemaVersion: 2, knowsKind: () => true };

function take(replica: Replica, ...operations: readonly Operation[]): void {
  for (const operation of operations) replica.receive({ type: 'operation', operation });
}

function titles(replica: Replica): readonly unknown[] {
  return (replica.records.get('ticket/t1')?.fields['title']?.heads ?? []).map((head) => head.value).sort();
}

describe('a refused operation', () => {
  const [first, refused] = chainOf(
    operationBy('A', 1, { title: 'kept' }, {}, { schemaVersion: 2 }),
    operationBy('A', 2, { title: 'refused' }, { title: ['A:1'] }),
  );
  if (first === undefined || refused === undefined) throw new Error('two operations were made');
  const voiding = voidOperation(refused, 'not-permitted', () => undefined);

  it('leaves what it had replaced beside what was written by somebody who saw neither', () => {
    const replica = new Replica(older);
    take(replica, first);
    replica.receive({ type: 'voiding', voiding });
    take(replica, operationBy('B', 1, { title: 'later' }));
    expect(titles(replica)).toEqual(['later']);
    replica.upgrade(newer);
    expect(titles(replica)).toEqual(['kept', 'later']);
  });

  it('does not come back from quarantine with an upgrade', () => {
    const replica = new Replica(older);
    const waiting = operationBy('A', 1, { title: 'refused' }, {}, { schemaVersion: 2 });
    take(replica, waiting);
    replica.receive({ type: 'voiding', voiding: voidOperation(waiting, 'not-permitted', () => undefined) });
    expect(replica.quarantined).toEqual([]);
    replica.upgrade(newer);
    expect(titles(replica)).toEqual([]);
  });

  it('hands on to a write that saw it what it had replaced', () => {
    const replica = new Replica(newer);
    take(replica, first, refused, operationBy('B', 1, { title: 'later' }, { title: ['A:2'] }));
    replica.receive({ type: 'voiding', voiding });
    expect(titles(replica)).toEqual(['later']);
    expect(replica.refused).toEqual([refused]);
  });

  it('gives the same in whatever order the mark and the operations come', () => {
    const later = operationBy('B', 1, { title: 'later' });
    const replica = new Replica(newer);
    take(replica, later, first, refused);
    replica.receive({ type: 'voiding', voiding });
    expect(titles(replica)).toEqual(['kept', 'later']);
  });
});
