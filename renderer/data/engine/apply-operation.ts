import { entityDefinition } from '../../../shared/domain/entities.ts';
import { applyOperationWrite, recordKey } from '../../../shared/sync/fold.ts';
import { dotOf, type Operation, type Write } from '../../../shared/sync/operation.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { addToTrail, trailEventOf, type TrailEvent } from '../../../shared/sync/trail.ts';
import type { Body } from '../storage/body.ts';
import { holdsInRecord, type Applied } from './remote-state.ts';

/** Where an operation stands in the local log (0: nowhere yet, a snapshot brought it), and its number among the desk's own; 0 for others'. */
export interface LogPlace {
  readonly logKey: number;
  readonly ownNumber: number;
}

/** Id of the record a write is stored with: its own, or for an entry of a log the record it belongs to. */
export function rootIdOf(write: Pick<Write, 'entity' | 'id' | 'fields'>): string {
  const partOf = entityDefinition(write.entity)?.partOf;
  if (partOf === undefined) return write.id;
  const root = write.fields[partOfField(write.entity)];
  if (typeof root !== 'string')
    throw new Error(`a write to ${write.entity} ${write.id} does not name its ${partOf}: every write to an entry must`);
  return root;
}

/** The reference field of an entry that names its record. */
export function partOfField(entity: string): string {
  const definition = entityDefinition(entity);
  const field = Object.entries(definition?.fields ?? {}).find(
    ([, each]) => each.type === 'reference' && each.to === definition?.partOf,
  );
  if (!field) throw new Error(`${entity} has no field that refers to ${String(definition?.partOf)}`);
  return field[0];
}

/**
 * The one place where an operation changes bodies, whoever wrote it. `bodies` must hold the body of every record it
 * touches that exists; new bodies are added. `applied` is what was applied before it. Returns the ids that changed.
 */
export function applyOperation(
  operation: Operation,
  place: LogPlace,
  applied: Applied,
  bodies: Map<string, Body>,
): readonly string[] {
  const at = operation.occurredAt ?? operation.at[0];
  const isRefused = applied.voidingOf(dotOf(operation)) !== undefined;
  const changed = new Set<string>();
  for (const write of operation.writes) {
    const rootId = rootIdOf(write);
    const body = bodies.get(rootId) ?? emptyBody(write, rootId, at);
    const holds = holdsInRecord(applied, recordKey(write));
    // Nothing is kept of a record that has left the scope, nor of an operation that was refused and comes again.
    const isKept = holds !== 'left' && !isRefused;
    const merged =
      holds === 'left' || isRefused
        ? body
        : mergeInto(body, write, (state) => applyOperationWrite(state, operation, write, holds, applied.voidingOf));
    bodies.set(rootId, {
      ...merged,
      trail: isKept ? addToTrail(body.trail, trailOfWrite(operation, write, rootId)) : body.trail,
      log: place.logKey === 0 ? body.log : withLogKey(body.log, place.logKey),
      createdAt: Math.min(body.createdAt, at),
      updatedAt: Math.max(body.updatedAt, at),
      ownSeq: Math.max(body.ownSeq, place.ownNumber),
    });
    changed.add(rootId);
  }
  return [...changed];
}

export function trailOfWrite(operation: Operation, write: Write, rootId: string): TrailEvent | null {
  const fields = entityDefinition(write.entity)?.trail;
  return fields === undefined
    ? null
    : trailEventOf(operation, write, fields, write.id === rootId ? undefined : write.id);
}

function emptyBody(write: Write, rootId: string, at: number): Body {
  const entity = entityDefinition(write.entity)?.partOf ?? write.entity;
  return {
    entity,
    id: rootId,
    state: { entity, id: rootId, fields: {} },
    entries: [],
    trail: [],
    log: [],
    createdAt: at,
    updatedAt: at,
    ownSeq: 0,
  };
}

function mergeInto(body: Body, write: Write, merge: (state: RecordState | undefined) => RecordState): Body {
  if (write.id === body.id) return { ...body, state: merge(body.state) };
  const index = body.entries.findIndex((entry) => entry.id === write.id);
  if (index < 0) {
    const entry = merge(undefined);
    // Held already and taken out again since: a refused comment leaves nothing behind.
    return Object.keys(entry.fields).length === 0 ? body : { ...body, entries: [...body.entries, entry] };
  }
  return { ...body, entries: body.entries.with(index, merge(body.entries[index])) };
}

/** Keys stay ascending and single, also when what waited in quarantine comes out of an older row. */
function withLogKey(log: readonly number[], key: number): readonly number[] {
  const last = log.at(-1) ?? 0;
  if (last === key) return log;
  if (last < key) return [...log, key];
  return log.includes(key) ? log : [...log, key].sort((left, right) => left - right);
}
