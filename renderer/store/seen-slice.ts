import { createSlice, original, type PayloadAction } from '@reduxjs/toolkit';

/** Until when the person has seen each record (ms): what changed later shows as unread. */
export interface SeenState {
  /** Older changes count as seen; set when the space was first opened on this device. */
  readonly since: number;
  readonly at: Readonly<Record<string, number>>;
}

export const initialSeen: SeenState = { since: 0, at: {} };
const kept = 2_000;

export function isUnread(seen: SeenState, id: string, updatedAt: number): boolean {
  return updatedAt > Math.max(seen.since, seen.at[id] ?? 0);
}

export const seenSlice = createSlice({
  name: 'seen',
  initialState: initialSeen,
  reducers: {
    startedSeeing: (state, { payload }: PayloadAction<number>) =>
      state.since === 0 ? { ...state, since: payload } : state,
    saw: (draft, { payload }: PayloadAction<{ readonly ids: readonly string[]; readonly at: number }>): SeenState => {
      // The plain object: going through Immer's proxies for thousands of entries would be felt with every step
      // through a list.
      const { since, at: before } = original(draft) ?? draft;
      const at: Record<string, number> = { ...before };
      for (const id of payload.ids) at[id] = Math.max(payload.at, at[id] ?? 0);
      const entries = Object.entries(at);
      if (entries.length <= kept) return { since, at };
      // The older half goes; `since` moves up so that it does not turn unread again.
      entries.sort(([, one], [, other]) => one - other);
      const cut = entries[Math.floor(entries.length / 2)]?.[1] ?? since;
      return { since: Math.max(since, cut), at: Object.fromEntries(entries.filter(([, seenAt]) => seenAt > cut)) };
    },
  },
});
