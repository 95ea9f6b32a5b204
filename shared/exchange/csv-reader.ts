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
const space = 32;

export function createCsvReader(options: CsvReaderOptions): CsvReader {
  const delimiter = options.delimiter.charCodeAt(0);
  const maxRecordLength = options.maxRecordLength ?? 1024 * 1024;
  let text = '';
  let line = 1;

  // Outcome of the attempt to read one record: where the next begins, or -1 when it is not complete yet.
  let cells: string[] = [];
  let broken: BrokenText | undefined;
  let quoted = false;

  function readRecord(start: number, final: boolean): number {
    const length = text.length;
    const tooLong = length - start > maxRecordLength;
    /** Opening quotes that proved stray, by position; their cells are read as plain text. */
    let stray: Set<number> | undefined;
    let at = start;
    cells = [];
    for (;;) {
      if (text.charCodeAt(at) === quote && !stray?.has(at)) {
        quoted = true;
        const end = readQuoted(at, final, final || tooLong);
        if (end === -1) return -1;
        if (end === -2) {
          (stray ??= new Set()).add(at);
          broken = 'bad-quoting';
          at = start;
          cells = [];
          continue;
        }
        at = end;
      } else {
        let end = at;
        let code = 0;
        while (end < length) {
          code = text.charCodeAt(end);
          if (code === delimiter || code === lineFeed || code === carriageReturn) break;
          end += 1;
        }
        if (end === length && !final) {
          if (!tooLong) return -1;
          broken = 'record-too-long';
        }
        cells.push(text.slice(at, end));
        at = end;
      }
      if (at >= length) return at;
      const code = text.charCodeAt(at);
      if (code === delimiter) {
        at += 1;
        if (at === length && !final) return -1;
        continue;
      }
      if (code === lineFeed) return at + 1;
      if (at + 1 === length && !final) return -1;
      return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
    }
  }

  /** Reads a quoted cell; returns the position behind it, -1 when incomplete, -2 when its opening quote is stray. */
  function readQuoted(open: number, final: boolean, giveUp: boolean): number {
    let from = open + 1;
    let doubled = false;
    let inner = false;
    for (;;) {
      const close = text.indexOf('"', from);
      if (close === -1) return giveUp ? -2 : -1;
      let after = close + 1;
      if (text.charCodeAt(after) === quote) {
        doubled = true;
        from = close + 2;
        continue;
      }
      while (text.charCodeAt(after) === space && delimiter !== space) after += 1;
      const code = text.charCodeAt(after);
      if (after >= text.length) {
        if (!final) return -1;
      } else if (code !== delimiter && code !== lineFeed && code !== carriageReturn) {
        // A quote in the middle of a cell. When it opens a cell on a later line, ours was never closed.
        const before = text.charCodeAt(close - 1);
        const opensCell = before === delimiter || before === lineFeed || before === carriageReturn;
        if (opensCell && /[\r\n]/.test(text.slice(open, close))) return -2;
        inner = true;
        from = close + 1;
        continue;
      }
      const raw = text.slice(open + 1, close);
      cells.push(doubled ? raw.replaceAll('""', '"') : raw);
      if (inner) broken = 'bad-quoting';
      return after;
    }
  }

  function drain(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let start = 0;
    while (start < text.length) {
      broken = undefined;
      quoted = false;
      const next = readRecord(start, final);
      if (next === -1) break;
      const blank = cells.length === 1 && cells[0] === '' && text.charCodeAt(start) !== quote;
      if (!blank) records.push(broken === undefined ? { cells, line } : { cells, line, broken });
      line += quoted ? countLines(text, start, next) : 1;
      start = next;
    }
    text = start === 0 ? text : text.slice(start);
    return records;
  }

  return {
    push(piece) {
      text += piece;
      return drain(false);
    },
    end() {
      const records = drain(true);
      text = '';
      return records;
    },
  };
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
