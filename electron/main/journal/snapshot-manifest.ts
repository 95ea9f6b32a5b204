import { z } from 'zod';
import type { SnapshotInfo } from '../../../shared/desktop-api.ts';

/** What a snapshot consists of, written last: a folder without it is an unfinished snapshot. */
const manifestShape = z.strictObject({
  takenAt: z.int(),
  records: z.int().nonnegative(),
  lastSeq: z.int().nonnegative(),
  parts: z.array(z.strictObject({ bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  /** Held far fewer records than the one before: kept beside the rotation, never trusted by itself. */
  nearlyEmpty: z.boolean(),
});
export type SnapshotManifest = z.infer<typeof manifestShape>;

export function formatManifest(manifest: SnapshotManifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest)}\n`);
}

/** @returns null when it cannot be read */
export function parseManifest(bytes: Uint8Array): SnapshotManifest | null {
  try {
    return manifestShape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}

/** `verified` is false for a nearly empty snapshot: recovery takes it only when there is nothing better. */
export function describeSnapshot(id: string, manifest: SnapshotManifest): SnapshotInfo {
  return {
    id,
    takenAt: manifest.takenAt,
    records: manifest.records,
    bytes: manifest.parts.reduce((sum, part) => sum + part.bytes, 0),
    parts: manifest.parts.length,
    lastSeq: manifest.lastSeq,
    verified: !manifest.nearlyEmpty,
  };
}

/** A successor with less than a fifth of the records is more likely a blank desk than a tidy one. */
export function isNearlyEmpty(records: number, before: number): boolean {
  return records * 5 < before;
}

const newestKept = 5;
const daysKept = 7;
const asideKept = 2;
const dayMs = 86_400_000;

/**
 * Chooses what rotation may delete: everything but the five newest, the newest of each of the last seven days that
 * have one, and two of the nearly empty ones. Nearly empty ones never push out a fuller one.
 */
export function chooseExpired(snapshots: readonly SnapshotInfo[]): readonly string[] {
  const newestFirst = [...snapshots].sort((a, b) => b.takenAt - a.takenAt || (a.id < b.id ? 1 : -1));
  const trusted = newestFirst.filter((snapshot) => snapshot.verified);
  const kept = new Set(trusted.slice(0, newestKept).map((snapshot) => snapshot.id));
  const days = new Set<number>();
  for (const snapshot of trusted) {
    const day = Math.floor(snapshot.takenAt / dayMs);
    if (days.has(day) || days.size === daysKept) continue;
    days.add(day);
    kept.add(snapshot.id);
  }
  for (const snapshot of newestFirst.filter(({ verified }) => !verified).slice(0, asideKept)) kept.add(snapshot.id);
  return snapshots.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}
