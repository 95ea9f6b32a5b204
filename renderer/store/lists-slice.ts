import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { emptySelection, type Selection } from './selection.ts';

/** One condition as the data worker takes it. */
export type FilterCondition =
  | { readonly field: string; readonly op: 'in' | 'not-in'; readonly values: readonly (string | null)[] }
  | { readonly field: string; readonly op: 'between'; readonly from?: number; readonly to?: number }
  | { readonly field: '$pending' | '$conflict'; readonly op: 'is'; readonly value: boolean };

export interface SortKey {
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
}

/** How one list stands. `where` and `sort` are null while they are those of the view. */
export interface ListState {
  readonly where: readonly FilterCondition[] | null;
  readonly sort: readonly SortKey[] | null;
  readonly search: string;
  /** Position of the cursor and the record that stood there, to follow it when rows move. */
  readonly cursor: number;
  readonly cursorId: string | null;
  /** Where a range of Shift+arrow began. */
  readonly anchor: number | null;
  readonly selection: Selection;
}

export const initialList: ListState = {
  where: null,
  sort: null,
  search: '',
  cursor: 0,
  cursorId: null,
  anchor: null,
  selection: emptySelection,
};

export type ListsState = Readonly<Record<string, ListState>>;

export function listOf(lists: ListsState, key: string): ListState {
  return lists[key] ?? initialList;
}

type Change<Part> = PayloadAction<{ readonly list: string } & Part>;

const initialState: ListsState = {};

export const listsSlice = createSlice({
  name: 'lists',
  initialState,
  reducers: {
    /** Another filter is another list: the cursor starts at the top and nothing is chosen. */
    filtered: (
      state,
      { payload }: Change<{ readonly where?: readonly FilterCondition[] | null; readonly search?: string }>,
    ) => {
      const before = listOf(state, payload.list);
      const where = payload.where === undefined ? before.where : payload.where;
      const search = payload.search ?? before.search;
      return { ...state, [payload.list]: { ...initialList, sort: before.sort, where, search } };
    },
    sorted: (state, { payload }: Change<{ readonly sort: readonly SortKey[] | null }>) => ({
      ...state,
      [payload.list]: { ...listOf(state, payload.list), sort: payload.sort, cursor: 0, cursorId: null, anchor: null },
    }),
    movedCursor: (
      state,
      { payload }: Change<{ readonly cursor: number; readonly id: string | null; readonly keepsAnchor?: boolean }>,
    ) => {
      const before = listOf(state, payload.list);
      const anchor = payload.keepsAnchor === true ? (before.anchor ?? before.cursor) : null;
      return { ...state, [payload.list]: { ...before, cursor: payload.cursor, cursorId: payload.id, anchor } };
    },
    selected: (state, { payload }: Change<{ readonly selection: Selection }>) => ({
      ...state,
      [payload.list]: { ...listOf(state, payload.list), selection: payload.selection },
    }),
  },
});
