import type { CommandOutcome } from '../data/data-api.ts';
import { listsSlice } from '../store/lists-slice.ts';
import { emptySelection } from '../store/selection.ts';
import type { Desk } from './desk.ts';

export interface ManyRun {
  readonly ids: readonly string[];
  /** Key of the list the records were chosen in. */
  readonly list: string;
  readonly one: (id: string) => { readonly command: string; readonly input: unknown };
  readonly many: { readonly command: string; readonly input: unknown };
  readonly done: string;
  readonly showsRefusal?: true;
  /** Told in place of `done` when there are many. */
  readonly doneMany: (count: number) => string;
  /** Told when some could not take the change; null when that says nothing. */
  readonly keptMany: ((kept: number, count: number) => string) | null;
}

/**
 * Runs a command on the records: on one as itself, on many as one bulk with one undo. The toast tells how many took the
 * change. What was chosen stays chosen only when nothing was changed.
 */
export async function runOnMany(desk: Desk, run: ManyRun): Promise<CommandOutcome> {
  const { ids, list, done, showsRefusal } = run;
  const told = { done, ...(showsRefusal === undefined ? {} : { showsRefusal }) };
  const [one] = ids;
  if (one !== undefined && ids.length === 1) {
    const { command, input } = run.one(one);
    return desk.runner.run(command, input, told);
  }
  const outcome = await desk.runner.run(run.many.command, run.many.input, {
    ...told,
    done: run.doneMany(ids.length),
  });
  if (outcome.ok) {
    const changed = new Set(outcome.value.ids);
    const kept = ids.filter((id) => !changed.has(id)).length;
    if (kept > 0 && run.keptMany !== null) desk.runner.tell(run.keptMany(kept, ids.length), 'refused');
    desk.dispatch(listsSlice.actions.selected({ list, selection: emptySelection }));
  }
  return outcome;
}
