import { detectDialect } from '../../../shared/exchange/csv-dialect.ts';
import { createCsvReader, type CsvReader } from '../../../shared/exchange/csv-reader.ts';
import type { CsvRecord, DataRow } from '../../../shared/exchange/csv-record.ts';
import type { TextEncodingLabel } from '../../../shared/exchange/encoding.ts';
import type { FileSource } from './ports.ts';
import { readText } from './read-text.ts';

/** What was found out about a table while reading it. */
export interface TableFacts {
  delimiter: string;
  encoding: TextEncodingLabel;
  header: readonly string[];
  bytesRead: number;
  /** Bytes that were no text in the encoding. */
  damaged: boolean;
}

export interface Table {
  readonly facts: TableFacts;
  /** Data rows, chunk by chunk. The header is known once the first chunk has come. */
  readonly rows: AsyncGenerator<readonly DataRow[], void, undefined>;
}

/** Reads a CSV file as a table whose first record is the header. `delimiter` overrides what is found. */
export function readTable(source: FileSource, delimiter?: string): Table {
  const facts: TableFacts = {
    delimiter: delimiter ?? ',',
    encoding: 'utf-8',
    header: [],
    bytesRead: 0,
    damaged: false,
  };
  return { facts, rows: rowsOf(source, facts, delimiter) };
}

async function* rowsOf(
  source: FileSource,
  facts: TableFacts,
  delimiter: string | undefined,
): AsyncGenerator<readonly DataRow[], void, undefined> {
  let reader: CsvReader | undefined;
  let row = 0;
  let hasHeader = false;
  const number = (records: readonly CsvRecord[]): readonly DataRow[] => {
    const [first] = records;
    const data = !hasHeader && first ? records.slice(1) : records;
    if (!hasHeader && first) {
      facts.header = first.cells;
      hasHeader = true;
    }
    return data.map((record) => ({ ...record, row: (row += 1) }));
  };
  for await (const { text, encoding, bytesRead, damaged } of readText(source)) {
    facts.encoding = encoding;
    facts.bytesRead = bytesRead;
    facts.damaged ||= damaged;
    let skip = 0;
    if (!reader) {
      const dialect = detectDialect(text);
      facts.delimiter = delimiter ?? dialect.delimiter;
      ({ skip } = dialect);
      reader = createCsvReader({ delimiter: facts.delimiter });
    }
    const rows = number(reader.push(skip === 0 ? text : text.slice(skip)));
    if (rows.length > 0) yield rows;
  }
  if (reader) {
    const rows = number(reader.end());
    if (rows.length > 0) yield rows;
  }
}
