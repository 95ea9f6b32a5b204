import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

export interface ConnectionState {
  readonly isOnline: boolean;
  /** Wall time (ms) at which it went offline; null while online. */
  readonly offlineSince: number | null;
  /** What the endpoint knows the person here as; none while no endpoint is set up. */
  readonly roles: readonly string[];
}

export const initialConnection: ConnectionState = { isOnline: true, offlineSince: null, roles: [] };

export const connectionSlice = createSlice({
  name: 'connection',
  initialState: initialConnection,
  reducers: {
    wentOnline: ({ roles }): ConnectionState => ({ ...initialConnection, roles }),
    wentOffline: (state, { payload }: PayloadAction<number>): ConnectionState => ({
      ...state,
      isOnline: false,
      offlineSince: state.offlineSince ?? payload,
    }),
    gotRoles: (state, { payload }: PayloadAction<readonly string[]>): ConnectionState => ({ ...state, roles: payload }),
  },
});
