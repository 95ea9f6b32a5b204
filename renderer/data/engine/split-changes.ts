import type { Change } from '../../../shared/domain/change.ts';
import { operationMaxBytes, type Write } from '../../../shared/sync/operation.ts';

/** What the changes of one operation and their parents may take, in bytes of JSON; the rest is for its frame. */
export const changesMaxBytes = operationMaxBytes - 2 * 1024;

/** What goes into one operation. */
export interface ChangePart {
  readonly changes: readonly Change[];
  /** With parents. More than `changesMaxBytes` only when it is of a single record: it must not be written then. */
  readonly bytes: number;
}

/**
 * Splits what one action changes into operations below the size limit. All changes of a record stay together, so that
 * a record is never half changed; the parts are committed in one transaction.
 * @param parentsOf what a change will replace: where many concurrent values are settled, these outweigh the values
 */
export function splitChanges(
  changes: readonly Change[],
  parentsOf: (change: Change) => Write['parents'],
): readonly ChangePart[] {
  const byRecord = new Map<string, Change[]>();
  for (const change of changes) {
    const known = byRecord.get(change.id);
    if (known) known.push(change);
    else byRecord.set(change.id, [change]);
  }
  const parts: { changes: Change[]; bytes: number }[] = [];
  for (const record of byRecord.values()) {
    const bytes = sizeOf(record.map((change) => ({ ...change, parents: parentsOf(change) })));
    const last = parts.at(-1);
    if (last && last.bytes + bytes <= changesMaxBytes) {
      last.changes.push(...record);
      last.bytes += bytes;
    } else parts.push({ changes: [...record], bytes });
  }
  return parts;
}

/** Bytes of UTF-8. */
function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
