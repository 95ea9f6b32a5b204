import { entityDefinition } from '../../../shared/domain/entities.ts';
import { deletionOf } from '../../../shared/sync/shown.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { isShown, valuesOf } from '../engine/derive-row.ts';
import type { Space } from '../engine/space.ts';
import type { Body } from '../storage/body.ts';
import type { ImportTrace } from './import-trace.ts';

const bodiesPerRead = 500;

/**
 * Records an import made that must stay when it is taken back: somebody has worked on them since, or a record that
 * stays points to them.
 */
export async function findRecordsInUse(space: Space, trace: ImportTrace): Promise<ReadonlySet<string>> {
  const made = new Set(trace.records.filter(({ created, root }) => created && root === null).map(({ id }) => id));
  const references = new Map<string, readonly string[]>();
  const staying: string[] = [];
  for (const table of space.state.tables.all()) {
    for (let from = 0; from < table.size; from += bodiesPerRead) {
      const length = Math.min(bodiesPerRead, table.size - from);
      const ids = Array.from({ length }, (_, index) => table.idAt(from + index));
      for (const body of (await space.state.store.read(ids)).values()) {
        if (!isShown(body.state)) continue;
        const pointedTo = referencesOf(body).filter((id) => made.has(id));
        if (made.has(body.id)) references.set(body.id, pointedTo);
        if (!made.has(body.id)) staying.push(...pointedTo);
        else if (isWorkedOn(body, trace)) staying.push(body.id);
      }
    }
  }
  const inUse = new Set<string>();
  for (let next = staying.pop(); next !== undefined; next = staying.pop()) {
    if (inUse.has(next)) continue;
    inUse.add(next);
    staying.push(...(references.get(next) ?? []));
  }
  return inUse;
}

/** Some value, or some entry, comes from neither the import nor its undo. */
export function isWorkedOn(body: Body, trace: Pick<ImportTrace, 'operations' | 'undo'>): boolean {
  const isOwn = (state: RecordState): boolean =>
    Object.values(state.fields).every(({ heads }) =>
      heads.every(({ dot }) => trace.operations.has(dot) || trace.undo.has(dot)),
    );
  return !isOwn(body.state) || body.entries.some((entry) => deletionOf(entry) !== 'deleted' && !isOwn(entry));
}

function referencesOf(body: Body): readonly string[] {
  return [body.state, ...body.entries.filter((entry) => deletionOf(entry) !== 'deleted')].flatMap((state) => {
    const definition = entityDefinition(state.entity);
    return Object.entries(valuesOf(state)).flatMap(([name, value]) => {
      const slash = name.indexOf('/');
      const field = slash < 0 ? name : name.slice(0, slash);
      const type = definition?.fields[field]?.type;
      if (type !== 'reference') return [];
      if (slash < 0) return typeof value === 'string' && value !== body.id ? [value] : [];
      return value === true ? [name.slice(slash + 1)] : [];
    });
  });
}
