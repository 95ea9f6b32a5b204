import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesMaxBytes, splitChanges } from '../../../../../renderer/data/engine/split-changes.ts';
import type { Change } from '../../../../../shared/domain/change.ts';
import { encodeOperation } from '../../../../../shared/sync/op-batch.ts';
import { operationMaxBytes, type Operation, type Write } from '../../../../../shared/sync/operation.ts';

const dots = (count: number): readonly `${string}:${number}`[] =>
  Array.from({ length: count }, (_, index) => `0123456789:${100_000_000_000_000 + index}` as const);

/** The longest frame there can be. */
function operationOf(changes: readonly Change[], parentsOf: (change: Change) => Write['parents']): Operation {
  return {
    device: '0123456789',
    seq: Number.MAX_SAFE_INTEGER,
    at: [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    clockOffset: Number.MIN_SAFE_INTEGER,
    user: 'ü'.repeat(64),
    schemaVersion: Number.MAX_SAFE_INTEGER,
    previousHash: 'f'.repeat(32),
    command: 'ü'.repeat(64),
    occurredAt: Number.MAX_SAFE_INTEGER,
    writes: changes.map(({ entity, id, fields }, index) => ({
      entity,
      id,
      fields,
      parents: parentsOf(changes[index] ?? { entity, id, fields }),
    })),
  };
}

describe('splitting what one action changes', () => {
  it('counts what is replaced: settling many fields of many values gives operations an endpoint takes', () => {
    // As the replay of the real log has it: short values, and more bytes of parents than of values.
    const changes: readonly Change[] = Array.from({ length: 400 }, (_, index) => ({
      entity: 'ticket',
      id: `01920000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      fields: { state: 'closed', priority: '3', assignee: '01920000-0000-7000-8000-000000000001' },
    }));
    const parentsOf = ({ fields }: Change): Write['parents'] =>
      Object.fromEntries(Object.keys(fields).map((field) => [field, dots(4)]));
    const parts = splitChanges(changes, parentsOf);
    expect(parts.flatMap((part) => part.changes)).toEqual(changes);
    for (const part of parts) {
      const bytes = new TextEncoder().encode(encodeOperation(operationOf(part.changes, parentsOf))).length;
      expect(bytes).toBeLessThanOrEqual(operationMaxBytes);
    }
  });

  it('keeps a record whole and the order, and only a record alone can be too large', () => {
    const change = fc.record({
      entity: fc.constant('ticket'),
      id: fc.integer({ min: 0, max: 8 }).map((number) => `ticket-${number}`),
      fields: fc.dictionary(fc.constantFrom('title', 'state', 'notes'), fc.string({ maxLength: 12_000 })),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), fc.nat({ max: 600 }), (changes, heads) => {
        const parentsOf = (): Write['parents'] => ({ title: dots(heads) });
        const parts = splitChanges(changes, parentsOf);
        const places = new Map<string, number>();
        for (const [place, part] of parts.entries()) {
          const records = new Set(part.changes.map(({ id }) => id));
          for (const id of records) {
            expect(places.has(id)).toBe(false);
            places.set(id, place);
          }
          if (part.bytes > changesMaxBytes) expect(records.size).toBe(1);
          else {
            const bytes = new TextEncoder().encode(encodeOperation(operationOf(part.changes, parentsOf))).length;
            expect(bytes).toBeLessThanOrEqual(operationMaxBytes);
          }
        }
        expect(places.size).toBe(new Set(changes.map(({ id }) => id)).size);
      }),
      { numRuns: 50 },
    );
  });
});
