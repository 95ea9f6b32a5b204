import type { Precedence } from '../sync/shown.ts';
import { entityDefinition, fieldDefinition } from './entities.ts';

/**
 * Precedence of a guarded field (sync-design 3.4): of two states set without knowledge of each other the further
 * advanced one is shown, and both stay for review. Undefined for fields that are not guarded. The order stands in the
 * registry; a value this version does not know ranks below all others.
 */
export function precedenceOf(kind: string, field: string): Precedence | undefined {
  const definition = entityDefinition(kind);
  const ranked = definition && fieldDefinition(definition, field)?.precedence;
  return (
    ranked && ((left, right) => ranked.findIndex((each) => each === left) - ranked.findIndex((each) => each === right))
  );
}
