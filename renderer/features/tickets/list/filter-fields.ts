import type { FilterCondition } from '../../../store/lists-slice.ts';

/** Fields the filter offers, in the order of its menu. */
export const filterFields: readonly string[] = [
  'state',
  'priority',
  'dueStage',
  'queue',
  'assignee',
  'caller',
  'category',
  'type',
  'service',
  'site',
  'openedAt',
  '$conflict',
  '$pending',
];

export type ValuesCondition = Extract<FilterCondition, { readonly op: 'in' | 'not-in' }>;
export type RangeCondition = Extract<FilterCondition, { readonly op: 'between' }>;

export function isRangeField(field: string): boolean {
  return field === 'openedAt';
}

/** The filter with one condition changed, added at the end, or (null) left out. */
export function withCondition(
  where: readonly FilterCondition[],
  field: string,
  condition: FilterCondition | null,
): readonly FilterCondition[] {
  const known = where.some((each) => each.field === field);
  if (condition === null) return where.filter((each) => each.field !== field);
  return known ? where.map((each) => (each.field === field ? condition : each)) : [...where, condition];
}

/** Ids of the choices in a list; "not set" needs one too. */
export const notSet = '$none';
export const toChoiceId = (value: string | null): string => value ?? notSet;
export const fromChoiceId = (id: string): string | null => (id === notSet ? null : id);
