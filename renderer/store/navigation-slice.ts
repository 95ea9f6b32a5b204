import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { layoutSlice } from './layout-slice.ts';

/** Where the person is. `view` belongs to the screen; `record` is the one open beside or instead of the list. */
export interface Place {
  readonly screen: string;
  readonly view: string;
  readonly record: string | null;
}

export interface NavigationState {
  readonly place: Place;
  readonly past: readonly Place[];
  readonly future: readonly Place[];
}

const depth = 100;

export const initialNavigation: NavigationState = {
  place: { screen: 'tickets', view: 'my-work', record: null },
  past: [],
  future: [],
};

function isSame(one: Place, other: Place): boolean {
  return one.screen === other.screen && one.view === other.view && one.record === other.record;
}

function moveTo(state: NavigationState, place: Place): NavigationState {
  if (isSame(state.place, place)) return state;
  return { place, past: [...state.past, state.place].slice(-depth), future: [] };
}

export const navigationSlice = createSlice({
  name: 'navigation',
  initialState: initialNavigation,
  reducers: {
    wentTo: (state, action: PayloadAction<Place>) => moveTo(state, action.payload),
    openedRecord: (state, action: PayloadAction<string>) => moveTo(state, { ...state.place, record: action.payload }),
    /** From any screen: the ticket opens where tickets are. */
    openedTicket: (state, { payload }: PayloadAction<string>) => {
      const view = state.place.screen === 'tickets' ? state.place.view : 'all';
      return moveTo(state, { screen: 'tickets', view, record: payload });
    },
    /** Walking through a list shows one record after the other; back then leads to where the walk began. */
    showedRecord: (state, action: PayloadAction<string>) => {
      if (state.place.record === null) return moveTo(state, { ...state.place, record: action.payload });
      return { ...state, place: { ...state.place, record: action.payload } };
    },
    closedRecord: (state) => moveTo(state, { ...state.place, record: null }),
    wentBack: (state) => {
      const place = state.past.at(-1);
      return place === undefined
        ? state
        : { place, past: state.past.slice(0, -1), future: [state.place, ...state.future] };
    },
    wentForward: (state) => {
      const [place, ...future] = state.future;
      return place === undefined ? state : { place, past: [...state.past, state.place], future };
    },
  },
  extraReducers: (builder) => {
    // Asking for the table, or for the list, is asking to see it: an open record would take its place.
    builder.addCase(layoutSlice.actions.toggledListMode, (state) => moveTo(state, { ...state.place, record: null }));
  },
});
