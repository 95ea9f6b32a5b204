import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** How labels were printed the last time: the sheet in the printer and what it is off by stay as they are. */
export interface LabelSettings {
  readonly format: string;
  /** First label of the sheet that is still there, from 1. */
  readonly startAt: number;
  /** What the printer is off by, mm. */
  readonly shiftX: number;
  readonly shiftY: number;
  readonly symbol: string;
  readonly qr: string;
  readonly bars: string;
  readonly fields: readonly string[];
}

export const initialLabels: LabelSettings = {
  format: 'L7162',
  startAt: 1,
  shiftX: 0,
  shiftY: 0,
  symbol: 'qr',
  qr: 'link',
  bars: 'reference',
  fields: ['serial', 'site'],
};

export const labelSlice = createSlice({
  name: 'labels',
  initialState: initialLabels,
  reducers: {
    changedLabels: (state, { payload }: PayloadAction<Partial<LabelSettings>>) => ({ ...state, ...payload }),
  },
});
