import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** What floats over the desk: the palette, a picker, a dialog. One at a time. */
export interface Overlay {
  readonly id: string;
  /** Records it is about. */
  readonly ids?: readonly string[];
  /** What else the overlay was opened with, e.g. which field to edit. */
  readonly detail?: string;
}

export interface OverlayState {
  readonly open: Overlay | null;
  /** Ids of commands and records used lately in the palette, newest first. */
  readonly recent: readonly string[];
  /** What was searched for and led to a record, newest first. */
  readonly searches: readonly string[];
}

export const initialOverlay: OverlayState = { open: null, recent: [], searches: [] };
const recentKept = 20;
const searchesKept = 8;

export const overlaySlice = createSlice({
  name: 'overlay',
  initialState: initialOverlay,
  reducers: {
    openedOverlay: (state, { payload }: PayloadAction<Overlay>) => ({ ...state, open: payload }),
    closedOverlay: (state) => ({ ...state, open: null }),
    searched: (state, { payload }: PayloadAction<string>) => ({
      ...state,
      searches: [payload, ...state.searches.filter((text) => text !== payload)].slice(0, searchesKept),
    }),
    usedInPalette: (state, { payload }: PayloadAction<string>) => ({
      ...state,
      recent: [payload, ...state.recent.filter((id) => id !== payload)].slice(0, recentKept),
    }),
  },
});
