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
  /** Bytes of text read so far, unpacked. */
  textBytes: number;
  /** The file is a .gz. */
  packed: boolean;
  /** Bytes that were no text in the encoding. */
  damaged: boolean;
}

export interface Table {
  readonly facts: TableFacts;
  /** Data rows, chunk by chunk. The header is known once the first chunk has come. */
  readonly rows: AsyncGenerator<readonly DataRow[], void, undefined>;
}

/** What a person says about the text of a file, in place of what is found. */
export interface TableForm {
  readonly delimiter?: string;
  readonly encoding?: TextEncodingLabel;
}

/** Reads a CSV file as a table whose first record is the header. */
export function readTable(source: FileSource, form: TableForm = {}): Table {
  const facts: TableFacts = {
    delimiter: form.delimiter ?? ',',
    encoding: form.encoding ?? 'utf-8',
    header: [],
    bytesRead: 0,
    textBytes: 0,
    packed: false,
    damaged: false,
  };
  return { facts, rows: rowsOf(source, facts, form) };
}

async function* rowsOf(
  source: FileSource,
  facts: TableFacts,
  form: TableForm,
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
  for await (const { text, encoding, bytesRead, textBytes, packed, damaged } of readText(source, form.encoding)) {
    facts.encoding = encoding;
    facts.bytesRead = bytesRead;
    facts.textBytes = textBytes;
    facts.packed = packed;
    facts.damaged ||= damaged;
    let skip = 0;
    if (!reader) {
      const dialect = detectDialect(text);
      facts.delimiter = form.delimiter ?? dialect.delimiter;
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
