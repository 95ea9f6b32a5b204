import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Dot } from '../../shared/sync/operation.ts';

export interface ToastEntry {
  readonly id: string;
  readonly text: string;
  readonly tone: 'done' | 'refused';
  /** Operations its Undo takes back. */
  readonly undo: readonly Dot[];
}

const shownAtOnce = 3;
const initialState: readonly ToastEntry[] = [];

export const toastsSlice = createSlice({
  name: 'toasts',
  initialState: initialState as ToastEntry[],
  reducers: {
    toasted: (state, { payload }: PayloadAction<ToastEntry>) =>
      [...(state as ToastEntry[]), payload].slice(-shownAtOnce),
    dismissedToast: (state, { payload }: PayloadAction<string>) => state.filter((toast) => toast.id !== payload),
  },
});
