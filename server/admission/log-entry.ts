import type { Link } from '../../shared/sync/admission.ts';
import type { Entry } from '../../shared/sync/entry.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { excerptSchema, operationSchema, type Dot } from '../../shared/sync/operation.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { voidingSchema } from '../../shared/sync/voiding.ts';
import type { LogRow, NewEntry } from '../store/store.ts';

export function entryOf({ kind, body, hash, isPurged }: LogRow): Entry {
  if (isPurged) return { type: 'excerpt', operation: excerptSchema.parse(JSON.parse(body)), hash };
  return kind === 'operation'
    ? { type: 'operation', operation: operationSchema.parse(JSON.parse(body)) }
    : { type: 'voiding', voiding: voidingSchema.parse(JSON.parse(body)) };
}

/** Keys of the records an entry touches, as far as it says. */
export function recordsOf(entry: Entry): readonly string[] {
  return (entry.type === 'voiding' ? entry.voiding.replaced : entry.operation.writes).map(recordKey);
}

/** Whether a record shows a dot as a head or waits for it: only then does its refusal change anything. */
export function namesDot(state: RecordState, dot: Dot): boolean {
  return Object.values(state.fields).some(
    (register) => register.heads.some((head) => head.dot === dot) || register.gone?.includes(dot) === true,
  );
}

/** A line of the log for what fills one place of a chain. */
export function newEntryOf(
  { device, seq, hash }: Pick<Link, 'device' | 'seq' | 'hash'>,
  kind: NewEntry['kind'],
  rest: Pick<NewEntry, 'body' | 'seal' | 'records' | 'receivedAt'>,
): NewEntry {
  return { device, seq, hash, kind, ...rest };
}
