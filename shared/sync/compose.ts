import type { ClockTime } from './hybrid-clock.ts';
import { recordKey } from './fold.ts';
import { parentsOf } from './merge.ts';
import type { FieldValue, Operation, Write } from './operation.ts';
import type { RecordState } from './record-state.ts';

/** What a user transaction does to one record, before it knows what it replaces. */
export interface FieldEdits {
  readonly entity: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/**
 * Makes the next operation of a device from edits decided on the states shown. Edits of one record are made one write,
 * the last value of a field counts. Invariant: the parents of each field are all heads its author could see, no other.
 */
export function composeOperation(
  frame: Omit<Operation, 'writes' | 'at'> & { readonly at: ClockTime },
  edits: readonly FieldEdits[],
  stateOf: (key: string) => RecordState | undefined,
): Operation {
  const writes = new Map<string, Write>();
  for (const { entity, id, fields } of edits) {
    const key = recordKey({ entity, id });
    const merged = new Map([...Object.entries(writes.get(key)?.fields ?? {}), ...Object.entries(fields)]);
    writes.set(key, {
      entity,
      id,
      fields: Object.fromEntries(merged),
      parents: parentsOf(stateOf(key), merged.keys()),
    });
  }
  return { ...frame, writes: [...writes.values()] };
}
