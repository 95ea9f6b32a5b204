import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FilterCondition, SortKey } from './lists-slice.ts';

/** A filter a person gave a name. Kept on this device. */
export interface SavedView {
  readonly id: string;
  readonly screen: string;
  readonly name: string;
  readonly where: readonly FilterCondition[];
  readonly sort: readonly SortKey[];
  /** What was searched for within it, in the filter language. */
  readonly search?: string;
}

const initialState: readonly SavedView[] = [];

export const savedViewsSlice = createSlice({
  name: 'savedViews',
  initialState: initialState as SavedView[],
  reducers: {
    savedView: (state, { payload }: PayloadAction<SavedView>) => {
      const others = state.filter((view) => view.id !== payload.id);
      return [...(others as SavedView[]), payload];
    },
    removedView: (state, { payload }: PayloadAction<string>) => state.filter((view) => view.id !== payload),
  },
});
