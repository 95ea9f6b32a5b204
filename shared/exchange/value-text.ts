import { entityDefinition, type EntityKind } from '../domain/entities.ts';
import type { FieldValue } from '../sync/operation.ts';

/** A value as text, for reports and cells. */
export function valueText(value: FieldValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function isEntityKind(kind: string): kind is EntityKind {
  return entityDefinition(kind) !== undefined;
}
