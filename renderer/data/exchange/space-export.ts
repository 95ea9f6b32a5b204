import { entities, entityDefinition, type EntityKind } from '../../../shared/domain/entities.ts';
import type { ExportedRecord, NameReference } from '../../../shared/exchange/csv-export.ts';
import { deletionOf } from '../../../shared/sync/shown.ts';
import { isShown, valuesOf } from '../engine/derive-row.ts';
import type { Space } from '../engine/space.ts';
import type { Body } from '../storage/body.ts';
import type { DataCalls } from '../data-api.ts';
import type { ExportJobPorts } from './ports.ts';

type Request = DataCalls['exportList']['input'];

/** What an export sees of the space: the records of the list as it stands now, read page by page. */
export function createExportPorts(
  space: Space,
  { list, of, fields }: Request,
): Pick<ExportJobPorts, 'page' | 'total' | 'entity' | 'fields' | 'nameReference'> {
  const ids = space.state.lists.idsOf(list);
  const entity = of === 'records' ? list.entity : entryKindOf(list.entity);
  return {
    entity,
    fields,
    total: ids.length,
    nameReference: createNameReference(space),
    page: async (offset, limit) => {
      const wanted = ids.slice(offset, offset + limit);
      const bodies = await space.state.store.read(wanted);
      return wanted.flatMap((id) => {
        const body = bodies.get(id);
        if (!body || !isShown(body.state)) return [];
        return of === 'records' ? [recordOf(body, list.entity)] : entriesOf(body, entity);
      });
    },
  };
}

function recordOf(body: Body, entity: EntityKind): ExportedRecord {
  return { entity, id: body.id, values: valuesOf(body.state), updatedAt: body.updatedAt };
}

function entriesOf(body: Body, entity: EntityKind): readonly ExportedRecord[] {
  return body.entries
    .filter((entry) => entry.entity === entity && deletionOf(entry) !== 'deleted')
    .map((entry) => ({ entity, id: entry.id, values: valuesOf(entry) }));
}

/** The kind of the entries that records of a kind have. */
function entryKindOf(entity: EntityKind): EntityKind {
  const kinds = Object.keys(entities) as EntityKind[];
  const found = kinds.find((kind) => entityDefinition(kind)?.partOf === entity);
  if (!found) throw new Error(`records of kind ${entity} have no entries`);
  return found;
}

/** Names records as the importer finds them: a ticket by number, else reference; anything else by its title. */
function createNameReference(space: Space): NameReference {
  const counts = new Map<string, ReadonlyMap<string, number>>();
  return (kind, id) => {
    const place = space.state.tables.find(id);
    if (!place || place.table.kind !== kind || place.table.isDeleted(place.row)) return undefined;
    const { table, row } = place;
    let titles = counts.get(kind);
    if (!titles) counts.set(kind, (titles = countNames(space, table.kind)));
    const title = nameAt(table.columns, table.definition.titleField, kind, row);
    return { title, unique: titles.get(title) === 1 };
  };
}

type Columns = ReadonlyMap<string, { readonly get: (row: number) => unknown }>;

function nameAt(columns: Columns, titleField: string, kind: string, row: number): string {
  for (const field of kind === 'ticket' ? ['number', 'reference'] : [titleField]) {
    const value = columns.get(field)?.get(row);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function countNames(space: Space, kind: EntityKind): ReadonlyMap<string, number> {
  const table = space.state.tables.of(kind);
  const counts = new Map<string, number>();
  for (let row = 0; row < table.size; row += 1) {
    if (table.isDeleted(row)) continue;
    const name = nameAt(table.columns, table.definition.titleField, kind, row);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
