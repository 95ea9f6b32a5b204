import type { RecordValues, Refusal } from '../change.ts';
import { refuse } from '../refusal.ts';
import { problemStates, type ProblemCode, type ProblemMove, type ProblemState } from './problem-words.ts';

/** What a person gives with a move; kept in the field of that name. */
const moveTexts = ['cause', 'fixNotes', 'riskReason', 'cancelReason'] as const;
export type MoveText = (typeof moveTexts)[number];

export interface ProblemTransition {
  readonly move: ProblemMove;
  readonly from: readonly ProblemState[];
  readonly to: ProblemState;
  /** The text without which it is refused: given with the move, or on the record already. */
  readonly needs: MoveText | null;
  readonly code: ProblemCode | null;
}

/** The machine of itsm-practices 2.3, as data. Codes in which a closed problem may be taken up again are at the end. */
export const problemMachine: readonly ProblemTransition[] = [
  { move: 'assess', from: ['new'], to: 'assess', needs: null, code: null },
  { move: 'confirm', from: ['new', 'assess'], to: 'root-cause-analysis', needs: null, code: null },
  { move: 'fix', from: ['root-cause-analysis'], to: 'fix-in-progress', needs: 'cause', code: null },
  { move: 'resolve', from: ['fix-in-progress'], to: 'resolved', needs: 'fixNotes', code: 'fix-applied' },
  { move: 'complete', from: ['resolved'], to: 'closed', needs: null, code: 'fix-applied' },
  { move: 'accept-risk', from: ['root-cause-analysis'], to: 'closed', needs: 'riskReason', code: 'risk-accepted' },
  {
    move: 'mark-duplicate',
    from: ['new', 'assess', 'root-cause-analysis'],
    to: 'closed',
    needs: null,
    code: 'duplicate',
  },
  {
    move: 'cancel',
    from: ['new', 'assess', 'root-cause-analysis'],
    to: 'closed',
    needs: 'cancelReason',
    code: 'canceled',
  },
  { move: 'reanalyze', from: ['resolved', 'closed'], to: 'root-cause-analysis', needs: null, code: null },
];

/** A problem that never got a state is new; a state of a newer version is undefined: nothing may be done to it. */
export function problemStateOf(values: RecordValues): ProblemState | undefined {
  const state = values['state'] ?? 'new';
  return problemStates.find((each) => each === state);
}

export function isProblemClosed(values: RecordValues): boolean {
  return problemStateOf(values) === 'closed';
}

/** Whether the fix is in place, so that incidents need not wait for it any longer (PRB-2). */
export function isFixApplied(values: RecordValues): boolean {
  const state = problemStateOf(values);
  return (state === 'resolved' || state === 'closed') && values['resolutionCode'] === 'fix-applied';
}

/** The moves a problem's state offers, in the order of the machine. A duplicate is taken up again in its original. */
export function allowedProblemMoves(values: RecordValues): readonly ProblemTransition[] {
  const state = problemStateOf(values);
  return problemMachine.filter(
    ({ move, from }) =>
      state !== undefined && from.includes(state) && (move !== 'reanalyze' || values['resolutionCode'] !== 'duplicate'),
  );
}

/** The transition of `move` from where the problem is, or why there is none. */
export function findProblemTransition(values: RecordValues, move: ProblemMove): ProblemTransition | Refusal {
  const found = allowedProblemMoves(values).find((each) => each.move === move);
  if (found) return found;
  const to = problemMachine.find((each) => each.move === move)?.to ?? move;
  return refuse('no-such-problem-move', { field: 'state', values: { from: String(values['state'] ?? 'new'), to } })
    .failure;
}
