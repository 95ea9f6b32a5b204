import { combineReducers } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';
import { appearanceSlice } from './appearance-slice.ts';
import { connectionSlice } from './connection-slice.ts';
import { labelSlice } from './label-slice.ts';
import { layoutSlice } from './layout-slice.ts';
import { listsSlice } from './lists-slice.ts';
import { navigationSlice } from './navigation-slice.ts';
import { overlaySlice } from './overlay-slice.ts';
import { savedViewsSlice } from './saved-views-slice.ts';
import { seenSlice } from './seen-slice.ts';
import { toastsSlice } from './toasts-slice.ts';
import { undoSlice } from './undo-slice.ts';

/** Everything Redux holds: what is on screen (D11), never a row. */
export const deskReducer = combineReducers({
  navigation: navigationSlice.reducer,
  layout: layoutSlice.reducer,
  appearance: appearanceSlice.reducer,
  labels: labelSlice.reducer,
  lists: listsSlice.reducer,
  savedViews: savedViewsSlice.reducer,
  overlay: overlaySlice.reducer,
  toasts: toastsSlice.reducer,
  undo: undoSlice.reducer,
  connection: connectionSlice.reducer,
  seen: seenSlice.reducer,
});

export type DeskState = ReturnType<typeof deskReducer>;

export const useDesk = useSelector.withTypes<DeskState>();
export const useDeskDispatch = useDispatch;
