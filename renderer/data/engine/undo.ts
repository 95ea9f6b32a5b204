import type { Change } from '../../../shared/domain/change.ts';
import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import { compareHeads, stampOf } from '../../../shared/sync/merge.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot, FieldValue, Operation, Write } from '../../../shared/sync/operation.ts';
import type { Head, RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import { deletionOf, shownValue } from '../../../shared/sync/shown.ts';
import { inverseWrites } from '../../../shared/sync/undo.ts';
import type { Body } from '../storage/body.ts';
import { partOfField } from './apply-operation.ts';
import { fieldRules } from './derive-row.ts';
import { undoSettlement, type RestoredHead } from './undo-settlement.ts';

export interface UndoPlan {
  readonly changes: readonly Change[];
  /** Fields and records somebody has worked on since: they are left as they are. */
  readonly skipped: number;
  /** Values that a choice in review had replaced, each to be written as an operation of its own. */
  readonly restored: readonly RestoredHead[];
}

/**
 * Undo as the sync core defines it (`inverseWrites`), over bodies and their history. A record with comments or notes
 * that came since is not taken back either: they would vanish with it.
 */
export function planUndo(
  operation: Operation,
  bodies: Iterable<Body>,
  history: readonly Operation[],
  held: VersionVector,
  waiting: readonly Operation[],
  together: ReadonlySet<Dot>,
): UndoPlan {
  const states = new Map<string, RecordState>();
  const inUse = new Set<string>();
  const own = new Set(operation.writes.map((write) => write.id));
  for (const body of bodies) {
    for (const state of [body.state, ...body.entries]) states.set(recordKey(state), state);
    if (body.entries.some((entry) => !own.has(entry.id) && deletionOf(entry) !== 'deleted')) inUse.add(body.id);
  }
  const kept = operation.writes.filter((write) => isCreation(write) && inUse.has(write.id));
  const stateOf = (key: string): RecordState | undefined => states.get(key);
  const written = writtenIn(history);
  const choice = undoSettlement(operation, stateOf, (id, field, dot) => written.get(`${id}/${field}@${dot}`), together);
  const others = operation.writes
    .filter((write) => !kept.includes(write))
    .map((write) => withoutFields(write, (field) => choice.fields.has(`${recordKey(write)} ${field}`)));
  const unknown = others.flatMap((write) => unknownFields(write, written));
  const undone = {
    ...operation,
    writes: others
      .map((write) => withoutFields(write, (field) => unknown.includes(`${recordKey(write)} ${field}`)))
      .filter((write) => Object.keys(write.fields).length > 0),
  };
  const inverse = inverseWrites(undone, valuesBefore(undone, written), stateOf, held, waiting);
  const changes = [...inverse.writes.map((write) => changeOf(write, operation)), ...choice.chosen];
  return { changes, skipped: inverse.kept.length + kept.length + unknown.length, restored: choice.restored };
}

function withoutFields(write: Write, isLeft: (field: string) => boolean): Write {
  const names = Object.keys(write.fields).filter((field) => !isLeft(field));
  if (names.length === Object.keys(write.fields).length) return write;
  const pick = <Value>(map: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(map).filter(([field]) => names.includes(field)));
  return { ...write, fields: pick(write.fields), parents: pick(write.parents) };
}

/** Fields whose value before is not on this device (the record came into scope as it was): they cannot go back. */
function unknownFields(write: Write, written: ReadonlyMap<string, Head>): readonly string[] {
  return Object.entries(write.parents)
    .filter(([field, dots]) => dots.length > 0 && !dots.some((dot) => written.has(`${write.id}/${field}@${dot}`)))
    .map(([field]) => `${recordKey(write)} ${field}`);
}

/** Every value written, by record, field and operation. */
function writtenIn(history: readonly Operation[]): ReadonlyMap<string, Head> {
  const written = new Map<string, Head>();
  for (const each of history)
    for (const { id, fields } of each.writes)
      for (const [field, value] of Object.entries(fields))
        written.set(`${id}/${field}@${dotOf(each)}`, { ...stampOf(each), value });
  return written;
}

/** What a record showed before the operation: the heads that its writes name as parents, looked up in the history. */
function valuesBefore(operation: Operation, written: ReadonlyMap<string, Head>): Parameters<typeof inverseWrites>[1] {
  return ({ entity, id }) => {
    const write = operation.writes.find((each) => each.id === id);
    if (!write || isCreation(write)) return undefined;
    const rules = fieldRules(entity);
    const values: [string, FieldValue][] = [];
    for (const [field, parents] of Object.entries(write.parents)) {
      const heads = parents.flatMap((parent) => written.get(`${id}/${field}@${parent}`) ?? []).sort(compareHeads);
      const value = shownValue({ heads }, rules.classOf(field), rules.precedenceOf?.(field));
      if (value !== undefined) values.push([field, value]);
    }
    return Object.fromEntries(values);
  };
}

/** Only a creation writes the title and replaces nothing: every later write of the title names the one before. */
function isCreation(write: Write): boolean {
  const title = entityDefinition(write.entity)?.titleField ?? '';
  return Object.keys(write.parents).length === 0 && Object.hasOwn(write.fields, title);
}

function changeOf({ entity, id, fields }: Write, undone: Operation): Change {
  const kind = entity as EntityKind;
  if (entityDefinition(entity)?.partOf === undefined) return { entity: kind, id, fields };
  // Every write to an entry names its record.
  const partOf = partOfField(entity);
  const root = undone.writes.find((write) => write.id === id)?.fields[partOf] ?? null;
  return { entity: kind, id, fields: { ...fields, [partOf]: root } };
}
