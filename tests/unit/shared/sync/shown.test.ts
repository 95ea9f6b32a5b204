import { describe, expect, it } from 'vitest';
import type { RecordState } from '../../../../shared/sync/record-state.ts';
import { Replica } from '../../../../shared/sync/replica.ts';
import { deletedField, deletionMark, deletionOf } from '../../../../shared/sync/shown.ts';
import { operationBy } from '../../../helpers/operations.ts';

describe('a deletion', () => {
  const older = { schemaVersion: 1, knowsKind: () => true };

  function desk(): Replica {
    const replica = new Replica(older);
    replica.receive({ type: 'operation', operation: operationBy('A', 1, { title: 'seen' }) });
    return replica;
  }

  function deleteOn(replica: Replica): RecordState {
    const state = stateOf(replica);
    const mark = deletionMark(state, replica.held, replica.quarantined);
    replica.receive({ type: 'operation', operation: operationBy('B', 1, { [deletedField]: mark }) });
    return stateOf(replica);
  }

  function stateOf(replica: Replica): RecordState {
    const state = replica.records.get('ticket/t1');
    if (state === undefined) throw new Error('the record was written');
    return state;
  }

  it('hides a record its author had seen all of', () => {
    expect(deletionOf(deleteOn(desk()))).toBe('deleted');
  });

  it('has seen the state that came into scope, of which the log is not held', () => {
    const endpoint = desk();
    const filtered = new Replica(older);
    const came = endpoint.scopeState('ticket/t1');
    if (came === undefined) throw new Error('the record can come into scope');
    filtered.enterScope('ticket/t1', came, 'B');
    expect(filtered.held).toEqual({});
    expect(deletionOf(deleteOn(filtered))).toBe('deleted');
  });

  it('does not hide an edit that waited in quarantine when it was made', () => {
    const replica = desk();
    const waiting = operationBy('A', 2, { state: 'reopened' }, {}, { schemaVersion: 2 });
    replica.receive({ type: 'operation', operation: { ...waiting, previousHash: replica.log.hashOf('A:1') ?? '' } });
    expect(replica.quarantined).toHaveLength(1);
    expect(deletionOf(deleteOn(replica))).toBe('deleted');
    replica.upgrade({ ...older, schemaVersion: 2 });
    expect(deletionOf(stateOf(replica))).toBe('edited-after-deletion');
  });
});
