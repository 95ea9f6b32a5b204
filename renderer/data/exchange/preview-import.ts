import { entities } from '../../../shared/domain/entities.ts';
import { cellReaders } from '../../../shared/exchange/cell-reader.ts';
import type { DataRow } from '../../../shared/exchange/csv-record.ts';
import { detectDateFormat, type DateFormatGuess } from '../../../shared/exchange/date-format.ts';
import type { TextEncodingLabel } from '../../../shared/exchange/encoding.ts';
import { planImport } from '../../../shared/exchange/import-plan.ts';
import { ReportBuilder, type Finding } from '../../../shared/exchange/import-report.ts';
import type { ImportPorts } from '../../../shared/exchange/import-step.ts';
import { isTimeZone } from '../../../shared/exchange/time-zone.ts';
import { checkMapping, type Mapping, type MappingProblem } from '../../../shared/exchange/mapping.ts';
import { suggestMapping, type MappingContext } from '../../../shared/exchange/suggest-mapping.ts';
import type { Verdict } from '../../../shared/exchange/value-verdict.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { FileSource, JobFailure } from './ports.ts';
import { readTable, type Table, type TableForm } from './read-table.ts';
import { ReadFailure, unpackedBytesOf } from './read-text.ts';

/** Rows shown before an import. */
export const previewRows = 50;
/** Rows from which mapping and date format are guessed. */
const sampleRows = 500;
/** Different values shown of each column. */
const samplesPerColumn = 3;

export interface ImportPreview {
  readonly delimiter: string;
  readonly encoding: TextEncodingLabel;
  readonly header: readonly string[];
  readonly rows: readonly DataRow[];
  /** Data rows of the whole file: counted when all were read, else reckoned from the first; null when nothing tells. */
  readonly rowCount: { readonly rows: number; readonly isExact: boolean } | null;
  /** Different values of each column of the header, from the first rows. */
  readonly samples: readonly (readonly string[])[];
  /** The mapping given, else the one suggested. */
  readonly mapping: Mapping;
  readonly problems: readonly MappingProblem[];
  /** Per row, per column of the header; null for a column that is not imported. References are judged by the findings. */
  readonly verdicts: readonly (readonly (Verdict | null)[])[];
  /** What an import of these rows alone would report of them, references and whole rows included. */
  readonly findings: readonly Finding[];
  /** What the values of each column would be as dates; a column that holds none is absent. */
  readonly dates: Readonly<Record<string, DateFormatGuess>>;
}

export interface PreviewSetting {
  readonly mapping?: Mapping;
  readonly form?: TableForm;
  /** The space, to say which records a row refers to; without it references are not judged. */
  readonly ports?: ImportPorts;
}

interface Sample {
  readonly rows: readonly DataRow[];
  /** Rows that were in the text read. */
  readonly read: number;
  readonly isWhole: boolean;
}

/** Reads the beginning of a file and judges it by a mapping. */
export async function previewImport(
  source: FileSource,
  context: MappingContext,
  setting: PreviewSetting = {},
): Promise<Result<ImportPreview, JobFailure>> {
  const table = readTable(source, setting.form);
  const read = await readSample(table);
  if (!read.ok) return read;
  const { rows, isWhole } = read.value;
  const whole = { rows: rows.length, isExact: true };
  const { header, delimiter, encoding } = table.facts;
  if (header.length === 0) return fail({ kind: 'empty-file' });
  const cells = rows.map((row) => row.cells);
  // No text has this character, and hardly a file that is none is without it.
  if ([header, ...cells].some((each) => each.some((cell) => cell.includes('\u0000'))))
    return fail({ kind: 'not-text' });
  const mapping = setting.mapping ?? suggestMapping(header, cells, context);
  const shown = rows.slice(0, previewRows);
  const problems = checkMapping(mapping, header);
  return succeed({
    delimiter,
    encoding,
    header,
    rows: shown,
    rowCount: isWhole ? whole : await reckonRows(source, table, read.value.read),
    samples: header.map((_, column) => samplesOf(cells, column)),
    mapping,
    problems,
    verdicts: judge(shown, header, mapping),
    findings: setting.ports && problems.length === 0 ? await tryRows(shown, header, mapping, setting.ports) : [],
    dates: guessDates(rows, header, mapping),
  });
}

async function readSample(table: Table): Promise<Result<Sample, JobFailure>> {
  const rows: DataRow[] = [];
  let read = 0;
  try {
    for await (const chunk of table.rows) {
      read += chunk.length;
      const room = sampleRows - rows.length;
      rows.push(...chunk.slice(0, room));
      if (chunk.length >= room) return succeed({ rows, read, isWhole: false });
    }
    return succeed({ rows, read, isWhole: true });
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    return rows.length === 0
      ? fail({ kind: error.kind, detail: error.message })
      : succeed({ rows, read, isWhole: false });
  }
}

async function reckonRows(source: FileSource, { facts }: Table, read: number): Promise<ImportPreview['rowCount']> {
  const bytes = facts.packed ? await unpackedBytesOf(source) : source.bytes;
  if (bytes === null || facts.textBytes === 0) return null;
  return { rows: Math.round((read * bytes) / facts.textBytes), isExact: false };
}

function samplesOf(rows: readonly (readonly string[])[], column: number): readonly string[] {
  const samples = new Set<string>();
  for (const cells of rows) {
    const cell = cells[column]?.trim() ?? '';
    if (cell !== '') samples.add(cell.slice(0, 80));
    if (samples.size >= samplesPerColumn) break;
  }
  return [...samples];
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

/** Plans these rows as the import will, without writing. */
async function tryRows(
  rows: readonly DataRow[],
  header: readonly string[],
  mapping: Mapping,
  ports: ImportPorts,
): Promise<readonly Finding[]> {
  const report = new ReportBuilder();
  const options = { importId: 'preview', user: 'preview', now: 0, dryRun: true };
  async function* once(): AsyncGenerator<readonly DataRow[]> {
    yield rows;
  }
  const batches = planImport(once(), header, mapping, ports, options, report);
  while ((await batches.next()).done !== true);
  return report.build('preview', { dryRun: true, cancelled: false, seconds: 0 }).findings;
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
