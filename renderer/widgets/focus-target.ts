/**
 * Moves the focus to a marked element: `data-focus="search"`, or the focusable part of a pane `data-pane="list"`.
 * Commands use it, since they know places by name and not by component.
 */
export function focusTarget(name: string): boolean {
  const marked = document.querySelector<HTMLElement>(`[data-focus="${name}"]`);
  if (marked !== null) {
    marked.focus();
    return document.activeElement === marked;
  }
  const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
  if (pane === null) return false;
  const grid = pane.querySelector<HTMLElement>('[role="grid"]');
  const inside = grid ?? pane.querySelector<HTMLElement>('[aria-current], button:enabled, input, textarea') ?? pane;
  inside.focus();
  return document.activeElement === inside;
}
