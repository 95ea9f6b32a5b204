import { foldText } from '../../shared/fold-text.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import type { StoreWriter, WordsRow } from '../store/store.ts';
import { parseState } from './mirror.ts';

const searchedFields = ['reference', 'number', 'title'] as const;
const recordsAtATime = 500;

/** What a ticket is found by; undefined for every other record. All values of a conflict count: the search looks closer. */
export function wordsOf(record: string, { entity, fields }: RecordState): WordsRow | undefined {
  if (entity !== 'ticket') return undefined;
  const values = searchedFields.flatMap((field) => (fields[field]?.heads ?? []).map(({ value }) => value));
  return { record, words: foldText(values.filter((value) => typeof value === 'string').join(' ')) };
}

/** For a store that was made before tickets could be looked for: once. */
export async function fillWords(store: StoreWriter): Promise<void> {
  for (let after = ''; ;) {
    const rows = await store.recordsAfter(after, recordsAtATime);
    const tickets = rows.filter(({ entity }) => entity === 'ticket');
    await store.putWords(tickets.flatMap((row) => wordsOf(row.record, parseState(row)) ?? []));
    const last = rows.at(-1);
    if (last === undefined || rows.length < recordsAtATime) return;
    after = last.record;
  }
}
