import type { UnknownAction } from '@reduxjs/toolkit';
import type { CommandOutcome } from '../data/data-api.ts';
import type { Dot } from '../../shared/sync/operation.ts';
import type { Services } from '../services/services.ts';
import type { TextValues } from '../services/text.ts';
import type { DeskState } from '../store/desk-state.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import { seenSlice } from '../store/seen-slice.ts';
import { toastsSlice } from '../store/toasts-slice.ts';
import { undoSlice, type UndoStep } from '../store/undo-slice.ts';
import { refusalText } from './refusal-text.ts';

/** Asks the data worker for changes and tells the person what became of them. */
export interface CommandRunner {
  /**
   * Runs a command by name. When it is saved a toast with Undo says `done`; a refusal is told by a toast unless the
   * caller shows it at its field (`showsRefusal`). A worker that breaks counts as a refusal of kind `broken`.
   */
  readonly run: (
    name: string,
    input: unknown,
    told: { readonly done: string; readonly showsRefusal?: true },
  ) => Promise<CommandOutcome>;
  /** Takes back the newest step, or the operations named. */
  readonly undo: (dots?: readonly Dot[]) => Promise<void>;
  readonly redo: () => Promise<void>;
  readonly tell: (text: string, tone?: 'done' | 'refused') => void;
}

export interface RunnerParts {
  readonly services: Pick<Services, 'data' | 'now' | 'desktop'>;
  readonly getState: () => DeskState;
  readonly dispatch: (action: UnknownAction) => void;
  readonly translate: (key: string, values?: TextValues) => string;
}

export function createCommandRunner({ services, getState, dispatch, translate }: RunnerParts): CommandRunner {
  let lastToast = 0;
  const tell = (text: string, tone: 'done' | 'refused' = 'done', undo: readonly Dot[] = []): void => {
    lastToast += 1;
    dispatch(toastsSlice.actions.toasted({ id: `toast-${lastToast}`, text, tone, undo }));
  };

  const ask = async (request: () => Promise<CommandOutcome>, where: string): Promise<CommandOutcome> => {
    try {
      const outcome = await request();
      // What a person changes themselves is not news to them.
      if (outcome.ok) dispatch(seenSlice.actions.saw({ ids: outcome.value.ids, at: services.now() }));
      return outcome;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      void services.desktop.call('logError', { message: message.slice(0, 2_000), where });
      return { ok: false, failure: { kind: 'broken' } };
    }
  };
  const explain = (outcome: CommandOutcome & { readonly ok: false }): string =>
    outcome.failure.kind === 'broken' ? translate('failure.broken') : refusalText(outcome.failure, translate);

  const takeBack = async (step: UndoStep, direction: 'undid' | 'redid'): Promise<void> => {
    if (step.importId !== undefined) {
      // Thousands of records at one key press: the dialog says what goes before it goes.
      dispatch(overlaySlice.actions.openedOverlay({ id: 'import-undo', ids: [step.importId] }));
      return;
    }
    const outcome = await ask(() => services.data.call('undo', { dots: step.dots }), direction);
    if (!outcome.ok) {
      dispatch(undoSlice.actions.dropped(step.dots));
      return tell(explain(outcome), 'refused');
    }
    const by: UndoStep = { dots: outcome.value.dots, label: step.label };
    dispatch(undoSlice.actions[direction]({ step: step.dots, by }));
    tell(`${translate(direction === 'undid' ? 'toast.undone' : 'toast.redone')}: ${step.label}`);
  };

  return {
    tell,
    run: async (name, input, { done, showsRefusal }) => {
      const outcome = await ask(() => services.data.call('command', { name, input }), name);
      if (outcome.ok) {
        const { dots } = outcome.value;
        dispatch(undoSlice.actions.did({ dots, label: done }));
        tell(done, 'done', dots);
      } else if (showsRefusal !== true || outcome.failure.kind === 'broken') {
        tell(explain(outcome), 'refused');
      }
      return outcome;
    },
    undo: async (dots) => {
      const { done } = getState().undo;
      const step =
        dots === undefined
          ? done.at(-1)
          : (done.find((known) => known.dots.some((dot) => dots.includes(dot))) ?? undefined);
      return step === undefined ? tell(translate('toast.nothingToUndo')) : takeBack(step, 'undid');
    },
    redo: async () => {
      const step = getState().undo.undone.at(-1);
      return step === undefined ? tell(translate('toast.nothingToRedo')) : takeBack(step, 'redid');
    },
  };
}
