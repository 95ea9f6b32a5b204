import type { ListResult } from '../data/data-api.ts';

/** Rows are asked for in steps, so that a scroll within one asks for nothing. */
const step = 50;
const around = 60;

/** Positions to ask for when `first` to `last` are in sight. */
export function windowAround(first: number, last: number): { readonly offset: number; readonly limit: number } {
  const offset = Math.max(0, Math.floor((first - around) / step) * step);
  const end = Math.ceil((last + 1 + around) / step) * step;
  return { offset, limit: end - offset };
}

/**
 * Where the cursor belongs after rows changed: with its record if that is in sight of the result, else where it was,
 * on the record that is there now. Null when it stays as it is.
 */
export function followCursor(
  result: ListResult,
  cursor: number,
  cursorId: string | null,
): { readonly cursor: number; readonly id: string | null } | null {
  const at = (index: number): string | undefined => result.rows[index - result.offset]?.id;
  if (result.total === 0) return cursor === 0 && cursorId === null ? null : { cursor: 0, id: null };
  if (cursorId !== null) {
    if (at(cursor) === cursorId) return null;
    const found = result.rows.findIndex((row) => row.id === cursorId);
    if (found >= 0) return { cursor: result.offset + found, id: cursorId };
  }
  const held = Math.min(cursor, result.total - 1);
  const id = at(held);
  // Out of what was read: the rows come with the next window.
  if (id === undefined) return held === cursor ? null : { cursor: held, id: cursorId };
  return held === cursor && id === cursorId ? null : { cursor: held, id };
}
