import type { EntityKind } from '../../../shared/domain/entities.ts';
import { foldWord } from '../../../shared/search/fold-word.ts';
import type { ParsedQuery, QueryFault, QueryFilter } from '../../../shared/search/parse-query.ts';
import { queryMarks, stateGroups, type QueryField } from '../../../shared/search/query-fields.ts';
import { foldText } from '../../../shared/fold-text.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { Condition } from '../data-api.ts';
import type { Tables } from '../storage/tables.ts';
import { searchedKinds } from './record-texts.ts';

export interface FilterRoom {
  readonly tables: Tables;
  /** The person at this desk. */
  readonly user: string;
  readonly now: number;
}

export interface CompiledFilters {
  /** Conditions for each kind that can meet them. */
  readonly byKind: ReadonlyMap<EntityKind, readonly Condition[]>;
  readonly faults: readonly QueryFault[];
}

/** Filters as conditions of columns. A kind without the column of a filter has no records that meet it. */
export function compileFilters(filters: ParsedQuery['filters'], room: FilterRoom): CompiledFilters {
  const byKind = new Map<EntityKind, readonly Condition[]>();
  for (const kind of searchedKinds) {
    const table = room.tables.of(kind);
    const conditions = filters.map((filter) => compileFilter(filter, table, room));
    if (conditions.every((each) => each !== null)) byKind.set(kind, conditions.flat());
  }
  return { byKind, faults: filters.flatMap((filter) => faultOf(filter, room)) };
}

/** Null when no record of the kind can meet it. */
function compileFilter(filter: QueryFilter, table: ColumnTable, room: FilterRoom): readonly Condition[] | null {
  const { field, values, range, isExcluded } = filter;
  if (field.type === 'kind') return values.some((value) => kindMatches(table.kind, value)) === isExcluded ? null : [];
  if (field.type === 'mark') {
    const marks = values.map((value) => compileMark(value, isExcluded, table, room));
    return marks.every((mark) => mark !== null) ? marks.flat() : null;
  }
  const column = columnOf(table, field);
  if (column === null) return null;
  if (range !== null) return isExcluded ? null : [{ field: column, op: 'between', ...range }];
  const wanted = values.flatMap((value) => meaningsOf(value, table, column, room));
  return wanted.length === 0 && !isExcluded
    ? null
    : [{ field: column, op: isExcluded ? 'not-in' : 'in', values: wanted }];
}

function columnOf(table: ColumnTable, field: QueryField): string | null {
  return field.columns.find((name) => name === '$updatedAt' || table.columns.has(name)) ?? null;
}

function kindMatches(kind: EntityKind, value: string): boolean {
  return kind.startsWith(value) || `${kind}s` === value;
}

function compileMark(
  mark: string,
  isExcluded: boolean,
  table: ColumnTable,
  room: FilterRoom,
): readonly Condition[] | null {
  const has = (column: string): boolean => table.columns.has(column);
  const op = isExcluded ? 'not-in' : 'in';
  switch (queryMarks.find((each) => each === mark)) {
    case 'conflict':
      return [{ field: '$conflict', op: 'is', value: !isExcluded }];
    case 'waiting':
      return [{ field: '$pending', op: 'is', value: !isExcluded }];
    case 'mine':
      return has('assignee') ? [{ field: 'assignee', op, values: [room.user] }] : null;
    case 'major':
      return has('major') ? [{ field: 'major', op, values: ['true'] }] : null;
    case 'overdue':
      return has('dueStage') ? [{ field: 'dueStage', op, values: ['breached'] }] : null;
    case undefined:
      return null;
  }
}

/** The values of a column that somebody may mean by what was typed. */
function meaningsOf(typed: string, table: ColumnTable, column: string, room: FilterRoom): readonly (string | null)[] {
  if (typed === 'none') return [null];
  const type = table.typeOf(column);
  if (type?.type === 'choice') {
    const group = Object.hasOwn(stateGroups, typed) ? stateGroups[typed] : undefined;
    const value = /^p\d$/.test(typed) ? typed.slice(1) : typed;
    return type.choices.filter((choice) => group?.includes(choice) ?? choice.startsWith(value));
  }
  if (type?.type === 'reference') {
    if (typed === 'me') return [room.user];
    const target = [...room.tables.all()].find((each) => each.kind === type.to);
    return target ? idsByTitle(target, typed) : [];
  }
  const layout = table.columns.get(column);
  const values = layout?.layout === 'dictionary' ? layout.values() : [];
  return values.filter((value) => foldWord(value).startsWith(typed));
}

/** Records of which every word typed begins a word of the title. */
export function idsByTitle(table: ColumnTable, typed: string): readonly string[] {
  const words = foldText(typed)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ` ${word}`);
  const ids: string[] = [];
  for (let row = 0; row < table.size; row += 1) {
    const title = foldText(table.titleAt(row));
    if (!table.isDeleted(row) && words.every((word) => title.includes(word))) ids.push(table.idAt(row));
  }
  return ids;
}

/** A value that no kind knows: told with what it may be. */
function faultOf(filter: QueryFilter, room: FilterRoom): readonly QueryFault[] {
  const { field, values } = filter;
  if (field.type === 'past' || field.type === 'future')
    return filter.isExcluded ? [{ kind: 'bad-value', got: `-${field.name}`, expected: [`${field.name}:>2d`] }] : [];
  const isKnown = (value: string): boolean =>
    searchedKinds.some((kind) => {
      const one = { ...filter, values: [value], isExcluded: false };
      return compileFilter(one, room.tables.of(kind), room) !== null;
    });
  return values
    .filter((value) => !isKnown(value))
    .map((value) => ({
      kind: 'bad-value',
      got: `${field.name}:${value}`,
      expected: valuesOfField(field, room).slice(0, 8),
    }));
}

const mostValues = 200;

/** What a field may be, for completion and for telling what was expected. */
export function valuesOfField(field: QueryField, room: FilterRoom): readonly string[] {
  if (field.type === 'kind') return searchedKinds;
  if (field.type === 'mark') return queryMarks;
  const values = new Set<string>(field.name === 'state' ? Object.keys(stateGroups) : []);
  for (const kind of searchedKinds) {
    const table = room.tables.of(kind);
    const column = columnOf(table, field);
    const type = column === null ? undefined : table.typeOf(column);
    if (type?.type === 'choice') for (const choice of type.choices) values.add(choice);
    else if (type?.type === 'reference') {
      if (type.to === 'person') values.add('me');
      values.add('none');
      addTitles(
        values,
        [...room.tables.all()].find((each) => each.kind === type.to),
      );
    } else if (column !== null) {
      const layout = table.columns.get(column);
      if (layout?.layout === 'dictionary') for (const value of layout.values().slice(0, mostValues)) values.add(value);
    }
  }
  return [...values];
}

function addTitles(values: Set<string>, table: ColumnTable | undefined): void {
  if (!table) return;
  for (let row = 0; row < table.size; row += 1) if (!table.isDeleted(row)) values.add(table.titleAt(row));
}
