import { z } from 'zod';
import { succeed } from '../result.ts';
import { differing } from './field-edit.ts';
import { riskPolicySchema, riskPolicySetting } from './change-risk/risk-policy.ts';
import { refuse } from './refusal.ts';
import { registerCommand } from './register-command.ts';
import { checkValue, shorten } from './validate-write.ts';
import { setting } from './setting.ts';
import {
  allowItemChangesSchema,
  allowItemChangesSetting,
  conflictChecksSchema,
  conflictChecksSetting,
} from './change-request/change-settings.ts';
import { autoCloseDaysSchema, autoCloseDaysSetting } from './ticket/auto-close.ts';
import {
  majorAcceptanceSchema,
  majorAcceptanceSetting,
  majorTriggersSchema,
  majorTriggersSetting,
} from './major-incident/trigger-rules.ts';
import { priorityMatrixSchema, priorityMatrixSetting } from './ticket/priority.ts';

/** Every setting of a space and what its value must be. */
const settingSchemas: Readonly<Record<string, z.ZodType>> = {
  [priorityMatrixSetting]: priorityMatrixSchema,
  [autoCloseDaysSetting]: autoCloseDaysSchema,
  [majorTriggersSetting]: majorTriggersSchema,
  [majorAcceptanceSetting]: majorAcceptanceSchema,
  [allowItemChangesSetting]: allowItemChangesSchema,
  [riskPolicySetting]: riskPolicySchema,
  [conflictChecksSetting]: conflictChecksSchema,
};

/** `setting.set` {name, value}: null returns to the default. The setting's id is its name, on every device. */
export const setSetting = registerCommand({
  name: 'setting.set',
  input: z.strictObject({ name: z.string().min(1).max(setting.fields.name.maxLength), value: z.json() }),
  reads: (input) => ({ ids: [input.name] }),
  decide: ({ name, value }, rows) => {
    const problem = checkSetting(name, value);
    if (problem)
      return problem.expected === ''
        ? refuse('unknown-setting', { values: { name } })
        : refuse('bad-setting', { values: { name, ...problem } });
    const text = value === null ? null : JSON.stringify(value);
    const refusal = checkValue(setting.fields.value, 'value', text);
    if (refusal) return { ok: false, failure: refusal };
    const before = rows.get(name);
    if (!before) return succeed([{ entity: 'setting', id: name, create: true, fields: { name, value: text } }]);
    const fields = differing({ value: text }, before.values);
    return succeed(Object.keys(fields).length === 0 ? [] : [{ entity: 'setting', id: name, fields }]);
  },
});

/** What is wrong with a setting's value, or null. `expected` is empty for a setting this version does not know. */
export function checkSetting(
  name: string,
  value: unknown,
): { readonly expected: string; readonly where: string; readonly got: string } | null {
  const schema = Object.hasOwn(settingSchemas, name) ? settingSchemas[name] : undefined;
  if (!schema) return { expected: '', where: '', got: shorten(value) };
  if (value === null) return null;
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue ? { expected: issue.message, where: issue.path.join('.'), got: shorten(value) } : null;
}
