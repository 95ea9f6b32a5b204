import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

export interface ConnectionState {
  readonly isOnline: boolean;
  /** Wall time (ms) at which it went offline; null while online. */
  readonly offlineSince: number | null;
}

export const initialConnection: ConnectionState = { isOnline: true, offlineSince: null };

export const connectionSlice = createSlice({
  name: 'connection',
  initialState: initialConnection,
  reducers: {
    wentOnline: () => initialConnection,
    wentOffline: (state, { payload }: PayloadAction<number>): ConnectionState => ({
      isOnline: false,
      offlineSince: state.offlineSince ?? payload,
    }),
  },
});
