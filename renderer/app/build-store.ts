import { configureStore } from '@reduxjs/toolkit';
import type { EnhancedStore } from '@reduxjs/toolkit';
import { deskReducer } from '../store/desk-state.ts';
import type { DeskState } from '../store/desk-state.ts';
import { recallDesk, rememberedOf } from './remembered.ts';

export type DeskStore = EnhancedStore<DeskState>;

export interface BuiltStore {
  readonly store: DeskStore;
  /** Keeps at once how the desk stands, e.g. when the window closes. */
  readonly remember: () => void;
}

/** A burst of changes (a splitter dragged, a walk through the list) is kept once, this long after it, in ms. */
const rememberAfterMs = 400;

/** The store of what is on screen. It starts as the desk of this space was left on this device. */
export function buildStore(storage: Pick<Storage, 'getItem' | 'setItem'>, space: string): BuiltStore {
  const key = `holdfast.desk.${space}`;
  const start = deskReducer(undefined, { type: '@@start' });
  const store = configureStore({
    reducer: deskReducer,
    preloadedState: recallDesk(storage.getItem(key), start),
    devTools: false,
  });
  let kept = store.getState();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const remember = (): void => {
    clearTimeout(timer);
    timer = undefined;
    kept = store.getState();
    try {
      storage.setItem(key, rememberedOf(kept));
    } catch {
      // A full disk: how the desk looks is not worth a message, the banner already says that nothing can be saved.
    }
  };
  store.subscribe(() => {
    if (isRemembered(store.getState(), kept)) timer ??= setTimeout(remember, rememberAfterMs);
  });
  return { store, remember };
}

function isRemembered(now: DeskState, before: DeskState): boolean {
  const parts = ['layout', 'appearance', 'labels', 'navigation', 'lists', 'savedViews', 'seen'] as const;
  return parts.some((part) => now[part] !== before[part]);
}
