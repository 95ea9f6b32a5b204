import type { ImpactView } from '../../../data/impact/impact-api.ts';
import type { PlacedNode } from './layout-impact.ts';

/** Where an arrow key leads in the map: up and down the column, left and right along the lines. Null for other keys. */
export function stepInMap(
  key: string,
  from: string,
  nodes: readonly PlacedNode[],
  links: ImpactView['links'],
): string | null {
  const here = nodes.find(({ id }) => id === from);
  if (here === undefined) return null;
  const linked = (side: 'left' | 'right'): string =>
    nodes.find(({ id, column }) =>
      side === 'right'
        ? column > here.column && links.some((link) => link.from === from && link.to === id)
        : column < here.column && links.some((link) => link.to === from && link.from === id),
    )?.id ?? from;
  const beside = (step: 1 | -1): string =>
    nodes.find(({ column, place }) => column === here.column && place === here.place + step)?.id ?? from;
  switch (key) {
    case 'ArrowRight':
      return linked('right');
    case 'ArrowLeft':
      return linked('left');
    case 'ArrowDown':
      return beside(1);
    case 'ArrowUp':
      return beside(-1);
    default:
      return null;
  }
}
