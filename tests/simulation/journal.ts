import type { Entry } from '../../shared/sync/entry.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import type { Codec } from './codec.ts';
import { appendJournal, type Disk } from './disk.ts';

/** What a journal still says: up to the first line that is cut. */
export function wholeLines(lines: readonly string[], codec: Codec): readonly Operation[] {
  const operations: Operation[] = [];
  for (const line of lines) {
    const operation = codec.line(line);
    if (operation === null) break;
    operations.push(operation);
  }
  return operations;
}

/** Everything the journals of this disk still say, under whatever device id it was written. */
export function journaledOperations(disk: Disk, codec: Codec): readonly Operation[] {
  return Object.values(disk.journal).flatMap((lines) => wholeLines(lines, codec));
}

/** Without lines that were cut by a crash. */
export function cutJournal(disk: Disk, codec: Codec): Disk {
  const journal = Object.entries(disk.journal).map(
    ([device, lines]) => [device, lines.slice(0, wholeLines(lines, codec).length)] as const,
  );
  return { ...disk, journal: Object.fromEntries(journal) };
}

/** Own operations that only the database has get into the journal before anything leaves the device (I7). */
export function completeJournal(disk: Disk, own: readonly Entry[], codec: Codec): Disk {
  const last = codec.line(disk.journal[disk.device]?.at(-1) ?? '')?.seq ?? 0;
  let completed = disk;
  for (const entry of own) {
    if (entry.type === 'operation' && entry.operation.seq > last)
      completed = appendJournal(completed, codec.encode(entry.operation));
  }
  return completed;
}
