import type { Change } from '../domain/change.ts';
import { entities } from '../domain/entities.ts';
import type { FieldValue } from '../sync/operation.ts';
import { cellReaders, type CellReader } from './cell-reader.ts';
import type { DataRow } from './csv-record.ts';
import {
  importCommand,
  type ImportBatch,
  type ImportOptions,
  type ImportPorts,
  type ImportStep,
  type ReplayedHistory,
} from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';
import { keyTarget, type Mapping } from './mapping.ts';
import { RecordDirectory } from './record-directory.ts';
import { referenceSteps } from './reference-steps.ts';
import { readRow, reportRowShape, setField } from './row-reader.ts';
import { completeTicket, composeTitle, present, referencePrefix, type Fields } from './ticket-defaults.ts';
import { orderUpdates, replayUpdates, type UpdateRow } from './update-log.ts';
import { noteOddities } from './update-oddities.ts';
import { valueIn } from './value-verdict.ts';
import { valueText } from './value-text.ts';

/** Rows of one ticket beyond which its history is committed in parts; keeps memory bounded in a file of one ticket. */
const maxRowsTogether = 5_000;

/** Tickets that exist already, by key, with what earlier imports did to them. */
type KnownTickets = ReadonlyMap<string, ReplayedHistory & { readonly id: string }>;
type Updates = { readonly key: string; readonly rows: DataRow[] };

/**
 * Plans the import of an update log. Neighbouring rows with one key are replayed together; rows of a key that come
 * later again find the ticket in the space, as a second import would.
 */
export class UpdateLogPlanner {
  readonly #mapping: Mapping;
  readonly #ports: ImportPorts;
  readonly #options: ImportOptions;
  readonly #report: ReportBuilder;
  readonly #directory: RecordDirectory;
  readonly #readers: readonly CellReader[];
  readonly #key: CellReader;
  readonly #keyField: string;
  readonly #times: readonly CellReader[];
  readonly #width: number;
  /** State each ticket of this import was counted under, by key: a key may come back later in the file. */
  readonly #counted = new Map<string, string>();
  #open: Updates | undefined;

  constructor(
    mapping: Mapping,
    header: readonly string[],
    ports: ImportPorts,
    options: ImportOptions,
    report: ReportBuilder,
  ) {
    this.#mapping = mapping;
    this.#ports = ports;
    this.#options = options;
    this.#report = report;
    this.#directory = new RecordDirectory(ports, report);
    this.#readers = cellReaders(mapping, entities.ticket, header);
    this.#times = [
      ...this.#readers.filter(({ target }) => target.to === 'update' && target.role === 'at'),
      ...this.#readers.filter(({ target }) => target.to === 'field' && target.field === 'openedAt'),
    ];
    this.#width = header.length;
    const target = keyTarget(mapping);
    const key = this.#readers.find((reader) => reader.column === mapping.keyColumn);
    if (target?.to !== 'field' || !key)
      throw new Error('an update log needs a key column that is a field: check the mapping first');
    this.#key = key;
    this.#keyField = target.field;
  }

  /** Plans what these rows complete. */
  plan(rows: readonly DataRow[]): Promise<ImportBatch> {
    return this.#plan(this.#group(rows, false));
  }

  /** Plans what no row has completed: the history at the end of the file. */
  finish(): Promise<ImportBatch> {
    return this.#plan(this.#group([], true));
  }

  async #plan(complete: readonly Updates[]): Promise<ImportBatch> {
    await this.#prefetch(complete);
    const known = await this.#knownTickets(complete);
    const steps: ImportStep[] = [];
    for (const updates of complete) this.#replay(updates, known, steps);
    const references = referenceSteps(this.#directory.takeChanges(), this.#options);
    this.#report.steps += references.length + steps.length;
    return { steps: [...references, ...steps] };
  }

  #group(rows: readonly DataRow[], last: boolean): readonly Updates[] {
    const complete: Updates[] = [];
    const close = (): void => {
      if (this.#open) complete.push(this.#open);
      this.#open = undefined;
    };
    for (const row of rows) {
      const key = this.#keyOf(row);
      if (key === undefined) continue;
      if (this.#open && (this.#open.key !== key || this.#open.rows.length >= maxRowsTogether)) close();
      if (this.#open) this.#open.rows.push(row);
      else this.#open = { key, rows: [row] };
    }
    if (last) close();
    return mergeByKey(complete);
  }

  /** The ticket a row is about; undefined, and reported, when it names none. */
  #keyOf(row: DataRow): string | undefined {
    reportRowShape(row, this.#width, this.#report);
    const cell = row.cells[this.#key.index] ?? '';
    const value = valueIn(this.#key.read(cell));
    if (typeof value === 'string') return value;
    this.#report.refuseRow(row, 'no-key', this.#key.column, cell, 'the number of the ticket');
    return undefined;
  }

  async #prefetch(complete: readonly Updates[]): Promise<void> {
    for (const reader of this.#readers) {
      const entity = referenceOf(reader);
      if (!entity) continue;
      const names = new Set<string>();
      for (const { rows } of complete) {
        for (const row of rows) {
          const name = valueIn(reader.read(row.cells[reader.index] ?? ''));
          if (typeof name === 'string') names.add(name);
        }
      }
      await this.#directory.prefetch(entity, names, false);
    }
  }

  async #knownTickets(complete: readonly Updates[]): Promise<KnownTickets> {
    const ids = await this.#ports.lookup(
      'ticket',
      this.#keyField,
      complete.map(({ key }) => key),
    );
    const histories = ids.size > 0 ? await this.#ports.replayed([...ids.values()]) : new Map<string, never>();
    return new Map([...ids].map(([key, id]) => [key, { id, ...(histories.get(id) ?? { updates: [], fields: {} }) }]));
  }

  #replay(updates: Updates, known: KnownTickets, steps: ImportStep[]): void {
    const read = updates.rows.flatMap((row) => this.#readUpdate(row) ?? []);
    const rows = orderUpdates(read);
    if (rows.length === 0) return;
    const earlier = known.get(updates.key) ?? this.#dryRunTicket(updates.key);
    const { steps: replayed, final } = replayUpdates(rows, earlier);
    const id = earlier?.id ?? this.#ports.newId();
    for (const { at, user, verb, sequence, fields } of replayed) {
      const change: Change =
        verb === 'create'
          ? { entity: 'ticket', id, create: true, fields: this.#created(fields, updates.key) }
          : { entity: 'ticket', id, fields };
      steps.push({ at, user, command: importCommand(this.#options.importId, verb, sequence), changes: [change] });
    }
    this.#count(updates.key, earlier !== undefined, replayed.length > 0, final);
    noteOddities(updates.key, read, rows, final, this.#report);
  }

  /** What an earlier part of the file would have made of the ticket, had it been committed. */
  #dryRunTicket(key: string): (ReplayedHistory & { readonly id: string }) | undefined {
    const met = this.#options.dryRun && this.#counted.has(key);
    return met ? { id: this.#ports.newId(), updates: [], fields: {} } : undefined;
  }

  #count(key: string, existed: boolean, changed: boolean, final: Fields): void {
    const before = this.#counted.get(key);
    if (before === undefined)
      this.#report.countRecord('ticket', !existed ? 'created' : changed ? 'updated' : 'unchanged');
    const state = valueText(final['state'] ?? 'new');
    this.#report.countState(state, before);
    this.#counted.set(key, state);
  }

  #readUpdate(row: DataRow): UpdateRow | undefined {
    const at = this.#timeOf(row);
    if (at === undefined) {
      const [column] = this.#times;
      this.#report.refuseRow(
        row,
        'no-time',
        column?.column ?? '',
        row.cells[column?.index ?? -1] ?? '',
        this.#mapping.dateFormat,
      );
      return undefined;
    }
    const fields: Fields = {};
    const update: { by?: string; sequence: number | null } = { sequence: null };
    readRow(row, this.#readers, this.#report, (reader, value, also) => {
      const { target } = reader;
      if (target.to === 'tag' && value !== null) fields[`tags/${valueText(value)}`] = true;
      if (target.to === 'update' && target.role === 'by' && typeof value === 'string') update.by = value;
      if (target.to === 'update' && target.role === 'sequence') update.sequence = sequenceOf(value);
      if (target.to !== 'field') return;
      const stored = this.#valueOf(reader, row, value);
      if (stored !== undefined) setField(fields, target.field, stored, also);
    });
    const { by, sequence } = update;
    const user = by === undefined ? undefined : this.#directory.find('person', by, this.#mapping.createReferences);
    return { row: row.row, line: row.line, at, sequence, user: user ?? this.#options.user, fields };
  }

  /** When the update was made; failing that, when the ticket was opened. */
  #timeOf(row: DataRow): number | undefined {
    for (const { index, read } of this.#times) {
      const time = valueIn(read(row.cells[index] ?? ''));
      if (typeof time === 'number') return time;
    }
    return undefined;
  }

  /** The value to store: for a reference the id of the record named. */
  #valueOf(reader: CellReader, row: DataRow, value: FieldValue): FieldValue | undefined {
    const entity = referenceOf(reader);
    if (!entity || typeof value !== 'string') return value;
    const id = this.#directory.find(entity, value, this.#mapping.createReferences);
    if (id === undefined) {
      this.#report.add({
        kind: 'refused',
        reason: 'no-such-record',
        row: row.row,
        line: row.line,
        column: reader.column,
        value,
        expected: entity,
      });
      return undefined;
    }
    if (reader.target.to === 'field' && (reader.target.field === 'assignee' || reader.target.field === 'resolvedBy'))
      this.#directory.markAgent(id);
    return id;
  }

  #created(fields: Fields, key: string): Fields {
    const complete = completeTicket(fields);
    complete['title'] ??= composeTitle(complete, key);
    complete['reference'] ??= this.#ports.newReference(referencePrefix(complete));
    return present(complete);
  }
}

function sequenceOf(value: FieldValue): number | null {
  return typeof value === 'number' && value >= 0 && value < 1e9 ? Math.trunc(value) : null;
}

/** Kind of record that a column names, if it does. */
function referenceOf(reader: CellReader): 'person' | 'queue' | 'service' | 'asset' | 'site' | undefined {
  if (reader.target.to === 'update') return reader.target.role === 'by' ? 'person' : undefined;
  if (reader.field?.type !== 'reference') return undefined;
  const { to } = reader.field;
  return to === 'person' || to === 'queue' || to === 'service' || to === 'asset' || to === 'site' ? to : undefined;
}

/** A key that comes twice among rows planned together is one history. */
function mergeByKey(complete: readonly Updates[]): readonly Updates[] {
  const byKey = new Map<string, Updates>();
  for (const updates of complete) {
    const known = byKey.get(updates.key);
    if (known) known.rows.push(...updates.rows);
    else byKey.set(updates.key, updates);
  }
  return [...byKey.values()];
}
