import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../shared/sync/canonical-json.ts';
import { hashOperation, sealOperation } from '../../../../shared/sync/operation-hash.ts';
import type { FieldValue, Operation } from '../../../../shared/sync/operation.ts';

const key = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  fc.constantFrom('10', '9', 'title', 'tags/vip', '__proto__', 'constructor', 'Ä', '\uD800'),
);
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json)) as FieldValue),
);
const record = <Value>(each: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> =>
  fc.array(fc.tuple(key, each), { maxLength: 8 }).map((entries) => Object.fromEntries(entries));
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    writes: fc.array(
      fc.record({
        parents: record(fc.array(fc.constant('K3V9Q2M7TA:1' as const))),
        id: fc.string(),
        fields: record(value),
        entity: fc.string(),
      }),
    ),
    user: fc.string(),
    seq: fc.nat(),
    schemaVersion: fc.nat(),
    previousHash: fc.string(),
    occurredAt: fc.integer(),
    device: fc.string(),
    command: fc.string(),
    clockOffset: fc.option(fc.integer()),
    at: fc.tuple(fc.nat(), fc.nat()),
  },
  {
    requiredKeys: ['writes', 'user', 'seq', 'schemaVersion', 'previousHash', 'device', 'command', 'clockOffset', 'at'],
  },
);

describe('a sealed operation', () => {
  it('has its canonical JSON as its one text, and the hash of it', () => {
    fc.assert(
      fc.property(operations, (operation) => {
        const sealed = sealOperation(operation);
        expect(sealed.text).toBe(canonicalJson(operation));
        expect(sealed.operation).toEqual(operation);
        expect(sealed.hash).toBe(hashOperation(structuredClone(operation)));
        expect(hashOperation(sealed.operation)).toBe(sealed.hash);
        expect(JSON.parse(sealed.text)).toEqual(JSON.parse(JSON.stringify(operation)));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps members that this version does not know', () => {
    const [operation] = fc.sample(operations, { numRuns: 1, seed: 1 });
    const later = { ...operation, signature: 'x' } as unknown as Operation;
    expect(sealOperation(later).text).toContain('"signature":"x"');
  });

  it('refuses what JSON cannot say', () => {
    const [operation] = fc.sample(operations, { numRuns: 1, seed: 1 });
    if (!operation) throw new Error('nothing was made');
    const write = { entity: 'ticket', id: '1', fields: { count: Number.NaN }, parents: {} };
    expect(() => sealOperation({ ...operation, writes: [write] })).toThrow('canonical JSON has no form');
    expect(() => sealOperation({ ...operation, seq: Number.POSITIVE_INFINITY })).toThrow('canonical JSON has no form');
  });
});
