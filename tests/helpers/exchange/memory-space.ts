import type { Change } from '../../../shared/domain/change.ts';
import {
  parseImportCommand,
  type ImportPorts,
  type ImportStep,
  type ReplayedHistory,
  type StoredRecord,
} from '../../../shared/exchange/import-step.ts';
import { createCsvReader } from '../../../shared/exchange/csv-reader.ts';
import type { DataRow } from '../../../shared/exchange/csv-record.ts';
import { planImport } from '../../../shared/exchange/import-plan.ts';
import { ReportBuilder, type ImportReport } from '../../../shared/exchange/import-report.ts';
import type { Mapping } from '../../../shared/exchange/mapping.ts';
import { suggestMapping, type MappingContext } from '../../../shared/exchange/suggest-mapping.ts';
import { valueText } from '../../../shared/exchange/value-text.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';

interface MemoryRecord {
  readonly entity: StoredRecord['entity'];
  readonly id: string;
  readonly values: Record<string, FieldValue>;
  readonly steps: ImportStep[];
}

/** A space without storage: what an import's steps leave behind, for tests of planning. */
export class MemorySpace {
  readonly records = new Map<string, MemoryRecord>();
  readonly steps: ImportStep[] = [];
  readonly #index = new Map<string, string>();
  #lastId = 0;
  #lastReference = 0;

  readonly ports: ImportPorts = {
    newId: () => `id-${(this.#lastId += 1)}`,
    newReference: (prefix) => `${prefix}-T-${(this.#lastReference += 1)}`,
    lookup: (entity, field, texts) => {
      const found = new Map<string, string>();
      for (const text of texts) {
        const id = this.#index.get(`${entity} ${field} ${text}`);
        if (id !== undefined && this.records.get(id)?.values[field] === text && !this.isDeleted(id))
          found.set(text, id);
      }
      return Promise.resolve(found);
    },
    read: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id): [string, StoredRecord][] => {
            const record = this.records.get(id);
            if (!record || record.entity === 'ticket-entry') return [];
            return [
              [
                id,
                {
                  entity: record.entity,
                  id,
                  values: record.values,
                  ...(this.isDeleted(id) ? { deleted: true as const } : {}),
                },
              ],
            ];
          }),
        ),
      ),
    entriesOf: (ids) =>
      Promise.resolve(
        new Set(
          [...this.records]
            .filter(
              ([, record]) => record.entity === 'ticket-entry' && ids.includes(valueText(record.values['ticket'])),
            )
            .map(([id]) => id),
        ),
      ),
    replayed: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id): [string, ReplayedHistory][] => {
            const record = this.records.get(id);
            if (!record) return [];
            const imported = record.steps.filter((step) => parseImportCommand(step.command));
            const fields = Object.assign(
              {},
              ...imported.flatMap((step) =>
                step.changes.filter((change) => change.id === id).map((change) => change.fields),
              ),
            );
            const updates = imported.flatMap((step) => {
              const command = parseImportCommand(step.command);
              return command && command.verb !== 'correct' ? [{ at: step.at, sequence: command.sequence }] : [];
            });
            return [[id, { updates, fields }]];
          }),
        ),
      ),
  };

  isDeleted(id: string): boolean {
    return (this.records.get(id)?.values['$deleted'] ?? null) !== null;
  }

  commit(steps: readonly ImportStep[]): void {
    for (const step of steps) {
      this.steps.push(step);
      if (!this.records.has(step.user) && step.user !== 'importer')
        throw new Error(`${step.command} acts for ${step.user}, who does not exist`);
      for (const change of step.changes) this.#apply(step, change);
    }
  }

  #apply(step: ImportStep, change: Change): void {
    const known = this.records.get(change.id);
    if (change.create && known) throw new Error(`${change.id} exists already`);
    if (!change.create && !known) throw new Error(`${change.id} does not exist`);
    if (Object.keys(change.fields).length === 0) throw new Error(`${step.command} of ${change.id} writes nothing`);
    const record = known ?? { entity: change.entity, id: change.id, values: {}, steps: [] };
    Object.assign(record.values, change.fields);
    record.steps.push(step);
    this.records.set(change.id, record);
    for (const [field, value] of Object.entries(change.fields)) {
      if (typeof value !== 'string') continue;
      const key = `${change.entity} ${field} ${value}`;
      if (!this.#index.has(key)) this.#index.set(key, change.id);
    }
  }

  all(entity: string): MemoryRecord[] {
    return [...this.records.values()].filter((record) => record.entity === entity && !this.isDeleted(record.id));
  }

  /** The value of a reference as the title of the record it points to. */
  title(id: unknown): string | undefined {
    const name = typeof id === 'string' ? this.records.get(id)?.values['name'] : undefined;
    return typeof name === 'string' ? name : undefined;
  }
}

export interface Imported {
  readonly report: ImportReport;
  readonly mapping: Mapping;
}

export interface ImportTextOptions extends Partial<MappingContext> {
  readonly change?: Partial<Mapping>;
  readonly dryRun?: boolean;
  readonly chunk?: number;
  readonly batch?: number;
  readonly importId?: string;
}

/** Imports text as the data worker would, without the worker. */
export async function importText(space: MemorySpace, text: string, options: ImportTextOptions = {}): Promise<Imported> {
  const reader = createCsvReader({ delimiter: ',' });
  const [headerRecord, ...records] = [...reader.push(text), ...reader.end()];
  const header = headerRecord?.cells ?? [];
  const rows: DataRow[] = records.map((record, index) => ({ ...record, row: index + 1 }));
  const suggested = suggestMapping(
    header,
    rows.slice(0, 50).map((row) => row.cells),
    { zone: 'UTC', ...options },
  );
  const mapping = { ...suggested, ...options.change };
  const builder = new ReportBuilder();
  const dryRun = options.dryRun ?? false;
  const importId = options.importId ?? 'one';
  const size = options.chunk ?? 1_000;
  async function* chunks(): AsyncGenerator<readonly DataRow[]> {
    for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
  }
  for await (const batch of planImport(
    chunks(),
    header,
    mapping,
    space.ports,
    { importId, user: 'importer', now: 1_700_000_000_000, dryRun },
    builder,
    options.batch,
  )) {
    if (!dryRun) space.commit(batch.steps);
  }
  return { report: builder.build(importId, { dryRun, cancelled: false, seconds: 0 }), mapping };
}
