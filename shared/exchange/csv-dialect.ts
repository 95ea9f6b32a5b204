import { createCsvReader } from './csv-reader.ts';

/** Delimiters that spreadsheets write, in the order that decides a tie. */
export const delimiters = [',', ';', '\t', '|'] as const;

export interface CsvDialect {
  readonly delimiter: string;
  /** Characters at the start that are not data: a `sep=;` line that Excel writes. */
  readonly skip: number;
}

/**
 * Finds the delimiter from the first characters of a file (some 64 KiB; the last record may be cut off): the one
 * whose records agree most often on a number of cells above one.
 */
export function detectDialect(sample: string): CsvDialect {
  const declared = /^sep=(.)\r?\n/.exec(sample);
  if (declared?.[1] !== undefined) return { delimiter: declared[1], skip: declared[0].length };
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const reader = createCsvReader({ delimiter });
    const records = [...reader.push(sample.slice(0, 65_536)), ...reader.end()];
    const score = agreement((records.length > 2 ? records.slice(0, -1) : records).map((record) => record.cells.length));
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, skip: 0 };
}

/** Share of records that have the most frequent width above 1; wider wins slightly, so that `a,b;c` in text loses. */
function agreement(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  let score = 0;
  for (const [width, count] of counts) score = Math.max(score, count / widths.length + Math.min(width, 100) / 10_000);
  return score;
}
