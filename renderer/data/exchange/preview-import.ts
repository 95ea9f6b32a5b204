import { entities } from '../../../shared/domain/entities.ts';
import { cellReaders } from '../../../shared/exchange/cell-reader.ts';
import type { DataRow } from '../../../shared/exchange/csv-record.ts';
import { detectDateFormat, type DateFormatGuess } from '../../../shared/exchange/date-format.ts';
import type { TextEncodingLabel } from '../../../shared/exchange/encoding.ts';
import { isTimeZone } from '../../../shared/exchange/time-zone.ts';
import { checkMapping, type Mapping, type MappingProblem } from '../../../shared/exchange/mapping.ts';
import { suggestMapping, type MappingContext } from '../../../shared/exchange/suggest-mapping.ts';
import type { Verdict } from '../../../shared/exchange/value-verdict.ts';
import type { FileSource, JobFailure } from './ports.ts';
import { readTable } from './read-table.ts';
import { ReadFailure } from './read-text.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

/** Rows shown before an import. */
export const previewRows = 50;
/** Rows from which mapping and date format are guessed. */
const sampleRows = 500;

export interface ImportPreview {
  readonly delimiter: string;
  readonly encoding: TextEncodingLabel;
  readonly header: readonly string[];
  readonly rows: readonly DataRow[];
  /** The mapping given, else the one suggested. */
  readonly mapping: Mapping;
  readonly problems: readonly MappingProblem[];
  /** Per row, per column of the header; null for a column that is not imported. References are judged by the import itself. */
  readonly verdicts: readonly (readonly (Verdict | null)[])[];
  /** What the values of each column would be as dates; a column that holds none is absent. */
  readonly dates: Readonly<Record<string, DateFormatGuess>>;
}

/** Reads the beginning of a file and judges it by a mapping. */
export async function previewImport(
  source: FileSource,
  context: MappingContext,
  given?: { readonly mapping?: Mapping; readonly delimiter?: string },
): Promise<Result<ImportPreview, JobFailure>> {
  const table = readTable(source, given?.delimiter);
  const rows: DataRow[] = [];
  try {
    for await (const chunk of table.rows) {
      rows.push(...chunk.slice(0, sampleRows - rows.length));
      if (rows.length >= sampleRows) break;
    }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    if (rows.length === 0) return fail({ kind: error.kind, detail: error.message });
  }
  const { header, delimiter, encoding } = table.facts;
  if (header.length === 0) return fail({ kind: 'empty-file' });
  const mapping =
    given?.mapping ??
    suggestMapping(
      header,
      rows.map((row) => row.cells),
      context,
    );
  const shown = rows.slice(0, previewRows);
  return succeed({
    delimiter,
    encoding,
    header,
    rows: shown,
    mapping,
    problems: checkMapping(mapping, header),
    verdicts: judge(shown, header, mapping),
    dates: guessDates(rows, header, mapping),
  });
}

function judge(
  rows: readonly DataRow[],
  header: readonly string[],
  mapping: Mapping,
): readonly (readonly (Verdict | null)[])[] {
  if (!isTimeZone(mapping.zone)) return rows.map(() => header.map(() => null));
  const readers = cellReaders(mapping, entities[mapping.entity], header);
  return rows.map(({ cells }) => {
    const verdicts: (Verdict | null)[] = header.map(() => null);
    for (const { index, read } of readers) verdicts[index] = read(cells[index] ?? '');
    return verdicts;
  });
}

function guessDates(
  rows: readonly DataRow[],
  header: readonly string[],
  mapping: Mapping,
): Readonly<Record<string, DateFormatGuess>> {
  const guesses: [string, DateFormatGuess][] = [];
  header.forEach((column, index) => {
    const samples = rows
      .map(({ cells }) => cells[index]?.trim() ?? '')
      .filter((cell) => cell !== '' && !mapping.missing.includes(cell));
    const guess = detectDateFormat(samples);
    if (guess && guess.matched > guess.total / 2) guesses.push([column, guess]);
  });
  return Object.fromEntries(guesses);
}
