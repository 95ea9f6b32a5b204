import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

export const listWidthRange = { min: 300, max: 720, usual: 404 } as const;

export type ListMode = 'list' | 'table';

export interface LayoutState {
  /** px. */
  readonly listWidth: number;
  readonly isRailFolded: boolean;
  readonly isListHidden: boolean;
  readonly listMode: ListMode;
  /** Columns of the table by field, in order; null for those the screen brings. */
  readonly columns: readonly string[] | null;
  /** Tab of the ticket pane. */
  readonly tab: string;
  /** Tab of the asset pane. */
  readonly assetTab: string;
  /** To whom the composer speaks. */
  readonly audience: 'comment' | 'work-note';
}

export const initialLayout: LayoutState = {
  listWidth: listWidthRange.usual,
  isRailFolded: false,
  isListHidden: false,
  listMode: 'list',
  columns: null,
  tab: 'details',
  assetTab: 'details',
  audience: 'work-note',
};

export const layoutSlice = createSlice({
  name: 'layout',
  initialState: initialLayout,
  reducers: {
    changedLayout: (state, action: PayloadAction<Partial<LayoutState>>) => ({ ...state, ...action.payload }),
    toggledRail: (state) => ({ ...state, isRailFolded: !state.isRailFolded }),
    toggledList: (state) => ({ ...state, isListHidden: !state.isListHidden }),
    toggledListMode: (state) => ({
      ...state,
      listMode: state.listMode === 'list' ? ('table' as const) : ('list' as const),
    }),
  },
});
