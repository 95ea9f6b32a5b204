import { touchesRecord } from './fold.ts';
import type { Operation } from './operation.ts';

/**
 * What this version of the program can read (D14). Operations it cannot read are held, counted in the version vector
 * and forwarded, but not applied until an upgrade can read them. Invariant: none is ever dropped.
 */
export interface Reader {
  /** Newest schema version this program writes and reads. */
  readonly schemaVersion: number;
  readonly knowsKind: (entity: string) => boolean;
}

export type QuarantineReason = 'newer-schema' | 'unknown-kind';

/** Why an operation must wait for an upgrade; undefined when it can be applied now. Always the whole operation (D2). */
export function quarantineReason(operation: Operation, reader: Reader): QuarantineReason | undefined {
  if (operation.schemaVersion > reader.schemaVersion) return 'newer-schema';
  return operation.writes.every((write) => reader.knowsKind(write.entity)) ? undefined : 'unknown-kind';
}

/** Which of the operations that wait an upgraded reader can apply now. */
export function readableNow(waiting: Iterable<Operation>, reader: Reader): readonly Operation[] {
  return [...waiting].filter((operation) => quarantineReason(operation, reader) === undefined);
}

/** Whether an operation on the record of this key waits. */
export function waitsFor(waiting: Iterable<Operation>, key: string): boolean {
  for (const operation of waiting) if (touchesRecord(operation, key)) return true;
  return false;
}
