/** What is chosen in a list: some records, or all that match but some. */
export type Selection =
  | { readonly kind: 'some'; readonly ids: readonly string[] }
  | { readonly kind: 'all'; readonly except: readonly string[] };

export const emptySelection: Selection = { kind: 'some', ids: [] };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'some' ? selection.ids.includes(id) : !selection.except.includes(id);
}

export function countSelected(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.length : Math.max(0, total - selection.except.length);
}

export function toggleSelected(selection: Selection, id: string): Selection {
  const toggle = (ids: readonly string[]): readonly string[] =>
    ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
  return selection.kind === 'some'
    ? { kind: 'some', ids: toggle(selection.ids) }
    : { kind: 'all', except: toggle(selection.except) };
}

/** Adds records, e.g. those between two positions. */
export function addSelected(selection: Selection, ids: readonly string[]): Selection {
  if (selection.kind === 'some') return { kind: 'some', ids: [...new Set([...selection.ids, ...ids])] };
  return { kind: 'all', except: selection.except.filter((id) => !ids.includes(id)) };
}
