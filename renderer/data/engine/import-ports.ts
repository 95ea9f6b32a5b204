import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { ImportPorts, ReplayedHistory, StoredRecord } from '../../../shared/exchange/import-step.ts';
import { parseImportCommand } from '../../../shared/exchange/import-step.ts';
import { deletionOf } from '../../../shared/sync/shown.ts';
import type { FieldValue, Operation } from '../../../shared/sync/operation.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import { logRowOperations } from '../storage/operation-lines.ts';
import { openConnection } from '../storage/raw-rows.ts';
import { valuesOf } from './derive-row.ts';
import type { Environment, Space } from './space.ts';

/** What planning an import sees of the space. */
export function createImportPorts(space: Space, environment: Environment): ImportPorts {
  const indexes = new Map<string, TextIndex>();
  return {
    newId: environment.newId,
    newReference: (prefix) => space.newReference(prefix),
    lookup: async (entity, field, texts) => {
      const key = `${entity}.${field}`;
      const index = indexes.get(key) ?? new TextIndex(space.state.tables.of(entity), field);
      indexes.set(key, index);
      return Promise.resolve(index.find(texts));
    },
    read: (ids) => readStored(space, ids),
    entriesOf: async (ids) => {
      const bodies = await space.state.store.read(ids);
      return new Set([...bodies.values()].flatMap((body) => body.entries.map((entry) => entry.id)));
    },
    replayed: (ids) => readReplayed(space, ids),
  };
}

/** First record of each text of a column, kept while rows are added; made anew when a known row changed. */
class TextIndex {
  readonly #table: ColumnTable;
  readonly #field: string;
  readonly #rows = new Map<string, number>();
  #indexed = 0;
  #version = -1;

  constructor(table: ColumnTable, field: string) {
    if (!table.columns.has(field)) throw new Error(`${table.kind}.${field} is not a column: it cannot be a key`);
    this.#table = table;
    this.#field = field;
  }

  find(texts: readonly string[]): ReadonlyMap<string, string> {
    this.#update();
    const found = new Map<string, string>();
    for (const text of texts) {
      const row = this.#rows.get(text);
      if (row !== undefined) found.set(text, this.#table.idAt(row));
    }
    return found;
  }

  #update(): void {
    const { size, version } = this.#table;
    const added = size - this.#indexed;
    if (version !== this.#version + added) {
      this.#rows.clear();
      this.#indexed = 0;
    }
    const column = this.#table.columns.get(this.#field);
    for (let row = this.#indexed; row < size; row += 1) {
      const value = column?.get(row);
      if (typeof value === 'string' && !this.#table.isDeleted(row) && !this.#rows.has(value))
        this.#rows.set(value, row);
    }
    this.#indexed = size;
    this.#version = version;
  }
}

async function readStored(space: Space, ids: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>> {
  const bodies = await space.state.store.read(ids);
  const records = new Map<string, StoredRecord>();
  for (const body of bodies.values()) {
    // A refusal took out what made it, or it is not in this desk's scope: an import makes it anew.
    if (Object.keys(body.state.fields).length === 0) continue;
    const deleted = deletionOf(body.state) === 'deleted';
    records.set(body.id, {
      entity: body.entity as EntityKind,
      id: body.id,
      values: valuesOf(body.state),
      ...(deleted ? { deleted } : {}),
    });
  }
  return records;
}

/** Reads each log row once for all records asked for: an import asks for thousands. */
async function readReplayed(space: Space, ids: readonly string[]): Promise<ReadonlyMap<string, ReplayedHistory>> {
  const bodies = await space.state.store.read(ids);
  const keys = [...new Set([...bodies.values()].flatMap((body) => body.log))].sort((left, right) => left - right);
  const histories = new Map<
    string,
    { updates: { at: number; sequence: number | null }[]; fields: Record<string, FieldValue> }
  >();
  await openConnection(space.database);
  for (let at = 0; at < keys.length; at += 64) {
    const part = keys.slice(at, at + 64);
    const rows = await space.database.ops.bulkGet(part);
    rows.forEach((row, index) => {
      const found = row ?? space.state.unwritten.get(part[index] ?? 0);
      if (!found) throw new Error(`log row ${String(part[index])} is missing: the database is damaged`);
      for (const operation of logRowOperations(found)) takeReplayed(operation, bodies, histories);
    });
  }
  return histories;
}

function takeReplayed(
  operation: Operation,
  bodies: ReadonlyMap<string, unknown>,
  histories: Map<string, { updates: { at: number; sequence: number | null }[]; fields: Record<string, FieldValue> }>,
): void {
  const command = parseImportCommand(operation.command);
  if (!command || command.verb === 'undo') return;
  for (const write of operation.writes) {
    if (!bodies.has(write.id)) continue;
    const history = histories.get(write.id) ?? { updates: [], fields: {} };
    histories.set(write.id, history);
    if (command.verb !== 'correct')
      history.updates.push({ at: operation.occurredAt ?? operation.at[0], sequence: command.sequence });
    Object.assign(history.fields, write.fields);
  }
}
