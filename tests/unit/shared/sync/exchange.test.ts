import { describe, expect, it } from 'vitest';
import { planPull, type Hello, type Standing } from '../../../../shared/sync/exchange.ts';
import type { Dot } from '../../../../shared/sync/operation.ts';

const hello: Hello = {
  epoch: 'e1',
  head: 2,
  held: { A: 2 },
  lastHash: { A: 'second' },
  voided: [],
  forks: {},
};
const hashes: Readonly<Record<Dot, string>> = { 'A:1': 'first', 'A:2': 'second' };
const standing: Standing = {
  held: { A: 2 },
  hashOf: (dot) => hashes[dot],
  voidings: new Map(),
  forks: new Map(),
};
const atHead = { epoch: 'e1', position: 2 };
const anew = { epoch: 'e1', position: 0 };

describe('planPull', () => {
  it('goes on from the cursor, and stays there when nothing is lacking', () => {
    expect(planPull({ epoch: 'e1', position: 1 }, hello, standing)).toEqual({ epoch: 'e1', position: 1 });
    expect(planPull(atHead, hello, standing)).toBe(atHead);
  });

  it('begins anew at another epoch and at a log that is shorter than the cursor', () => {
    expect(planPull({ epoch: 'e0', position: 2 }, hello, standing)).toEqual(anew);
    expect(planPull({ epoch: 'e1', position: 3 }, hello, standing)).toEqual(anew);
  });

  it('begins anew when the endpoint holds more of a device, or a refusal, than is held here', () => {
    expect(planPull(atHead, { ...hello, held: { A: 2, B: 1 } }, standing)).toEqual(anew);
    expect(planPull(atHead, { ...hello, voided: ['A:1'] }, standing)).toEqual(anew);
  });

  // The endpoint was restored under the same epoch and has grown to the same length with what a clone of A made.
  it('begins anew when the endpoint holds other contents of the same dots', () => {
    expect(planPull(atHead, { ...hello, lastHash: { A: 'second, by a clone' } }, standing)).toEqual(anew);
    expect(planPull(atHead, { ...hello, held: { A: 1 }, lastHash: { A: 'first, by a clone' } }, standing)).toEqual(
      anew,
    );
  });

  it('stays when a hash is not known here, below a snapshot', () => {
    const onSnapshot: Standing = { ...standing, held: { A: 3 }, hashOf: () => undefined };
    expect(planPull(atHead, hello, onSnapshot)).toBe(atHead);
  });
});
