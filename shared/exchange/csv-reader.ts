import type { BrokenText, CsvRecord } from './csv-record.ts';

/**
 * Incremental reader of RFC 4180 text, fed by chunks of any size. Papa Parse is not used here: fed by hand, one lone
 * quote makes it swallow the rest of the file, it knows no physical lines, and its types bring Node into `shared`. It
 * serves the tests as the oracle for well-formed text.
 */
export interface CsvReader {
  /** Records completed by this piece of text. */
  readonly push: (text: string) => CsvRecord[];
  /** The records left at the end of the file. */
  readonly end: () => CsvRecord[];
}

export interface CsvReaderOptions {
  readonly delimiter: string;
  /** Characters after which an open quote is taken for a stray one, so that it cannot swallow the file. */
  readonly maxRecordLength?: number;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** Outcomes of reading that are no position: more text is needed, or the opening quote belongs to the text. */
const incomplete = -1;
const strayQuote = -2;

export function createCsvReader(options: CsvReaderOptions): CsvReader {
  const reader = new RecordReader(options);
  return { push: (piece) => reader.push(piece), end: () => reader.end() };
}

/** Re-reads the record at the end of the text until it is complete; a record is small, a file is not. */
class RecordReader {
  readonly #delimiter: number;
  readonly #maxRecordLength: number;
  #text = '';
  #line = 1;
  /** What the record being read consists of so far. */
  #cells: string[] = [];
  #broken: BrokenText | undefined;
  #quoted = false;

  constructor({ delimiter, maxRecordLength = 1024 * 1024 }: CsvReaderOptions) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#maxRecordLength = maxRecordLength;
  }

  push(piece: string): CsvRecord[] {
    this.#text += piece;
    return this.#drain(false);
  }

  end(): CsvRecord[] {
    const records = this.#drain(true);
    this.#text = '';
    return records;
  }

  #drain(final: boolean): CsvRecord[] {
    const text = this.#text;
    const records: CsvRecord[] = [];
    let start = 0;
    while (start < text.length) {
      this.#broken = undefined;
      this.#quoted = false;
      const next = this.#readRecord(start, final);
      if (next === incomplete) break;
      const cells = this.#cells;
      const blank = cells.length === 1 && cells[0] === '' && !this.#quoted;
      const line = this.#line;
      if (!blank) records.push(this.#broken === undefined ? { cells, line } : { cells, line, broken: this.#broken });
      this.#line += this.#quoted ? countLines(text, start, next) : 1;
      start = next;
    }
    this.#text = start === 0 ? text : text.slice(start);
    return records;
  }

  /** Reads one record into `#cells`; returns where the next begins, or `incomplete`. */
  #readRecord(start: number, final: boolean): number {
    const text = this.#text;
    const tooLong = text.length - start > this.#maxRecordLength;
    /** Opening quotes that proved stray, by position; their cells are read as plain text. */
    let stray: Set<number> | undefined;
    let at = start;
    this.#cells = [];
    for (;;) {
      const end = this.#readCell(at, final, tooLong, stray);
      if (end === incomplete) return incomplete;
      if (end === strayQuote) {
        (stray ??= new Set()).add(at);
        this.#broken = 'bad-quoting';
        at = start;
        this.#cells = [];
        continue;
      }
      if (end >= text.length) return end;
      if (text.charCodeAt(end) !== this.#delimiter) return this.#afterLineEnd(end, final);
      at = end + 1;
      if (at === text.length && !final) return incomplete;
    }
  }

  #readCell(at: number, final: boolean, tooLong: boolean, stray: ReadonlySet<number> | undefined): number {
    const isQuoted = this.#text.charCodeAt(at) === quote && !stray?.has(at);
    return isQuoted ? this.#readQuoted(at, final, final || tooLong) : this.#readPlain(at, final, tooLong);
  }

  /** Reads a cell without quotes; returns the position behind it. */
  #readPlain(start: number, final: boolean, tooLong: boolean): number {
    const text = this.#text;
    let end = start;
    while (end < text.length && !this.#endsCell(text.charCodeAt(end))) end += 1;
    if (end === text.length && !final) {
      if (!tooLong) return incomplete;
      this.#broken = 'record-too-long';
    }
    this.#cells.push(text.slice(start, end));
    return end;
  }

  /** Reads a quoted cell; returns the position behind it. `giveUp`: an end that has not come by now will not come. */
  #readQuoted(open: number, final: boolean, giveUp: boolean): number {
    const text = this.#text;
    this.#quoted = true;
    let from = open + 1;
    let doubled = false;
    for (;;) {
      const close = text.indexOf('"', from);
      if (close === -1) return giveUp ? strayQuote : incomplete;
      from = close + 1;
      if (text.charCodeAt(from) === quote) {
        doubled = true;
        from += 1;
        continue;
      }
      const after = skipSpaces(text, from);
      if (after >= text.length && !final) return incomplete;
      if (after < text.length && !this.#endsCell(text.charCodeAt(after))) {
        // A quote in the middle of a cell. When it opens a cell on a later line, ours was never closed.
        if (this.#endsCell(text.charCodeAt(close - 1)) && /[\r\n]/.test(text.slice(open, close))) return strayQuote;
        this.#broken = 'bad-quoting';
        continue;
      }
      const raw = text.slice(open + 1, close);
      this.#cells.push(doubled ? raw.replaceAll('""', '"') : raw);
      return after;
    }
  }

  #afterLineEnd(at: number, final: boolean): number {
    if (this.#text.charCodeAt(at) === lineFeed) return at + 1;
    if (at + 1 === this.#text.length && !final) return incomplete;
    return this.#text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
  }

  #endsCell(code: number): boolean {
    return code === this.#delimiter || code === lineFeed || code === carriageReturn;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}

/** Line ends between two positions; CR LF counts once. */
function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) lines += 1;
  }
  return lines;
}
