/** The database answers, but not all of what it says it holds is there. */
export class DamagedDatabase extends Error {}

/** What Chromium says when it cannot read what it stored, as Dexie passes it on. */
const unreadable: ReadonlySet<string> = new Set(['UnknownError', 'DataError', 'NotReadableError', 'EncodingError']);

/**
 * Whether reading failed because the database is damaged. What a write says of a full disk is of the same kind, so ask
 * only of reads. Dexie wraps what it was told in `inner`.
 */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDatabase) return true;
  if (!(error instanceof Error)) return false;
  return unreadable.has(error.name) || ('inner' in error && error.inner !== error && isDamage(error.inner));
}
