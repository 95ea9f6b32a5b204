import { linkOfEntry, type Entry } from '../../../shared/sync/entry.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import { entryText } from '../storage/operation-lines.ts';

/** An entry with the text it is logged as; `hash` is that of the whole operation. */
export interface SealedEntry {
  readonly entry: Entry;
  readonly hash: string;
  readonly text: string;
}

export function sealEntry(entry: Entry): SealedEntry {
  if (entry.type !== 'operation') return { entry, hash: linkOfEntry(entry).hash, text: entryText(entry) };
  const { operation, text, hash } = sealOperation(entry.operation);
  return { entry: { type: 'operation', operation }, hash, text };
}
