import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainOperation, isPlainRecordState } from '../../../../shared/sync/plain-shape.ts';
import { operationSchema } from '../../../../shared/sync/operation.ts';
import { recordStateSchema } from '../../../../shared/sync/snapshot.ts';

const operation = {
  device: 'K3V9Q2M7AB',
  seq: 2,
  at: [1_760_000_000_000, 0],
  clockOffset: null,
  user: 'ada',
  schemaVersion: 1,
  previousHash: 'a'.repeat(32),
  command: 'ticket.edit',
  writes: [{ entity: 'ticket', id: 't1', fields: { title: 'x' }, parents: { title: ['K3V9Q2M7AB:1'] } }],
};
const state = {
  entity: 'ticket',
  id: 't1',
  fields: { title: { heads: [{ dot: 'K3V9Q2M7AB:1', ms: 1.5, counter: 0, value: 'x' }], gone: ['K3V9Q2M7AB:2'] } },
};

/** Something else in one place of a sound value, or one key more, or one less. */
function spoilt(sound: unknown): fc.Arbitrary<unknown> {
  const places: (readonly (string | number)[])[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    places.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) walk(each, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(sound, []);
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      '',
      'x'.repeat(300),
      'K3V9Q2M7AB:0',
      ':1',
      0,
      -1,
      1.5,
      2 ** 60,
      Number.POSITIVE_INFINITY,
      [],
      {},
      [null],
      { a: 1 },
    ),
  );
  return fc
    .tuple(fc.constantFrom(...places), odd, fc.constantFrom('put', 'add', 'drop', 'proto'))
    .map(([path, value, how]) => {
      const root = JSON.parse(JSON.stringify({ root: sound })) as Record<string, unknown>;
      let target = root;
      let last: string | number = 'root';
      for (const key of path) {
        target = target[last] as Record<string, unknown>;
        last = key;
      }
      if (how === 'drop' && Array.isArray(target)) target.splice(Number(last), 1);
      else if (how === 'drop') delete target[last];
      else if (how === 'add') target['more'] = value;
      else if (how === 'put') target[last] = value;
      else Object.defineProperty(target, '__proto__', { value, enumerable: true, configurable: true, writable: true });
      return root['root'];
    });
}

describe.each([
  ['operations', isPlainOperation, operationSchema, operation],
  ['states', isPlainRecordState, recordStateSchema, state],
] as const)('the quick look at %s', (_, isPlain, schema, sound) => {
  it('knows what is sound', () => {
    expect(isPlain(sound)).toBe(true);
    expect(schema.safeParse(sound).success).toBe(true);
  });

  it('never accepts what the schema would not, nor what it would change', () => {
    fc.assert(
      fc.property(spoilt(sound), (raw) => {
        if (!isPlain(raw)) return;
        const parsed = schema.safeParse(raw);
        expect(parsed.success).toBe(true);
        expect(JSON.stringify(parsed.data)).toBe(JSON.stringify(raw));
      }),
      { numRuns: 20_000 },
    );
  });
});
