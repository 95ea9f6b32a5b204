import type { Change } from '../../../shared/domain/change.ts';
import { operationMaxBytes } from '../../../shared/sync/operation.ts';

/** Room left for dots, parents and the frame of an operation. */
const budget = operationMaxBytes * 0.6;

/**
 * Splits what one action changes into operations below the size limit. All changes of a record stay together, so that
 * a record is never half changed; the parts are committed in one transaction.
 */
export function splitChanges(changes: readonly Change[]): readonly (readonly Change[])[] {
  const byRecord = new Map<string, Change[]>();
  for (const change of changes) {
    const known = byRecord.get(change.id);
    if (known) known.push(change);
    else byRecord.set(change.id, [change]);
  }
  const parts: Change[][] = [];
  let current: Change[] = [];
  let size = 0;
  for (const record of byRecord.values()) {
    // A character is at most 3 bytes of UTF-8 per UTF-16 unit; most are one.
    const bytes = new TextEncoder().encode(JSON.stringify(record)).length;
    if (current.length > 0 && size + bytes > budget) {
      parts.push(current);
      current = [];
      size = 0;
    }
    current.push(...record);
    size += bytes;
  }
  if (current.length > 0) parts.push(current);
  return parts;
}
