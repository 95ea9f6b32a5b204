import { createHash } from 'node:crypto';
import { z } from 'zod';
import { schemaVersion } from '../../shared/domain/entities.ts';
import { versionVectorSchema } from '../../shared/sync/protocol.ts';
import type { SnapshotRow } from '../store/archive.ts';
import type { StoreReader } from '../store/store.ts';

/** What the endpoint keeps of a snapshot of the whole space. What a caller is told of it depends on the caller's scope. */
const bookSchema = z.strictObject({
  schemaVersion: z.int().positive(),
  /** Losing chains known when it was made: later forks change places that its states have applied. */
  branches: z.int().nonnegative(),
  /** Records left out, since an operation on them waits for an upgrade. */
  leftOut: z.int().nonnegative(),
  held: versionVectorSchema,
  lastHash: z.record(z.string(), z.string()),
  /** In the order they are read; `place` is where the part is stored. */
  parts: z.array(z.strictObject({ place: z.int(), records: z.int(), bytes: z.int(), digest: z.string() })),
});
export type SnapshotBook = z.infer<typeof bookSchema>;

export interface OfferedSnapshot {
  readonly row: SnapshotRow;
  readonly book: SnapshotBook;
}

export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

/** Losing chains so far: each fork makes one. */
export async function countBranches(store: StoreReader): Promise<number> {
  return new Set((await store.branches()).map(([, branch]) => branch.device)).size;
}

/** Snapshots that say what the log says, newest first; `branches` is what `countBranches` gives. */
export async function readOffered(store: StoreReader, branches: number): Promise<readonly OfferedSnapshot[]> {
  const offered: OfferedSnapshot[] = [];
  for (const row of await store.archive.snapshots()) {
    const text = row.madeAt === null ? undefined : await store.archive.snapshotBook(row.hash);
    if (text === undefined) continue;
    const book = bookSchema.parse(JSON.parse(text));
    if (isSound(book, branches)) offered.push({ row, book });
  }
  return offered;
}

/** What was left out for a newer version would be missing for good, once that version runs here. */
function isSound(book: SnapshotBook, branches: number): boolean {
  return book.branches === branches && (book.schemaVersion === schemaVersion || book.leftOut === 0);
}
