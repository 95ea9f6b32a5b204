/**
 * Items with the later duplicates of an id left out. React Aria collections hang the page for good when two items
 * share an id, so every list passes through here.
 */
export function uniqueById<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (seen.has(item.id)) return false;
    seen.add(item.id);
    return true;
  });
}
