import { equalValues } from '../../shared/sync/merge.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { Dot, FieldValue, Operation, Write } from '../../shared/sync/operation.ts';
import type { Batch } from './batch.ts';

/** An undo leads over the author's own writes only; more than this are no undo any more. */
const stepsAtMost = 200;

/**
 * Whether a write gives a field back a value that its author had replaced, with nobody else's write in between: an undo,
 * whatever it is called. A name proves nothing, the chain of parents does.
 */
export async function restoresOwn(batch: Batch, operation: Operation, write: Write, field: string): Promise<boolean> {
  const restored = valueIn(write, field);
  const direct = parentsIn(write, field);
  const pending = [...direct];
  const seen = new Set<Dot>();
  for (let dot = pending.pop(); dot !== undefined && seen.size < stepsAtMost; dot = pending.pop()) {
    if (seen.has(dot)) continue;
    seen.add(dot);
    const replaced = await batch.operationAt(dot);
    const written = replaced?.writes.find((each) => recordKey(each) === recordKey(write));
    if (!replaced || !written) return false;
    if (!direct.includes(dot) && equalValues(valueIn(written, field), restored)) return true;
    if (replaced.device !== operation.device && replaced.user !== operation.user) return false;
    pending.push(...parentsIn(written, field));
  }
  return false;
}

function valueIn(write: Write, field: string): FieldValue {
  return Object.hasOwn(write.fields, field) ? (write.fields[field] ?? null) : null;
}

function parentsIn(write: Write, field: string): readonly Dot[] {
  return Object.hasOwn(write.parents, field) ? (write.parents[field] ?? []) : [];
}
