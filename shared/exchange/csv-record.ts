export type BrokenText = 'bad-quoting' | 'record-too-long';

/** One record of a CSV file as it stands there: nothing trimmed, nothing interpreted. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Physical line on which the record begins, from 1. A quoted cell may span several lines. */
  readonly line: number;
  /** The text was not well-formed and had to be guessed; the cells are the most likely reading. */
  readonly broken?: BrokenText;
}

/** A record with its number among the data rows (from 1, the header is not counted), as reports name it. */
export interface DataRow extends CsvRecord {
  readonly row: number;
}
