import type { ProblemTransition } from '../../../shared/domain/problem/problem-lifecycle.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { Desk } from '../../widgets/desk.ts';

/** A move that needs a text or another problem opens its dialog; the others happen at once. */
export function startProblemMove(desk: Desk, id: string, { move, needs }: ProblemTransition): void {
  if (move === 'mark-duplicate')
    desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'problem-duplicate', ids: [id] }));
  else if (needs !== null)
    desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'problem-move', ids: [id], detail: move }));
  else void desk.runner.run(`problem.${move}`, { id }, { done: desk.translate(`done.problem.${move}`) });
}
