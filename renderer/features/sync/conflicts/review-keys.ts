/** What a key does in review. */
export type ReviewKey =
  | { readonly kind: 'take'; readonly digit: number }
  | { readonly kind: 'step'; readonly direction: 1 | -1 }
  | { readonly kind: 'both' | 'edit' | 'open' | 'keep-shown' };

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const letters: Readonly<Record<string, ReviewKey>> = {
  j: { kind: 'step', direction: 1 },
  k: { kind: 'step', direction: -1 },
  b: { kind: 'both' },
  e: { kind: 'edit' },
  o: { kind: 'open' },
};

/** Digits take a value, letters move and join. Never while a person types; not at all when single keys are off. */
export function readReviewKey(event: KeyPress, target: EventTarget, hasSingleKeys: boolean): ReviewKey | null {
  if (target instanceof HTMLElement && target.matches('input, textarea')) return null;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return { kind: 'keep-shown' };
  if (!hasSingleKeys || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (/^\d$/.test(event.key)) return { kind: 'take', digit: Number(event.key) };
  return letters[event.key] ?? null;
}

/** Presses a key in the review in sight, so that a command does what the key does there. */
export function pressInReview(key: string, withControl = false): void {
  const review = document.querySelector<HTMLElement>('[data-review]');
  const press = { key, ctrlKey: withControl, bubbles: true, cancelable: true };
  if (review !== null) review.dispatchEvent(new KeyboardEvent('keydown', press));
  else if (key === 'j' || key === 'k') moveInList(key === 'j' ? 'ArrowDown' : 'ArrowUp');
}

/** In a narrow window only the list is in sight: there the same keys go from record to record. */
function moveInList(key: string): void {
  const grid = document.querySelector<HTMLElement>('[data-pane="list"] [role="grid"]');
  grid?.focus();
  grid?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}
