import { elementsOf } from '../../../shared/domain/set-elements.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { usualSteps } from '../../../shared/domain/service-level/step.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';

export const setFields = ['types', 'priorities', 'services', 'sites', 'queues', 'pausesOn', 'steps'] as const;

/** A definition as the form holds it: plain fields as they are, sets as lists, steps as one text. */
export interface LevelForm {
  readonly fields: RecordValues;
  readonly sets: Readonly<Record<(typeof setFields)[number], readonly string[]>>;
  readonly steps: string;
  readonly amount: string;
}

const plain = [
  'name',
  'kind',
  'target',
  'unit',
  'endOfDay',
  'calendar',
  'calendarFrom',
  'zoneFrom',
  'responseStop',
  'onChange',
  'onReopen',
  'noticesInHours',
  'active',
] as const;

/** What a new definition starts from; a record has what it says and these where it says nothing. */
const defaults: RecordValues = {
  kind: 'sla',
  target: 'resolution',
  unit: 'hours',
  calendarFrom: 'level',
  zoneFrom: 'calendar',
  responseStop: 'reply-or-start',
  onChange: 'retroactive',
  onReopen: 'resume',
  active: true,
};

export function levelForm(values: RecordValues | null): LevelForm {
  const from = values ?? {};
  const steps = elementsOf(from, 'steps');
  return {
    fields: Object.fromEntries(plain.map((name) => [name, from[name] ?? defaults[name] ?? null])),
    sets: Object.fromEntries(setFields.map((name) => [name, elementsOf(from, name)])) as unknown as LevelForm['sets'],
    steps: (steps.length === 0 ? usualSteps : steps).join(', '),
    amount: String(from['amount'] ?? 4),
  };
}

/** The form as `record.create` and `record.edit` take it: whole lists for sets. */
export function levelFields({ fields, sets, steps, amount }: LevelForm): Readonly<Record<string, FieldValue>> {
  const list = steps
    .split(/[,;\s]+/)
    .map((step) => step.trim())
    .filter((step) => step !== '');
  const isUsual = list.length === usualSteps.length && usualSteps.every((step) => list.includes(step));
  return { ...fields, ...sets, steps: isUsual ? [] : list, amount: Math.trunc(Number(amount)) || 0 };
}

/** The form as a record's values, for a preview. */
export function levelValues(form: LevelForm): RecordValues {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(levelFields(form))) {
    if (Array.isArray(value)) for (const element of value) values[`${name}/${String(element)}`] = true;
    else values[name] = value;
  }
  return values;
}
