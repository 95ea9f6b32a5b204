import type { EntityKind } from '../../../shared/domain/entities.ts';
import { entityDefinition, fieldDefinition } from '../../../shared/domain/entities.ts';
import { compareHeads, stampOf } from '../../../shared/sync/merge.ts';
import { dotOf, parseDot } from '../../../shared/sync/operation.ts';
import type { Dot, FieldValue, Operation } from '../../../shared/sync/operation.ts';
import type { Head, RecordState } from '../../../shared/sync/record-state.ts';
import { deletedField, deletionOf, headsInReview, shownHead } from '../../../shared/sync/shown.ts';
import type { ConflictHead, ConflictList, ConflictRow, ConflictsQuery, FieldConflict } from '../sync-api.ts';
import type { Body } from '../storage/body.ts';
import type { Database } from '../storage/database.ts';
import { fieldRules } from './derive-row.ts';
import { operationsOf } from './operation-log.ts';
import type { SpaceState } from './space-state.ts';

/** Records with something to choose from, latest change first. */
export async function listConflicts(
  state: SpaceState,
  database: Database,
  { offset, limit }: ConflictsQuery,
): Promise<ConflictList> {
  const found: { readonly kind: EntityKind; readonly id: string; readonly at: number }[] = [];
  for (const table of state.tables.all())
    for (let row = 0; row < table.size; row += 1)
      if (table.isConflict(row) && !table.isDeleted(row))
        found.push({ kind: table.kind, id: table.idAt(row), at: table.updatedAt(row) });
  found.sort((left, right) => right.at - left.at || (left.id < right.id ? -1 : 1));
  const page = found.slice(offset, offset + limit);
  const bodies = await state.store.read(page.map(({ id }) => id));
  const rows = await Promise.all(
    page.flatMap(({ kind, id, at }) => {
      const body = bodies.get(id);
      return body ? [conflictRow(kind, body, at, database, state)] : [];
    }),
  );
  return { total: found.length, rows };
}

async function conflictRow(
  entity: EntityKind,
  body: Body,
  at: number,
  database: Database,
  state: SpaceState,
): Promise<ConflictRow> {
  const table = state.tables.of(entity);
  const row = table.rowOf(body.id);
  const values = row === undefined ? {} : table.valuesAt(row);
  const reference = values['number'] ?? values['reference'];
  return {
    entity,
    id: body.id,
    title: state.tables.titleOf(entity, body.id),
    reference: typeof reference === 'string' ? reference : '',
    at,
    fields: await conflictsOf(body, database, state),
  };
}

/** What a person should choose from in one record. */
export async function conflictsOf(
  body: Body,
  database: Database,
  state: SpaceState,
): Promise<readonly FieldConflict[]> {
  const rules = fieldRules(body.entity);
  const inReview = Object.entries(body.state.fields).flatMap(([field, register]) => {
    const heads = headsInReview(register, rules.classOf(field));
    return heads.length === 0 ? [] : [{ field, heads, shown: shownHead(register, rules.precedenceOf?.(field)) }];
  });
  const isDeletedAndEdited = deletionOf(body.state) === 'edited-after-deletion';
  // Nearly every record: its history need not be read.
  if (inReview.length === 0 && !isDeletedAndEdited) return [];
  const written = await writtenHeads(body, database, state);
  const conflicts = inReview.map(({ field, heads, shown }) => {
    const title = titleFinder(body.entity, field, state);
    const base = baseOf(field, heads, written);
    const baseTitle = title(base);
    return {
      field,
      class: rules.classOf(field),
      base,
      ...(baseTitle === undefined ? {} : { baseTitle }),
      heads: heads.map((head) => showHead(head, head.dot === shown?.dot, title(head.value), written, state)),
    };
  });
  return isDeletedAndEdited ? [...conflicts, deletionConflict(body.state, written, state)] : conflicts;
}

/** Who wrote what over what: everything the operations of one record say of its fields. */
interface Written {
  readonly operations: ReadonlyMap<Dot, Operation>;
  readonly parents: (field: string, dot: Dot) => readonly Dot[];
  readonly head: (field: string, dot: Dot) => Head | undefined;
}

async function writtenHeads(body: Body, database: Database, state: SpaceState): Promise<Written> {
  const operations = new Map<Dot, Operation>();
  for (const operation of await operationsOf(body, database, state)) operations.set(dotOf(operation), operation);
  const writeOf = (dot: Dot) => operations.get(dot)?.writes.find(({ id }) => id === body.id);
  return {
    operations,
    parents: (field, dot) => {
      const parents = writeOf(dot)?.parents ?? {};
      return Object.hasOwn(parents, field) ? (parents[field] ?? []) : [];
    },
    head: (field, dot) => {
      const operation = operations.get(dot);
      const fields = writeOf(dot)?.fields ?? {};
      if (!operation || !Object.hasOwn(fields, field)) return undefined;
      return { ...stampOf(operation), value: fields[field] ?? null };
    },
  };
}

/** The latest value that the authors of all heads had seen. */
function baseOf(field: string, heads: readonly Head[], written: Written): FieldValue {
  const [first, ...others] = heads.map((head) => ancestorsOf(field, head.dot, written));
  const common = [...(first ?? [])].filter((dot) => others.every((each) => each.has(dot)));
  const values = common.flatMap((dot) => written.head(field, dot) ?? []).sort(compareHeads);
  return values[0]?.value ?? null;
}

function ancestorsOf(field: string, dot: Dot, written: Written): ReadonlySet<Dot> {
  const seen = new Set<Dot>();
  const open = [...written.parents(field, dot)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...written.parents(field, next));
  }
  return seen;
}

function showHead(
  head: Head,
  shown: boolean,
  title: string | undefined,
  { operations }: Written,
  state: SpaceState,
): ConflictHead {
  const user = operations.get(head.dot)?.user ?? '';
  const { device } = parseDot(head.dot);
  return {
    dot: head.dot,
    value: head.value,
    ...(title === undefined ? {} : { title }),
    at: head.ms,
    user,
    userName: user === '' ? '' : state.tables.titleOf('person', user),
    device,
    own: device === state.meta.device,
    shown,
  };
}

/** Titles of the values of a field that refers to records; undefined for every other. */
function titleFinder(entity: string, field: string, state: SpaceState): (value: FieldValue) => string | undefined {
  const definition = entityDefinition(entity);
  const type = definition && fieldDefinition(definition, field);
  if (type?.type !== 'reference') return () => undefined;
  const { to } = type;
  return (value) => (typeof value === 'string' ? state.tables.titleOf(to, value) : undefined);
}

/** Somebody deleted the record while another worked on it: the deletion, and the latest write that it had not seen. */
function deletionConflict(state: RecordState, written: Written, space: SpaceState): FieldConflict {
  const marks = state.fields[deletedField]?.heads ?? [];
  const others = Object.entries(state.fields).filter(([field]) => field !== deletedField);
  const edits = others.flatMap(([, register]) => register.heads).sort(compareHeads);
  const latest = edits.find(({ dot }) => !marks.some((mark) => mark.dot === dot));
  const deletions = marks.map((mark) => ({ ...mark, value: mark.value === null ? null : true }));
  const heads = [...deletions, ...(latest ? [{ ...latest, value: null }] : [])];
  return {
    field: deletedField,
    class: 'register',
    base: null,
    heads: heads.map((head) => showHead(head, head.value === null, undefined, written, space)),
  };
}
