import { dotOfEntry, linkOfEntry, type Entry } from '../../../shared/sync/entry.ts';
import { dotOf, type Dot } from '../../../shared/sync/operation.ts';
import type { LogRow } from '../storage/database.ts';
import { logRowEntries, parseEntry } from '../storage/operation-lines.ts';
import { logRows } from './find-operation.ts';
import type { RemoteBatch } from './remote-batch.ts';
import { sealEntry } from './seal-entry.ts';

/** What is held of a chain that loses its name, and the row of the log that has it. */
export interface Losing {
  readonly entry: Entry;
  readonly logKey: number;
}

/** What is held of a device from a number on, in its order; of what was refused, the refusal. */
export async function losingFrom(batch: RemoteBatch, device: string, seq: number): Promise<readonly Losing[]> {
  const dots = Array.from({ length: batch.lastSeq(device) - seq + 1 }, (_, at) => ({ device, seq: seq + at }));
  await batch.index.load([...dots, { device, seq: seq - 1 }]);
  const keys = [...new Set(dots.map((each) => batch.index.at(dotOf(each)).logKey))].filter((key) => key !== 0);
  const found = new Map<Dot, Losing>();
  for (const row of await rowsOf(batch, keys))
    for (const entry of logRowEntries(row)) found.set(dotOfEntry(entry), { entry, logKey: row.key });
  return dots.flatMap((each) => {
    const dot = dotOf(each);
    const held = found.get(dot);
    const refusal = batch.voidings.get(dot);
    if (!held) return [];
    return refusal ? { ...held, entry: { type: 'voiding' as const, voiding: refusal.voiding } } : held;
  });
}

type KeyedRow = LogRow & { readonly key: number };

/** Rows of the log as they will be with this batch. */
async function rowsOf(batch: RemoteBatch, keys: readonly number[]): Promise<readonly KeyedRow[]> {
  const stored = await logRows(batch.space, keys);
  return keys.flatMap((key, at): readonly KeyedRow[] => {
    const inBatch = batch.log.rows.find((row) => row.key === key);
    if (inBatch) return [{ key, lines: inBatch.lines.map(({ text }) => text).join('\n'), count: inBatch.lines.length }];
    const row = batch.rewritten.get(key) ?? stored[at];
    return row ? [{ ...row, key }] : [];
  });
}

/** Puts the new name of an entry in its line of the log; one that has none here leaves the log. */
export async function rewriteLine(
  batch: RemoteBatch,
  logKey: number,
  entry: Entry,
  renamed: Entry | undefined,
): Promise<void> {
  const by = renamed ? sealEntry(renamed).text : '';
  const { device, seq, hash } = linkOfEntry(entry);
  // A row may have another content of the same dot.
  const isIt = (text: string): boolean => {
    if (text === '') return false;
    const link = linkOfEntry(parseEntry(text, 'log'));
    return link.device === device && link.seq === seq && link.hash === hash;
  };
  const inBatch = batch.log.rows.find(({ key }) => key === logKey)?.lines.find(({ text }) => isIt(text));
  if (inBatch) {
    batch.log.replace(logKey, inBatch.text, by);
    return;
  }
  const [row] = await rowsOf(batch, [logKey]);
  if (!row) return;
  const lines = row.lines.split('\n').map((text) => (isIt(text) ? by : text));
  batch.rewritten.set(logKey, { ...row, lines: lines.join('\n') });
}
