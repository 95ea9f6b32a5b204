import type { Change } from '../domain/change.ts';
import type { EntityKind } from '../domain/entities.ts';
import { importCommand, type ImportOptions, type ImportPorts, type ImportStep } from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';
import type { Mapping } from './mapping.ts';
import type { NamedReference, PlannedRow } from './plan-row.ts';
import { parseGivenName, RecordDirectory } from './record-directory.ts';
import type { Fields } from './ticket-defaults.ts';
import { isEntityKind } from './value-text.ts';

interface Deferred {
  readonly id: string;
  readonly reference: NamedReference;
  readonly row: number;
  readonly line: number;
}

/** Finds what rows refer to. Tickets are never created for it: one that stands further down the file is found at the end. */
export class ReferenceFinder {
  readonly #mapping: Mapping;
  readonly #ports: ImportPorts;
  readonly #options: ImportOptions;
  readonly #report: ReportBuilder;
  readonly #directory: RecordDirectory;
  #tickets: ReadonlyMap<string, string> = new Map();
  readonly #deferred: Deferred[] = [];

  constructor(mapping: Mapping, ports: ImportPorts, options: ImportOptions, report: ReportBuilder) {
    this.#mapping = mapping;
    this.#ports = ports;
    this.#options = options;
    this.#report = report;
    this.#directory = new RecordDirectory(ports, report);
  }

  async prefetch(rows: readonly PlannedRow[], people: Iterable<string>): Promise<void> {
    const names = new Map<EntityKind, Set<string>>([['person', new Set(people)]]);
    const tickets = new Set<string>();
    for (const row of rows) {
      if (row.by !== null) names.get('person')?.add(row.by);
      for (const { to, text } of row.references) {
        if (to === 'ticket') tickets.add(text);
        else if (isEntityKind(to)) names.set(to, (names.get(to) ?? new Set()).add(text));
      }
    }
    for (const [entity, texts] of names) await this.#directory.prefetch(entity, texts, this.#mapping.exact);
    this.#tickets = await this.#findTickets(tickets);
  }

  person(name: string): string | undefined {
    return this.#directory.find('person', name, this.#mapping.createReferences, this.#mapping.exact);
  }

  remember(entity: EntityKind, title: string, id: string): void {
    if (entity !== 'ticket') this.#directory.remember(entity, title, id);
  }

  takeChanges(): Change[] {
    return this.#directory.takeChanges();
  }

  /** The row's values with ids in place of names. What is not found is refused, or for tickets put off to the end. */
  resolve(plan: PlannedRow, id: string): Fields {
    const fields: Fields = { ...plan.fields };
    const { row, line } = plan.source;
    for (const reference of plan.references) {
      const found = this.#find(reference);
      if (found !== undefined) {
        fields[reference.element ? `${reference.field}/${found}` : reference.field] = reference.element ? true : found;
        if (reference.field === 'assignee' && !this.#mapping.exact) this.#directory.markAgent(found);
      } else if (reference.to === 'ticket' && this.#mapping.entity === 'ticket') {
        this.#deferred.push({ id, reference, row, line });
      } else {
        this.#refuse(reference, row, line);
      }
    }
    return fields;
  }

  /** The row's values with ids in place of the names that are known or made, reporting and putting off nothing. */
  peek(plan: PlannedRow): Fields {
    const fields: Fields = { ...plan.fields };
    for (const reference of plan.references) {
      const found = reference.element ? undefined : this.#find(reference);
      if (found !== undefined) fields[reference.field] = found;
    }
    return fields;
  }

  /** Id a row gives in one field, without creating or reporting anything. */
  idOf(plan: PlannedRow, field: string): string | undefined {
    const reference = plan.references.find((each) => each.field === field && !each.element);
    return reference?.to === 'ticket' ? this.#tickets.get(reference.text) : undefined;
  }

  #find({ to, text }: NamedReference): string | undefined {
    if (to === 'ticket') return this.#tickets.get(text);
    const { createReferences, exact } = this.#mapping;
    return isEntityKind(to) ? this.#directory.find(to, text, createReferences, exact) : undefined;
  }

  /** At the end of the file: references to tickets that came later than the row that names them. */
  async finish(): Promise<readonly ImportStep[]> {
    if (this.#deferred.length === 0 || this.#options.dryRun) return [];
    const found = await this.#findTickets(new Set(this.#deferred.map(({ reference }) => reference.text)));
    const changes = new Map<string, Fields>();
    for (const { id, reference, row, line } of this.#deferred) {
      const to = found.get(reference.text);
      if (to === undefined) this.#refuse(reference, row, line);
      else
        changes.set(id, {
          ...changes.get(id),
          ...(reference.element ? { [`${reference.field}/${to}`]: true } : { [reference.field]: to }),
        });
    }
    const command = importCommand(this.#options.importId, 'link');
    return [...changes].map(([id, fields]) => ({
      at: this.#options.now,
      user: this.#options.user,
      command,
      changes: [{ entity: 'ticket', id, fields }],
    }));
  }

  #refuse(reference: NamedReference, row: number, line: number): void {
    this.#report.add({
      kind: 'refused',
      reason: 'no-such-record',
      row,
      line,
      column: reference.column,
      value: reference.text,
      expected: reference.to,
    });
  }

  /** By id where the text bears one, then by official number, then by device reference (D1). */
  async #findTickets(texts: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (texts.size === 0) return found;
    const given = [...texts].map((text) => ({ text, ...parseGivenName(text, this.#mapping.exact) }));
    const stored = await this.#ports.read(given.flatMap(({ id }) => id ?? []));
    const titles = [...new Set(given.map(({ title }) => title))];
    const byNumber = await this.#ports.lookup('ticket', 'number', titles);
    const byReference = await this.#ports.lookup(
      'ticket',
      'reference',
      titles.filter((title) => !byNumber.has(title)),
    );
    for (const { text, title, id } of given) {
      const record = id === null ? undefined : stored.get(id);
      const dangling = title === '' ? id : null;
      const match =
        dangling ??
        (record && !record.deleted && record.entity === 'ticket'
          ? record.id
          : (byNumber.get(title) ?? byReference.get(title)));
      if (match !== undefined) found.set(text, match);
    }
    return found;
  }
}
