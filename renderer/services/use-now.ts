import { useSyncExternalStore } from 'react';

/** One timer for every relative time on screen. */
const tickMs = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick += 1;
    for (const heard of listeners) heard();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Wall time in ms, read anew twice a minute; the component renders again then. */
export function useNow(now: () => number): number {
  useSyncExternalStore(subscribe, () => tick);
  return now();
}
