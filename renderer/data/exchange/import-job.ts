import { checkMapping, type Mapping } from '../../../shared/exchange/mapping.ts';
import type { DataRow } from '../../../shared/exchange/csv-record.ts';
import { planImport } from '../../../shared/exchange/import-plan.ts';
import { ReportBuilder, type ImportReport } from '../../../shared/exchange/import-report.ts';
import { progressMeter } from './progress-meter.ts';
import type { FileSource, ImportJobPorts, JobFailure } from './ports.ts';
import { readTable, type Table, type TableForm } from './read-table.ts';
import { ReadFailure } from './read-text.ts';

export interface ImportRequest {
  /** Names the import in its operations: a fresh id. */
  readonly importId: string;
  readonly mapping: Mapping;
  readonly form?: TableForm;
  /** Id of the person who imports. */
  readonly user: string;
  readonly dryRun: boolean;
}

/** `failure` tells why it ended early; the report covers what was done until then, which can be undone as one import. */
export interface ImportOutcome {
  readonly report: ImportReport;
  readonly failure: JobFailure | null;
}

/** Imports a file, batch by batch: memory stays bounded, bad rows never stop good ones, and nothing is half a batch. */
export async function runImport(
  source: FileSource,
  request: ImportRequest,
  ports: ImportJobPorts,
): Promise<ImportOutcome> {
  const started = ports.now();
  const report = new ReportBuilder();
  const table = readTable(source, request.form);
  const run = { cancelled: false };
  const failure = await importRows(source, table, request, ports, report, run);
  if (table.facts.damaged) {
    report.add({
      kind: 'noted',
      reason: 'bytes-not-in-encoding',
      row: 0,
      line: 0,
      column: '',
      value: '',
      expected: table.facts.encoding,
    });
  }
  const seconds = (ports.now() - started) / 1000;
  return {
    report: report.build(request.importId, { dryRun: request.dryRun, cancelled: run.cancelled, seconds }),
    failure,
  };
}

async function importRows(
  source: FileSource,
  table: Table,
  request: ImportRequest,
  ports: ImportJobPorts,
  report: ReportBuilder,
  run: { cancelled: boolean },
): Promise<JobFailure | null> {
  const reading: { failure: JobFailure | null } = { failure: null };
  const first = await nextRows(table, reading);
  if (table.facts.header.length === 0) return reading.failure ?? { kind: 'empty-file' };
  const [problem] = checkMapping(request.mapping, table.facts.header);
  if (problem) return { kind: 'mapping-does-not-fit', detail: `${problem.problem} ${problem.where}`.trim() };
  const meter = progressMeter(ports, source.bytes);
  const options = { importId: request.importId, user: request.user, now: ports.now(), dryRun: request.dryRun };
  const batches = planImport(
    untilFailure(first, table, reading, () => (run.cancelled ||= ports.cancelled())),
    table.facts.header,
    request.mapping,
    ports,
    options,
    report,
  );
  for await (const batch of batches) {
    if (!request.dryRun && batch.steps.length > 0) {
      try {
        await ports.commitSteps(batch.steps, { importId: request.importId });
      } catch (error) {
        return { kind: 'write-failed', detail: error instanceof Error ? error.message : String(error) };
      }
    }
    meter(table.facts.bytesRead, report.rowsRead);
    // Only now: what the report has counted is stored.
    if ((run.cancelled ||= ports.cancelled())) break;
  }
  return reading.failure;
}

/** Rows as long as they come. A file that breaks off ends the import like the end of the file: what came is planned. */
async function* untilFailure(
  first: readonly DataRow[] | undefined,
  table: Table,
  reading: { failure: JobFailure | null },
  cancelled: () => boolean,
): AsyncGenerator<readonly DataRow[]> {
  for (let rows = first; rows !== undefined && !cancelled(); rows = await nextRows(table, reading)) yield rows;
}

async function nextRows(
  table: Table,
  reading: { failure: JobFailure | null },
): Promise<readonly DataRow[] | undefined> {
  try {
    const { done, value } = await table.rows.next();
    return done ? undefined : value;
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    reading.failure = { kind: error.kind, detail: error.message };
    return undefined;
  }
}
