import type { Change } from '../domain/change.ts';
import { entities, entityDefinition, type EntityKind } from '../domain/entities.ts';
import type { EntityDefinition, FieldDefinition } from '../domain/field.ts';
import { deletedField } from '../sync/shown.ts';
import { cellReaders, type CellReader } from './cell-reader.ts';
import type { DataRow } from './csv-record.ts';
import {
  importCommand,
  type ImportBatch,
  type ImportOptions,
  type ImportPorts,
  type ImportStep,
  type ImportVerb,
  type StoredRecord,
} from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';
import { EntryFinder } from './entry-finder.ts';
import { JournalPlanner } from './journal-plan.ts';
import { keyTarget, type Mapping } from './mapping.ts';
import { planRow, type PlannedRow } from './plan-row.ts';
import { completeRecord, recordDifferences } from './record-fields.ts';
import { ReferenceFinder } from './reference-finder.ts';
import { referenceSteps } from './reference-steps.ts';
import { reportRowShape } from './row-reader.ts';
import type { Fields } from './ticket-defaults.ts';
import { valueText } from './value-text.ts';

/** Plans the import of a table with one row per record: each row creates, updates or leaves alone one record. */
export class RecordPlanner {
  readonly #mapping: Mapping;
  readonly #ports: ImportPorts;
  readonly #options: ImportOptions;
  readonly #report: ReportBuilder;
  readonly #entity: EntityKind;
  readonly #definitions: Readonly<Record<string, FieldDefinition>>;
  readonly #readers: readonly CellReader[];
  readonly #width: number;
  readonly #references: ReferenceFinder;
  readonly #journals: JournalPlanner;
  /** Set when the rows are entries of a log: immutable, and stored with the record they belong to. */
  readonly #entries: EntryFinder | null;
  /** Records of this batch as they will be, by key: a key may come twice. */
  #fresh = new Map<string, StoredRecord>();
  /** Keys met, with the state their ticket was counted under: a dry run commits nothing that could be looked up. */
  readonly #met = new Map<string, string>();

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
    this.#entity = mapping.entity;
    const definition = entities[mapping.entity];
    this.#definitions = definition.fields;
    this.#readers = cellReaders(mapping, definition, header);
    this.#width = header.length;
    this.#references = new ReferenceFinder(mapping, ports, options, report);
    this.#journals = new JournalPlanner(mapping, ports, options);
    this.#entries = 'partOf' in definition ? new EntryFinder(mapping.entity, this.#references, ports) : null;
  }

  async plan(rows: readonly DataRow[]): Promise<ImportBatch> {
    this.#fresh = new Map();
    const planned: PlannedRow[] = [];
    for (const row of rows) {
      reportRowShape(row, this.#width, this.#report);
      const plan = planRow(row, this.#readers, this.#mapping, this.#report);
      if (this.#accepts(plan)) planned.push(plan);
    }
    await this.#references.prefetch(planned, this.#journals.authors(planned));
    const identified = this.#identify(planned);
    const stored = this.#entries ? new Map<string, StoredRecord>() : await this.#stored(identified);
    await this.#entries?.prefetch(planned);
    const steps: ImportStep[] = [];
    const written: { readonly plan: PlannedRow; readonly id: string }[] = [];
    for (const plan of identified) {
      const done = this.#entries ? this.#planEntry(plan, this.#entries, steps) : this.#planRecord(plan, stored, steps);
      if (done) written.push({ plan, ...done });
    }
    steps.push(...(await this.#journals.plan(written, (name) => this.#references.person(name))));
    const references = referenceSteps(this.#references.takeChanges(), this.#options);
    this.#report.steps += references.length + steps.length;
    return { steps: [...references, ...steps] };
  }

  /** What could be decided only when every row is stored: references to tickets further down the file. */
  async finish(): Promise<ImportBatch> {
    const steps = await this.#references.finish();
    this.#report.steps += steps.length;
    return { steps };
  }

  #accepts(plan: PlannedRow): boolean {
    const { source } = plan;
    if (plan.kind !== null && plan.kind !== this.#entity) {
      const known = entityDefinition(plan.kind) !== undefined;
      this.#report.refuseRow(
        source,
        'another-kind',
        'kind',
        plan.kind,
        known ? `${this.#entity}; a file of its own for ${plan.kind}` : this.#entity,
      );
      return false;
    }
    if (plan.id !== null && !/^[^\s{}]{1,64}$/.test(plan.id)) {
      this.#report.refuseRow(source, 'not-an-id', 'id', plan.id, 'an id as the export wrote it');
      return false;
    }
    if (this.#mapping.keyColumn !== null && plan.key === null) {
      this.#report.refuseRow(source, 'no-key', this.#mapping.keyColumn, '', 'a value that names the record');
      return false;
    }
    return true;
  }

  /** Rows of a kind whose id says what a record is are known by it: the same twice, in one file or two, is one. */
  #identify(planned: readonly PlannedRow[]): readonly PlannedRow[] {
    const { identify }: EntityDefinition = entities[this.#entity];
    if (identify === undefined) return planned;
    return planned.map((plan) => {
      if (plan.key !== null || plan.id !== null) return plan;
      const id = identify(this.#references.peek(plan));
      return id === null ? plan : { ...plan, id, key: id };
    });
  }

  /** The records that exist already, by key. */
  async #stored(planned: readonly PlannedRow[]): Promise<ReadonlyMap<string, StoredRecord>> {
    const target = keyTarget(this.#mapping);
    const keys = planned.flatMap(({ key }) => key ?? []);
    if (keys.length === 0) return new Map();
    if (target === undefined || target.to === 'id') return this.#ports.read(keys);
    const ids = await this.#ports.lookup(this.#entity, target.field, keys);
    const records = ids.size > 0 ? await this.#ports.read([...ids.values()]) : new Map<string, StoredRecord>();
    return new Map(
      [...ids].flatMap(([key, id]) => {
        const record = records.get(id);
        return record ? [[key, record]] : [];
      }),
    );
  }

  #planRecord(
    plan: PlannedRow,
    stored: ReadonlyMap<string, StoredRecord>,
    steps: ImportStep[],
  ): { readonly id: string } | undefined {
    const before = this.#known(plan.key, stored);
    if (this.#isAnotherKind(plan, before)) return undefined;
    const id = before?.id ?? plan.id ?? this.#ports.newId();
    const fields = this.#fieldsOf(plan, id, before);
    if (fields === undefined) return undefined;
    const isNew = before === undefined || before.deleted === true;
    const changed = Object.keys(fields).length > 0;
    if (changed) {
      const create = before === undefined ? ({ create: true } as const) : {};
      steps.push(this.#step(plan, isNew ? 'create' : 'update', { entity: this.#entity, id, ...create, fields }));
    }
    this.#count(plan.key, isNew, changed, { entity: this.#entity, id, values: { ...before?.values, ...fields } });
    return { id };
  }

  #planEntry(plan: PlannedRow, entries: EntryFinder, steps: ImportStep[]): { readonly id: string } | undefined {
    const id = plan.id ?? this.#ports.newId();
    const fields = completeRecord(
      this.#entity,
      this.#references.resolve(plan, id),
      plan,
      this.#report,
      this.#mapping,
      this.#ports,
    );
    if (fields === undefined) return undefined;
    if (fields[entries.rootField] === undefined) {
      // The reference that leads nowhere is reported already.
      this.#report.rowsRefused += 1;
      return undefined;
    }
    const isNew = entries.add(id);
    if (isNew) steps.push(this.#step(plan, 'comment', { entity: this.#entity, id, create: true, fields }));
    this.#report.countRecord(this.#entity, isNew ? 'created' : 'unchanged');
    return { id };
  }

  #known(key: string | null, stored: ReadonlyMap<string, StoredRecord>): StoredRecord | undefined {
    return key === null ? undefined : (this.#fresh.get(key) ?? stored.get(key));
  }

  #isAnotherKind(plan: PlannedRow, before: StoredRecord | undefined): boolean {
    if (before === undefined || before.entity === this.#entity) return false;
    const expected = `${this.#entity}, but this is the id of a ${before.entity}`;
    this.#report.refuseRow(plan.source, 'another-kind', this.#mapping.keyColumn ?? '', plan.key ?? '', expected);
    return true;
  }

  /** What is to be written: everything of a new record, of a known one what differs. */
  #fieldsOf(plan: PlannedRow, id: string, before: StoredRecord | undefined): Fields | undefined {
    const given = this.#references.resolve(plan, id);
    if (before && !before.deleted) {
      return recordDifferences(this.#definitions, before.values, given, plan, this.#mapping, this.#report);
    }
    const complete = completeRecord(this.#entity, given, plan, this.#report, this.#mapping, this.#ports);
    if (before === undefined || complete === undefined) return complete;
    const restored = recordDifferences(this.#definitions, before.values, complete, plan, this.#mapping, this.#report);
    return { ...restored, [deletedField]: null };
  }

  #count(key: string | null, isNew: boolean, changed: boolean, record: StoredRecord): void {
    const countedAs = key === null ? undefined : this.#met.get(key);
    const metBefore = this.#options.dryRun && countedAs !== undefined;
    this.#report.countRecord(this.#entity, !changed ? 'unchanged' : isNew && !metBefore ? 'created' : 'updated');
    const title = record.values[entities[this.#entity].titleField];
    if (isNew && typeof title === 'string') this.#references.remember(this.#entity, title, record.id);
    const state = this.#entity === 'ticket' ? valueText(record.values['state'] ?? 'new') : '';
    if (state !== '') this.#report.countState(state, countedAs);
    if (key === null) return;
    this.#fresh.set(key, record);
    this.#met.set(key, state);
  }

  #step(plan: PlannedRow, verb: ImportVerb, change: Change): ImportStep {
    const by = plan.by === null ? undefined : this.#references.person(plan.by);
    return {
      at: plan.at ?? this.#options.now,
      user: by ?? this.#options.user,
      command: importCommand(this.#options.importId, verb),
      changes: [change],
    };
  }
}
