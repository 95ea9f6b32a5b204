import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, Refusal } from '../change.ts';
import { idInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow } from '../command.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { problemMoveFields } from './move-problem.ts';

export interface DuplicateInput {
  readonly id: string;
  readonly duplicateOf: string;
}

type Fields = Readonly<Record<string, FieldValue>>;
type Rows = ReadonlyMap<string, DecisionRow>;

/**
 * `problem.mark-duplicate` {id, duplicateOf}. PRB-5: incidents and known errors go over to the original, also those that
 * were linked after it was marked: the same command again takes them along.
 */
export const markDuplicate = registerCommand<DuplicateInput>({
  name: 'problem.mark-duplicate',
  input: z.strictObject({ id: idInput, duplicateOf: idInput }),
  reads: ({ id, duplicateOf }) => ({
    ids: [id, duplicateOf],
    pointing: [
      { entity: 'ticket', field: 'problem', to: id },
      { entity: 'known-error', field: 'problem', to: id },
    ],
  }),
  decide: (input, rows, context) => {
    const { id, duplicateOf } = input;
    if (id === duplicateOf) return refuse('link-to-itself', { field: 'duplicateOf' });
    const found = findRow(rows, id, 'problem');
    if (!found.ok) return found;
    const original = findRow(rows, duplicateOf, 'problem');
    if (!original.ok) return fail({ ...original.failure, field: 'duplicateOf' });
    // One step to the original, never a chain: so two problems cannot become duplicates of each other here.
    if (original.value.values['resolutionCode'] === 'duplicate')
      return refuse('original-is-duplicate', { field: 'duplicateOf' });
    const fields = ownFields(found.value, duplicateOf, context);
    return fields.ok ? succeed([...changeOf(id, fields.value), ...handOver(input, rows)]) : fields;
  },
});

function ownFields({ values }: DecisionRow, duplicateOf: string, context: DecisionContext): Result<Fields, Refusal> {
  if (values['resolutionCode'] === 'duplicate' && values['duplicateOf'] === duplicateOf) return succeed({});
  const moved = problemMoveFields(values, 'mark-duplicate', undefined, context);
  return moved.ok ? succeed({ ...moved.value, duplicateOf }) : moved;
}

function changeOf(id: string, fields: Fields): readonly Change[] {
  return Object.keys(fields).length === 0 ? [] : [{ entity: 'problem', id, fields }];
}

function handOver({ id, duplicateOf }: DuplicateInput, rows: Rows): readonly Change[] {
  return [...rows.values()]
    .filter(({ entity, values }) => (entity === 'ticket' || entity === 'known-error') && values['problem'] === id)
    .map(({ entity, id: linked }): Change => ({ entity, id: linked, fields: { problem: duplicateOf } }));
}
