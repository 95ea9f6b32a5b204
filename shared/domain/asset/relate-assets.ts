import { z } from 'zod';
import { fail, succeed } from '../../result.ts';
import { idInput } from '../command-input.ts';
import { checkReferences } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { assetRelation, relationId } from './asset-relation.ts';
import { relationTypes, type RelationType } from './relation-types.ts';

interface RelateInput {
  readonly id: string;
  readonly type: RelationType;
  readonly other: string;
  readonly reverse?: boolean | undefined;
}

const ends = ({ id, other, reverse }: RelateInput): readonly [from: string, to: string] =>
  reverse === true ? [other, id] : [id, other];

const idOf = (input: RelateInput): string => {
  const [from, to] = ends(input);
  return relationId(from, input.type, to);
};

/** `asset.relate` {id, type, other, reverse?}: `reverse` when `other` is the one that reads the type (CMDB-1). */
export const relateAssets = registerCommand({
  name: 'asset.relate',
  input: z.strictObject({
    id: idInput,
    type: z.enum(relationTypes),
    other: idInput,
    reverse: z.boolean().optional(),
  }),
  reads: (input) => ({ ids: [input.id, input.other, idOf(input)] }),
  decide: (input, rows) => {
    if (input.id === input.other) return refuse('link-to-itself', { field: 'other' });
    const [from, to] = ends(input);
    const { type } = input;
    const problem = checkReferences(assetRelation, { from, to }, rows);
    if (problem) return fail(problem);
    const id = idOf(input);
    const known = rows.get(id);
    if (known === undefined)
      return succeed([{ entity: 'asset-relation', id, create: true, fields: { from, type, to, active: true } }]);
    return succeed(
      known.values['active'] === false ? [{ entity: 'asset-relation', id, fields: { active: true } }] : [],
    );
  },
});

/** `asset.unrelate` {id}: takes a relation out of use. */
export const unrelateAssets = registerCommand({
  name: 'asset.unrelate',
  input: z.strictObject({ id: idInput }),
  reads: ({ id }) => ({ ids: [id] }),
  decide: ({ id }, rows) => {
    const found = findRow(rows, id, 'asset-relation');
    if (!found.ok) return found;
    const isActive = found.value.values['active'] !== false;
    return succeed(isActive ? [{ entity: 'asset-relation', id, fields: { active: false } }] : []);
  },
});
