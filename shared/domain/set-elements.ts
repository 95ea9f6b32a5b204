import type { RecordValues } from './change.ts';

/** Elements a set field holds. */
export function elementsOf(values: RecordValues, field: string): readonly string[] {
  const prefix = `${field}/`;
  return Object.entries(values).flatMap(([name, value]) =>
    value === true && name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
}
