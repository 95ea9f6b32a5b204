import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Dot } from '../../shared/sync/operation.ts';

/** Pointers to own operations, newest last. What they did is in the log, not here. */
export interface UndoStep {
  readonly dots: readonly Dot[];
  /** An import is one step however many operations it made; they are found in the log by its id. */
  readonly importId?: string;
  /** What was done, in the person's language. */
  readonly label: string;
}

export interface UndoState {
  readonly done: readonly UndoStep[];
  /** Undone steps, by the operation that undid them: redo is the undo of the undo. */
  readonly undone: readonly UndoStep[];
}

export const initialUndo: UndoState = { done: [], undone: [] };
const depth = 200;

function without(steps: readonly UndoStep[], dots: readonly Dot[]): readonly UndoStep[] {
  return steps.filter((step) => !step.dots.some((dot) => dots.includes(dot)));
}

export const undoSlice = createSlice({
  name: 'undo',
  initialState: initialUndo,
  reducers: {
    did: (state, { payload }: PayloadAction<UndoStep>): UndoState => ({
      done: [...state.done, payload].slice(-depth),
      undone: [],
    }),
    undid: (
      state,
      { payload }: PayloadAction<{ readonly step: readonly Dot[]; readonly by: UndoStep }>,
    ): UndoState => ({
      done: without(state.done, payload.step),
      undone: [...state.undone, payload.by],
    }),
    redid: (
      state,
      { payload }: PayloadAction<{ readonly step: readonly Dot[]; readonly by: UndoStep }>,
    ): UndoState => ({
      done: [...state.done, payload.by],
      undone: without(state.undone, payload.step),
    }),
    /** An import was taken back. It is not done again: the file is imported again instead. */
    tookBackImport: (state, { payload }: PayloadAction<string>): UndoState => ({
      ...state,
      done: state.done.filter(({ importId }) => importId !== payload),
    }),
    /** The step cannot be undone (others changed it since): it leaves the stack, the next one is reachable. */
    dropped: (state, { payload }: PayloadAction<readonly Dot[]>): UndoState => ({
      done: without(state.done, payload),
      undone: without(state.undone, payload),
    }),
  },
});
