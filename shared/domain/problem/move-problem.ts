import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, RecordValues, Refusal } from '../change.ts';
import { idInput, textInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from '../command.ts';
import { cleanText, differing } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand, type RegisteredCommand } from '../register-command.ts';
import { checkValue } from '../validate-write.ts';
import { readsOfIncidents, tellOutcome } from './linked-incidents.ts';
import { writeProblemNote } from './note-on-problem.ts';
import { findProblemTransition, type ProblemTransition } from './problem-lifecycle.ts';
import type { ProblemMove } from './problem-words.ts';
import { problem } from './problem.ts';

export interface ProblemMoveInput {
  readonly id: string;
  /** The text the move needs; what stands on the record serves when it is left out. */
  readonly text?: string | undefined;
  readonly workNote?: string | undefined;
}

type Fields = Readonly<Record<string, FieldValue>>;

const stampsOf: Readonly<Partial<Record<ProblemMove, (context: DecisionContext) => Fields>>> = {
  confirm: ({ user, now }) => ({ confirmedBy: user, confirmedAt: now }),
  fix: ({ user, now }) => ({ fixBy: user, fixAt: now }),
  resolve: ({ user, now }) => ({ resolvedBy: user, resolvedAt: now }),
  complete: ({ now }) => ({ closedAt: now }),
  'accept-risk': ({ user, now }) => ({ resolvedBy: user, resolvedAt: now, closedAt: now }),
  'mark-duplicate': ({ now }) => ({ closedAt: now }),
  cancel: ({ now }) => ({ closedAt: now }),
  reanalyze: () => ({
    resolutionCode: null,
    resolvedBy: null,
    resolvedAt: null,
    closedAt: null,
    riskReason: null,
    cancelReason: null,
  }),
};

/** `problem.<move>` {id, text?, workNote?}. What it means for the incidents goes with it (PRB-2, PRB-3). */
export const assessProblem = moveCommand('assess');
export const confirmProblem = moveCommand('confirm');
export const fixProblem = moveCommand('fix');
export const resolveProblem = moveCommand('resolve');
export const completeProblem = moveCommand('complete');
export const acceptRisk = moveCommand('accept-risk');
export const cancelProblem = moveCommand('cancel');
export const reanalyzeProblem = moveCommand('reanalyze');

function moveCommand(move: Exclude<ProblemMove, 'mark-duplicate'>): RegisteredCommand<ProblemMoveInput> {
  return registerCommand<ProblemMoveInput>({
    name: `problem.${move}`,
    input: z.strictObject({ id: idInput, text: textInput.optional(), workNote: textInput.optional() }),
    reads: ({ id }): ReadRequest => readsOfIncidents(id),
    decide: (input, rows, context) => {
      const found = findRow(rows, input.id, 'problem');
      if (!found.ok) return found;
      const moved = problemMoveFields(found.value.values, move, input.text, context);
      if (!moved.ok) return moved;
      const after: DecisionRow = { ...found.value, values: { ...found.value.values, ...moved.value } };
      return succeed<readonly Change[]>([
        { entity: 'problem', id: input.id, fields: moved.value },
        ...writeProblemNote(input.id, input.workNote, context),
        ...tellOutcome(after, rows, context),
      ]);
    },
  });
}

/** The fields a move writes on the problem itself, or what stops it. */
export function problemMoveFields(
  values: RecordValues,
  move: ProblemMove,
  text: string | undefined,
  context: DecisionContext,
): Result<Fields, Refusal> {
  const transition = findProblemTransition(values, move);
  if ('kind' in transition) return fail(transition);
  const given = textOf(transition, values, text);
  if (!given.ok) return given;
  const code = transition.code === null ? {} : { resolutionCode: transition.code };
  return succeed(differing({ state: transition.to, ...code, ...given.value, ...stampsOf[move]?.(context) }, values));
}

function textOf({ needs }: ProblemTransition, values: RecordValues, text: string | undefined): Result<Fields, Refusal> {
  if (needs === null) return succeed({});
  const field = problem.fields[needs];
  const words = text === undefined ? null : cleanText(field, text);
  if (words === null) return values[needs] ? succeed({}) : refuse('problem-text-required', { field: needs });
  const wrong = checkValue(field, needs, words);
  return wrong ? fail(wrong) : succeed({ [needs]: words });
}
