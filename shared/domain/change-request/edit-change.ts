import { z } from 'zod';
import { fail, succeed } from '../../result.ts';
import type { Change, RecordValues, Refusal } from '../change.ts';
import { fieldsInput, idInput } from '../command-input.ts';
import { checkReferences, editFields, referencedIds } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { changeMachines } from './change-lifecycle.ts';
import { changeTypeOf, standingIn } from './change-phase.ts';
import { checkPlannedWindow } from './change-guards.ts';
import { changeRequest, planFields } from './change-request.ts';
import type { ChangeState } from './change-words.ts';
import { allowItemChangesSetting } from './change-settings.ts';

/** `change.edit` {id, fields}: set fields take whole lists; `plannedStart` and `plannedEnd` together move it. */
export const editChange = registerCommand({
  name: 'change.edit',
  input: z.strictObject({ id: idInput, fields: fieldsInput }),
  reads: ({ id, fields }) => ({
    ids: [id, ...referencedIds(changeRequest, fields)],
    pointing: [{ entity: 'approval', field: 'change', to: id }],
  }),
  decide: ({ id, fields: given }, rows, context) => {
    const found = findRow(rows, id, 'change');
    if (!found.ok) return found;
    const { values } = found.value;
    if (Object.hasOwn(given, 'state')) return refuse('field-of-a-move', { field: 'state', values: { use: '' } });
    const edited = editFields(changeRequest, given, values, false);
    if (!edited.ok) return edited;
    const names = new Set(Object.keys(edited.value).map((name) => name.split('/', 1)[0] ?? name));
    const { phase } = standingIn(rows, found.value);
    const mayChangeItems = context.setting(allowItemChangesSetting) === true;
    const after = { ...values, ...edited.value };
    const problem =
      checkEdit(values, edited.value, names, phase, mayChangeItems) ??
      checkReferences(changeRequest, edited.value, rows) ??
      (names.has('plannedStart') || names.has('plannedEnd') ? checkPlannedWindow(after, false) : null);
    if (problem) return fail(problem);
    return succeed<readonly Change[]>(names.size === 0 ? [] : [{ entity: 'change', id, fields: edited.value }]);
  },
});

const fixedByTemplate = ['implementationPlan', 'backoutPlan', 'testPlan'] as const;
const planned: ReadonlySet<string> = new Set(planFields);

function checkEdit(
  values: RecordValues,
  edited: RecordValues,
  names: ReadonlySet<string>,
  phase: ChangeState | undefined,
  mayChangeItems: boolean,
): Refusal | null {
  const type = changeTypeOf(values);
  if (phase === undefined || phase === 'closed' || phase === 'canceled')
    return refuse('change-finished', { field: 'state', values: { state: String(phase ?? values['state']) } }).failure;
  if (names.has('type')) {
    const to = changeMachines[type].typeMayBecome.find((each) => each === edited['type']);
    // CHG-3
    if (phase !== 'new' || to === undefined)
      return refuse('type-fixed', { field: 'type', values: { state: phase } }).failure;
  }
  // CHG-4
  if (phase !== 'new' && !mayChangeItems && (names.has('asset') || names.has('assets')))
    return refuse('items-fixed', { field: names.has('asset') ? 'asset' : 'assets', values: { state: phase } }).failure;
  if (phase === 'review') {
    const field = [...names].find((name) => planned.has(name));
    if (field !== undefined) return refuse('plan-fixed', { field, values: { state: phase } }).failure;
  }
  const ofTemplate = type === 'standard' && !names.has('type') && fixedByTemplate.find((field) => names.has(field));
  return ofTemplate ? refuse('plan-of-template', { field: ofTemplate }).failure : null;
}
