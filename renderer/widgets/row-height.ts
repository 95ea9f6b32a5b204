import { useDesk } from '../store/desk-state.ts';
import type { Density } from '../store/appearance-slice.ts';

/** px; the same numbers as `--row-list` and `--row-table` of the tokens. A test holds them together. */
export const rowHeights: Readonly<Record<Density, Readonly<Record<'list' | 'table', number>>>> = {
  compact: { list: 52, table: 30 },
  cosy: { list: 60, table: 36 },
  comfortable: { list: 68, table: 44 },
};

export function useRowHeight(kind: 'list' | 'table'): number {
  return rowHeights[useDesk((desk) => desk.appearance.density)][kind];
}
