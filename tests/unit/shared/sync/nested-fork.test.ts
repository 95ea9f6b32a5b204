import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeOperation } from '../../../../shared/sync/compose.ts';
import { hashOperation } from '../../../../shared/sync/operation-hash.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { Replica } from '../../../../shared/sync/replica.ts';

const device = 'K3V9Q2M7TA';
const reader = { schemaVersion: 1, knowsKind: () => true };

function ticket(title: string, before: Operation | undefined): Operation {
  const seq = (before?.seq ?? 0) + 1;
  const frame = { device, seq, at: [1_000 + seq, 0] as const, clockOffset: null, user: 'ada', schemaVersion: 1 };
  const previousHash = before === undefined ? '' : hashOperation(before);
  const edits = [{ entity: 'ticket', id: title, fields: { title } }];
  return composeOperation({ ...frame, previousHash, command: 'ticket.create' }, edits, () => undefined);
}

/** One chain of a device, and two that have an operation more in common with one another; that chain loses the name. */
function triplets(): readonly (readonly Operation[])[] {
  const first = ticket('first', undefined);
  const ofAlone = ticket('alone', first);
  for (let attempt = 0; ; attempt += 1) {
    const shared = ticket(`in common ${attempt}`, first);
    if (hashOperation(shared) < hashOperation(ofAlone)) continue;
    const chains = ['left', 'right'].map((side) => {
      const second = ticket(side, shared);
      return [first, shared, second, ticket(`${side} again`, second)];
    });
    return [[first, ofAlone, ticket('alone again', ofAlone)], ...chains];
  }
}

describe('a device whose losing chain parts in itself', () => {
  // Which names the chains get depends on the order.
  it('loses nothing, in whatever order the chains come', () => {
    const chains = triplets();
    const orders = fc.shuffledSubarray([0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], { minLength: 11 });
    fc.assert(
      fc.property(orders, (order) => {
        const replica = new Replica(reader);
        const next = [0, 0, 0];
        for (const at of order) {
          const operation = chains[at]?.[next[at] ?? 0];
          next[at] = (next[at] ?? 0) + 1;
          if (operation) expect(replica.receive({ type: 'operation', operation })).not.toBe('gap');
        }
        expect(replica.records.size).toBe(8);
      }),
      { numRuns: 300 },
    );
  });
});
