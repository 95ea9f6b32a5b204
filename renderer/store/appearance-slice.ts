import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['compact', 'cosy', 'comfortable'] as const;
export type Density = (typeof densities)[number];
/** Percent. */
export const zoomSteps = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const;

export interface AppearanceState {
  readonly theme: Theme;
  readonly density: Density;
  readonly zoom: number;
  /** Keys without a modifier act (WCAG 2.1.4 asks for a way to turn them off). */
  readonly singleKeys: boolean;
}

export const initialAppearance: AppearanceState = {
  theme: 'system',
  density: 'compact',
  zoom: 100,
  singleKeys: true,
};

export const appearanceSlice = createSlice({
  name: 'appearance',
  initialState: initialAppearance,
  reducers: {
    changedAppearance: (state, action: PayloadAction<Partial<AppearanceState>>) => ({ ...state, ...action.payload }),
    zoomed: (state, action: PayloadAction<'in' | 'out' | 'reset'>) => ({
      ...state,
      zoom: nextZoom(state.zoom, action.payload),
    }),
  },
});

function nextZoom(zoom: number, direction: 'in' | 'out' | 'reset'): number {
  if (direction === 'reset') return 100;
  if (direction === 'in') return zoomSteps.find((step) => step > zoom) ?? 200;
  return zoomSteps.findLast((step) => step < zoom) ?? 50;
}
