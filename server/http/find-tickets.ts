import { foldText } from '../../shared/fold-text.ts';
import type { SearchAnswer } from '../../shared/sync/protocol-search.ts';
import { deletionOf } from '../../shared/sync/shown.ts';
import { parseState } from '../admission/mirror.ts';
import { valuesShown } from '../admission/shown-record.ts';
import type { StoreReader } from '../store/store.ts';
import { maySee, withAllRights, type Reader } from './visibility.ts';

/** Tickets looked at in one go, and in all: those the caller may not see are passed over. */
const atATime = 200;
const mostLookedAt = 2_000;

/** Tickets the reader may see, whatever their desk keeps, that hold every word of a text. */
export async function findTickets(
  store: StoreReader,
  reader: Reader,
  text: string,
  limit: number,
): Promise<SearchAnswer> {
  const words = foldText(text).split(' ').filter(Boolean);
  const sight = withAllRights(reader);
  const rows: SearchAnswer['rows'] = [];
  let before: string | null = null;
  for (let looked = 0; looked < mostLookedAt; looked += atATime) {
    const keys: readonly string[] = words.length === 0 ? [] : await store.findWords(words, before, atATime);
    const found = new Map((await store.records(keys)).map((row) => [row.record, row]));
    for (const key of keys) {
      const row = found.get(key);
      const state = row && parseState(row);
      if (state === undefined || deletionOf(state) === 'deleted' || !maySee(sight, state, () => undefined)) continue;
      const shown = valuesShown(state);
      const value = (field: string): string => (typeof shown[field] === 'string' ? shown[field] : '');
      const [title, reference, number] = [value('title'), value('reference'), value('number')];
      const folded = foldText([reference, number, title].join(' '));
      // A value that lost a conflict shows nowhere.
      if (!words.every((word) => folded.includes(word))) continue;
      if (rows.length === limit) return { rows, more: true };
      rows.push({ id: state.id, title, reference, number, state: value('state') });
    }
    before = keys.at(-1) ?? null;
    if (keys.length < atATime) return { rows, more: false };
  }
  return { rows, more: true };
}
