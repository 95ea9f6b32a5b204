import type { DataRow } from './csv-record.ts';
import type { ImportBatch, ImportOptions, ImportPorts } from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';
import { checkMapping, type Mapping } from './mapping.ts';
import { RecordPlanner } from './record-plan.ts';
import { UpdateLogPlanner } from './update-log-plan.ts';

/** Rows planned together: enough to share look-ups and transactions, few enough to show progress and to cancel. */
export const rowsPerBatch = 1_000;

/**
 * Turns the rows of a file into batches of steps. Each batch must be committed before the next is asked for, since later
 * rows look up what earlier ones made; in a dry run nothing is committed and the report alone counts. Memory is bounded
 * by one batch, the names met and the keys met.
 *
 * @throws Error when the mapping does not fit the header: `checkMapping` tells a person first.
 */
export async function* planImport(
  rows: AsyncIterable<readonly DataRow[]>,
  header: readonly string[],
  mapping: Mapping,
  ports: ImportPorts,
  options: ImportOptions,
  report: ReportBuilder,
  batchSize = rowsPerBatch,
): AsyncGenerator<ImportBatch, void, undefined> {
  const [problem] = checkMapping(mapping, header);
  if (problem) throw new Error(`the mapping does not fit the file: ${problem.problem} ${problem.where}`);
  report.columnsIgnored = header.filter(
    (column) => !mapping.columns.some((each) => each.column === column && each.target.to !== 'ignore'),
  );
  // References are counted when they are made: a dry run must not use any up.
  const seen: ImportPorts = options.dryRun ? { ...ports, newReference: (prefix) => prefix } : ports;
  const planner = mapping.replay
    ? new UpdateLogPlanner(mapping, header, seen, options, report)
    : new RecordPlanner(mapping, header, seen, options, report);
  let waiting: DataRow[] = [];
  for await (const chunk of rows) {
    for (const row of chunk) {
      waiting.push(row);
      if (waiting.length < batchSize) continue;
      yield await planner.plan(waiting);
      waiting = [];
    }
  }
  yield await planner.plan(waiting);
  // The rows before must be stored by then: what is left over refers to them.
  yield await planner.finish();
}
