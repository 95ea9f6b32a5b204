import { describe, expect, it } from 'vitest';
import type { AffectedRecord, ImpactView } from '../../../../../renderer/data/impact/impact-api.ts';
import { layoutImpact } from '../../../../../renderer/features/assets/impact/layout-impact.ts';
import { stepInMap } from '../../../../../renderer/features/assets/impact/step-in-map.ts';

const record = (id: string, entity: AffectedRecord['entity'] = 'asset') =>
  ({ id, entity, title: id, detail: '', health: 'warning' }) as const;
const affected = (id: string, depth: number, entity?: AffectedRecord['entity']): AffectedRecord => ({
  ...record(id, entity),
  depth,
  path: [],
});
const link = (from: string, to: string) => ({ from, to, link: { by: 'service' } as const });

/** Two hosts behind a switch, each with a machine; a farm that the second host alone does not bring down. */
const view: ImpactView = {
  sources: [{ ...record('switch'), isProductive: true }],
  affected: [
    affected('host-1', 1),
    affected('host-2', 1),
    affected('vm-2', 2),
    affected('vm-1', 2),
    affected('ann', 2, 'person'),
  ],
  totals: { asset: 4, service: 0, person: 1 },
  spared: [{ ...record('farm'), redundancy: { failed: 1, of: 2, needed: 1 } }],
  links: [
    link('switch', 'host-1'),
    link('switch', 'host-2'),
    link('host-1', 'vm-1'),
    link('host-2', 'vm-2'),
    link('host-2', 'farm'),
    link('vm-1', 'host-1'),
  ],
};

describe('the map of an impact', () => {
  const layout = layoutImpact(view);
  const placeOf = (id: string) => layout.nodes.find((node) => node.id === id);

  it('stands in columns by distance, what is spared right of what would take it down, people in the list only', () => {
    expect(placeOf('switch')).toEqual({ id: 'switch', column: 0, place: 0 });
    expect(placeOf('farm')?.column).toBe(2);
    expect(placeOf('ann')).toBeUndefined();
    expect(layout).toMatchObject({ columns: 3, places: 3 });
  });

  it('puts each near what it hangs on, so that lines do not cross', () => {
    expect(placeOf('host-1')?.place).toBe(0);
    expect(placeOf('vm-1')?.place).toBe(0);
  });

  it('is walked by arrow keys: along the lines, and up and down a column', () => {
    const step = (key: string, from: string) => stepInMap(key, from, layout.nodes, view.links);
    expect(step('ArrowRight', 'switch')).toBe('host-1');
    expect(step('ArrowDown', 'host-1')).toBe('host-2');
    expect(step('ArrowRight', 'host-2')).toBe('vm-2');
    expect(step('ArrowLeft', 'vm-1')).toBe('host-1');
    expect(step('ArrowUp', 'switch')).toBe('switch');
    expect(step('Enter', 'switch')).toBeNull();
    expect(step('ArrowUp', 'nowhere')).toBeNull();
  });
});
