import type { RecordState } from '../../shared/sync/record-state.ts';
import { blobOf } from '../../shared/sync/protocol-blobs.ts';

/** Blobs the text of a record's state refers to, also of a kind this version does not know. */
export function blobsIn(state: string): readonly string[] {
  // Most records refer to none: no need to look closer.
  if (!state.includes('"blob:')) return [];
  return [...new Set([...state.matchAll(/"(blob:[0-9a-f]{64})"/g)].flatMap(([, value]) => blobOf(value) ?? []))];
}

/** Whether one of the values a record holds, shown or in review, refers to the blob. */
export function refersTo(state: RecordState, hash: string): boolean {
  return Object.values(state.fields).some(({ heads }) => heads.some(({ value }) => blobOf(value) === hash));
}
