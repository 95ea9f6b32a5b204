import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** Until when the person has seen each record (ms): what changed later shows as unread. */
export interface SeenState {
  /** Older changes count as seen; set when the space was first opened on this device. */
  readonly since: number;
  readonly at: Readonly<Record<string, number>>;
}

export const initialSeen: SeenState = { since: 0, at: {} };
const kept = 3_000;

export function isUnread(seen: SeenState, id: string, updatedAt: number): boolean {
  return updatedAt > Math.max(seen.since, seen.at[id] ?? 0);
}

export const seenSlice = createSlice({
  name: 'seen',
  initialState: initialSeen,
  reducers: {
    startedSeeing: (state, { payload }: PayloadAction<number>) =>
      state.since === 0 ? { ...state, since: payload } : state,
    saw: (state, { payload }: PayloadAction<{ readonly ids: readonly string[]; readonly at: number }>): SeenState => {
      const at = { ...state.at };
      for (const id of payload.ids) at[id] = Math.max(payload.at, at[id] ?? 0);
      const entries = Object.entries(at);
      if (entries.length <= kept) return { ...state, at };
      // The oldest half goes; `since` moves up so that it does not turn unread again.
      entries.sort(([, one], [, other]) => one - other);
      const cut = entries[Math.floor(entries.length / 2)]?.[1] ?? state.since;
      return {
        since: Math.max(state.since, cut),
        at: Object.fromEntries(entries.filter(([, seenAt]) => seenAt > cut)),
      };
    },
  },
});
