import type { EntityKind } from '../domain/entities.ts';
import type { ChangeReason, NoteReason, RefuseReason } from './value-verdict.ts';

export type FindingKind = 'changed' | 'refused' | 'noted';

/** One cell, or with an empty column one row, that was not stored as it stands or deserves a look. */
export interface Finding {
  readonly kind: FindingKind;
  readonly reason: ChangeReason | RefuseReason | NoteReason;
  /** Data row from 1, and the physical line it begins on. */
  readonly row: number;
  readonly line: number;
  readonly column: string;
  /** As the file has it, at most 200 characters. */
  readonly value: string;
  /** What was stored instead (changed), or what would have been accepted (refused). */
  readonly expected: string;
}

export interface FindingCount {
  readonly kind: FindingKind;
  readonly column: string;
  readonly reason: Finding['reason'];
  readonly count: number;
}

export interface RecordCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface ImportReport {
  readonly importId: string;
  readonly dryRun: boolean;
  readonly cancelled: boolean;
  readonly rowsRead: number;
  /** Rows of which nothing was stored, and rows of which at least one cell was stored otherwise or not at all. */
  readonly rowsRefused: number;
  readonly rowsChanged: number;
  readonly rowsWithRefusedCells: number;
  /** Operations made. */
  readonly steps: number;
  readonly records: Readonly<Partial<Record<EntityKind, RecordCounts>>>;
  /** Tickets per state after the last row of each. */
  readonly states: Readonly<Record<string, number>>;
  readonly columnsIgnored: readonly string[];
  readonly counts: readonly FindingCount[];
  readonly findings: readonly Finding[];
  readonly seconds: number;
}

/** Findings told in full: in total, and of one kind in one column, so that a frequent one does not hide a rare one. */
const maxFindings = 1_000;
const maxFindingsOfAKind = 50;

/** Adds up what an import did. Rows are reported in the order of the file. */
export class ReportBuilder {
  rowsRead = 0;
  rowsRefused = 0;
  steps = 0;
  columnsIgnored: readonly string[] = [];
  #rowsChanged = 0;
  #rowsWithRefusedCells = 0;
  #lastChangedRow = 0;
  #lastRefusedRow = 0;
  readonly #counts = new Map<
    string,
    Map<
      string,
      { readonly kind: FindingKind; readonly column: string; readonly reason: Finding['reason']; count: number }
    >
  >();
  readonly #findings: Finding[] = [];
  readonly #records = new Map<EntityKind, { created: number; updated: number; unchanged: number }>();
  readonly #states = new Map<string, number>();

  add(finding: Finding): void {
    const known = this.#countOf(finding);
    known.count += 1;
    if (finding.kind === 'changed' && finding.row !== this.#lastChangedRow) {
      this.#rowsChanged += 1;
      this.#lastChangedRow = finding.row;
    }
    if (finding.kind === 'refused' && finding.column !== '' && finding.row !== this.#lastRefusedRow) {
      this.#rowsWithRefusedCells += 1;
      this.#lastRefusedRow = finding.row;
    }
    if (known.count <= maxFindingsOfAKind && this.#findings.length < maxFindings) {
      this.#findings.push({ ...finding, value: finding.value.slice(0, 200), expected: finding.expected.slice(0, 500) });
    }
  }

  #countOf({ kind, column, reason }: Finding): { count: number } {
    let ofColumn = this.#counts.get(column);
    if (!ofColumn) this.#counts.set(column, (ofColumn = new Map()));
    const name = `${kind} ${reason}`;
    let known = ofColumn.get(name);
    if (!known) ofColumn.set(name, (known = { kind, column, reason, count: 0 }));
    return known;
  }

  /** A row of which nothing is stored. */
  refuseRow(
    where: { readonly row: number; readonly line: number },
    reason: RefuseReason,
    column: string,
    value: string,
    expected: string,
  ): void {
    this.rowsRefused += 1;
    this.add({ kind: 'refused', reason, row: where.row, line: where.line, column, value, expected });
  }

  countRecord(entity: EntityKind, outcome: keyof RecordCounts): void {
    const counts = this.#records.get(entity) ?? { created: 0, updated: 0, unchanged: 0 };
    counts[outcome] += 1;
    this.#records.set(entity, counts);
  }

  /** A ticket ends in `state`; `before` when an earlier row of this import had already counted it. */
  countState(state: string, before: string | undefined): void {
    if (before !== undefined) this.#states.set(before, (this.#states.get(before) ?? 0) - 1);
    this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
  }

  build(
    importId: string,
    run: { readonly dryRun: boolean; readonly cancelled: boolean; readonly seconds: number },
  ): ImportReport {
    return {
      importId,
      ...run,
      rowsRead: this.rowsRead,
      rowsRefused: this.rowsRefused,
      rowsChanged: this.#rowsChanged,
      rowsWithRefusedCells: this.#rowsWithRefusedCells,
      steps: this.steps,
      records: Object.fromEntries(this.#records),
      states: Object.fromEntries([...this.#states].filter(([, count]) => count !== 0)),
      columnsIgnored: this.columnsIgnored,
      counts: [...this.#counts.values()]
        .flatMap((ofColumn) => [...ofColumn.values()])
        .toSorted((left, right) => right.count - left.count),
      findings: this.#findings,
    };
  }
}
