import type { RecordValues } from '../../shared/domain/change.ts';

/** A value as text, '' when it is not set. */
export function textValue(values: RecordValues, field: string): string {
  const value = values[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

interface TitledRow {
  readonly id: string;
  readonly values: RecordValues;
  readonly titles: Readonly<Record<string, string>>;
}

/** What a record is called in a list of choices. */
export function rowTitle({ id, values }: TitledRow): string {
  return textValue(values, 'name') || textValue(values, 'title') || id;
}

/** What tells two of the same name apart. */
export function rowDetail({ values, titles }: TitledRow): string | undefined {
  const parts = [referenceOf(values), textValue(values, 'jobTitle'), textValue(values, 'email'), titles['site'] ?? ''];
  const shown = parts.filter((part) => part !== '').slice(0, 2);
  return shown.length === 0 ? undefined : shown.join(' · ');
}

/** The official number if there is one, else the device's reference (D1). */
export function referenceOf(values: RecordValues): string {
  return textValue(values, 'number') || textValue(values, 'reference');
}
