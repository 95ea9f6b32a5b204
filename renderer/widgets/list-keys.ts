/** What a key does while the list has the focus. */
export type ListKey =
  { readonly kind: 'move'; readonly to: number; readonly extends: boolean } | { readonly kind: 'open' | 'toggle' };

export interface ListKeyEvent {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Arrows, Home, End, Page Up, Page Down, Enter, Space. Letters belong to the command registry. */
export function readListKey(event: ListKeyEvent, cursor: number, total: number, pageRows: number): ListKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const to = destinations[event.key]?.(cursor, total, pageRows);
  if (to !== undefined) return { kind: 'move', to: Math.max(0, Math.min(total - 1, to)), extends: event.shiftKey };
  if (event.shiftKey) return null;
  if (event.key === 'Enter') return { kind: 'open' };
  return event.key === ' ' ? { kind: 'toggle' } : null;
}

const destinations: Readonly<Record<string, (cursor: number, total: number, pageRows: number) => number>> = {
  ArrowDown: (cursor) => cursor + 1,
  ArrowUp: (cursor) => cursor - 1,
  Home: () => 0,
  End: (_cursor, total) => total - 1,
  PageDown: (cursor, _total, pageRows) => cursor + pageRows,
  PageUp: (cursor, _total, pageRows) => cursor - pageRows,
};
