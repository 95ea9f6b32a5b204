import { describe, expect, it } from 'vitest';
import { trailOf } from '../../../../../renderer/data/service-levels/trail-of.ts';
import type { Body } from '../../../../../renderer/data/storage/body.ts';
import { buildHistory } from '../../../../../shared/domain/service-level/ticket-history.ts';
import type { Dot } from '../../../../../shared/sync/operation.ts';

const head = (dot: Dot, ms: number, value: string) => ({ heads: [{ dot, ms, counter: 0, value }] });
const event = (dot: Dot, at: number, state: string, parents: readonly Dot[] = []) => ({
  dot,
  at,
  offset: 0,
  fields: { state: { value: state, parents } },
});

function bodyOf(parts: Partial<Body>): Body {
  return {
    entity: 'ticket',
    id: 't',
    state: { entity: 'ticket', id: 't', fields: {} },
    entries: [],
    trail: [],
    log: [],
    createdAt: 0,
    updatedAt: 0,
    ownSeq: 0,
    ...parts,
  };
}

function statesOf(body: Body): readonly unknown[] {
  const history = buildHistory(trailOf(body), { now: 1_000, isAgent: () => true });
  return history?.spans.map(({ from, values }) => [from, values['state']]) ?? [];
}

describe('the trail of a body', () => {
  it('is its own while it says all that the state says', () => {
    const trail = [event('A:1', 10, 'new')];
    const body = bodyOf({ trail, state: { entity: 'ticket', id: 't', fields: { state: head('A:1', 10, 'new') } } });
    expect(trailOf(body)).toBe(trail);
  });

  it('takes from the state what came without its operation, which has replaced what is gone', () => {
    const trail = [event('A:1', 10, 'new'), event('A:2', 20, 'on-hold', ['A:1'])];
    const fields = { state: head('B:1', 30, 'in-progress') };
    const body = bodyOf({ trail, state: { entity: 'ticket', id: 't', fields } });
    expect(statesOf(body)).toEqual([
      [10, 'new'],
      [20, 'on-hold'],
      [30, 'in-progress'],
    ]);
  });

  it('of a record that came as state alone is its last values and comments', () => {
    const entry = {
      entity: 'ticket-entry',
      id: 'e',
      fields: {
        audience: head('A:3', 40, 'comment'),
        author: head('A:3', 40, 'agent'),
        writtenAt: { heads: [{ dot: 'A:3' as Dot, ms: 40, counter: 0, value: 35 }] },
      },
    };
    const fields = { state: head('A:2', 20, 'in-progress'), caller: head('A:1', 10, 'caller') };
    const body = bodyOf({ state: { entity: 'ticket', id: 't', fields }, entries: [entry] });
    const history = buildHistory(trailOf(body), { now: 1_000, isAgent: () => true });
    expect(history?.openedAt).toBe(10);
    expect(history?.contacts).toEqual([{ at: 35, by: 'agent' }]);
  });
});
