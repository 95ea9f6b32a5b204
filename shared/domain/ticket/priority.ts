import { z } from 'zod';
import type { DecisionContext } from '../command.ts';
import { choiceAmong } from './ticket-values.ts';
import { levels, priorities, type Level, type Priority } from './ticket.ts';

/** Impact, then urgency, to priority. 1 is the greatest everywhere. */
export type PriorityMatrix = Readonly<Record<Level, Readonly<Record<Level, Priority>>>>;

export const priorityMatrixSetting = 'ticket.priority-matrix';

const priority = z.enum(priorities);
const byUrgency = z.strictObject({ '1': priority, '2': priority, '3': priority });
export const priorityMatrixSchema: z.ZodType<PriorityMatrix> = z.strictObject({
  '1': byUrgency,
  '2': byUrgency,
  '3': byUrgency,
});

/** ServiceNow's default: high/high is critical, low/low is planning. */
export const defaultPriorityMatrix: PriorityMatrix = {
  '1': { '1': '1', '2': '2', '3': '3' },
  '2': { '1': '2', '2': '3', '3': '4' },
  '3': { '1': '3', '2': '4', '3': '5' },
};

/** The matrix of the space. A setting that does not fit is left alone and reported as `problem`; the default serves meanwhile. */
export function readPriorityMatrix(setting: unknown): {
  readonly matrix: PriorityMatrix;
  readonly problem: string | null;
} {
  if (setting === undefined || setting === null) return { matrix: defaultPriorityMatrix, problem: null };
  const parsed = priorityMatrixSchema.safeParse(setting);
  return parsed.success
    ? { matrix: parsed.data, problem: null }
    : { matrix: defaultPriorityMatrix, problem: z.prettifyError(parsed.error) };
}

/** PRI-1: priority is always what the matrix says. A level that is missing or unknown counts as the lowest. */
export function priorityOf(matrix: PriorityMatrix, impact: unknown, urgency: unknown): Priority {
  return matrix[choiceAmong(levels, impact) ?? '3'][choiceAmong(levels, urgency) ?? '3'];
}

export function priorityInSpace(
  context: Pick<DecisionContext, 'setting'>,
  impact: unknown,
  urgency: unknown,
): Priority {
  return priorityOf(readPriorityMatrix(context.setting(priorityMatrixSetting)).matrix, impact, urgency);
}
