import { configureStore } from '@reduxjs/toolkit';
import type { EnhancedStore } from '@reduxjs/toolkit';
import { initialAppearance } from '../store/appearance-slice.ts';
import type { AppearanceState } from '../store/appearance-slice.ts';
import { deskReducer } from '../store/desk-state.ts';
import type { DeskState } from '../store/desk-state.ts';
import { initialLayout } from '../store/layout-slice.ts';
import type { LayoutState } from '../store/layout-slice.ts';

/** How the desk looked when it was left; kept on this device, never synced. */
interface Remembered {
  readonly layout: LayoutState;
  readonly appearance: AppearanceState;
}

const rememberedKey = 'holdfast.desk';

export type DeskStore = EnhancedStore<DeskState>;

/** The store of what is on screen. Layout and appearance come from the last time and are kept as they change. */
export function buildStore(storage: Storage): DeskStore {
  const { layout, appearance } = readRemembered(storage);
  const start = deskReducer(undefined, { type: '@@start' });
  const store = configureStore({
    reducer: deskReducer,
    preloadedState: { ...start, layout, appearance },
    devTools: false,
  });
  let kept = store.getState();
  store.subscribe(() => {
    const state = store.getState();
    if (state.layout === kept.layout && state.appearance === kept.appearance) return;
    kept = state;
    storage.setItem(rememberedKey, JSON.stringify({ layout: state.layout, appearance: state.appearance }));
  });
  return store;
}

/** What cannot be read is left: the desk then looks as it does the first time. */
function readRemembered(storage: Storage): Remembered {
  try {
    const stored: unknown = JSON.parse(storage.getItem(rememberedKey) ?? '{}');
    const { layout, appearance } = stored as Partial<Remembered>;
    return { layout: { ...initialLayout, ...layout }, appearance: { ...initialAppearance, ...appearance } };
  } catch {
    return { layout: initialLayout, appearance: initialAppearance };
  }
}
