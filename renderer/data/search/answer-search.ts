import type { EntityKind } from '../../../shared/domain/entities.ts';
import { completeQuery } from '../../../shared/search/complete-query.ts';
import { parseQuery } from '../../../shared/search/parse-query.ts';
import { searchRecords, type SearchAnswer, type WantedText } from '../../../shared/search/search-records.ts';
import { makeSnippet, markText } from '../../../shared/search/snippet.ts';
import type { Condition } from '../data-api.ts';
import type { RowTest } from '../columns/filter.ts';
import type { SpaceState } from '../engine/space-state.ts';
import { compileFilters, valuesOfField } from './compile-filters.ts';
import { linkedRecords } from './linked-records.ts';
import { localDays } from './local-days.ts';
import { fieldWeights, shownTexts } from './record-texts.ts';
import type { FoundRecord, SearchQuery, SearchView } from './search-api.ts';

const snippetLength = 140;
const monthMs = 30 * 86_400_000;

/** Finds records of every kind: by relevance, and of what is equally relevant what is fresh, open and mine. */
export async function answerSearch(state: SpaceState, query: SearchQuery, now: number): Promise<SearchView> {
  const room = { tables: state.tables, user: state.meta.user, now };
  const parsed = parseQuery(query.text, localDays(now));
  const compiled = compileFilters(parsed.filters, room);
  const byKind = new Map([...compiled.byKind].filter(([kind]) => query.kinds.includes(kind)));
  const answer = parsed.wanted.some((each) => each.isExcluded !== true)
    ? findByWords(state, parsed.wanted, byKind, query.limit, now)
    : findByFilters(
        state,
        parsed.filters.length > 0 ? byKind : new Map<EntityKind, readonly Condition[]>(),
        query.limit,
      );
  return {
    found: await showFound(state, answer),
    total: answer.total,
    loosened: answer.loosened,
    faults: [...parsed.faults, ...compiled.faults],
    completions: completeQuery(query.text, (field) => valuesOfField(field, room)),
    isWhole: state.search.isWhole,
  };
}

function findByWords(
  state: SpaceState,
  wanted: readonly WantedText[],
  byKind: ReadonlyMap<EntityKind, readonly Condition[]>,
  limit: number,
  now: number,
): SearchAnswer {
  const tests = new Map<EntityKind, RowTest>();
  for (const [kind, where] of byKind) tests.set(kind, state.lists.test(kind, where, ''));
  return searchRecords(state.search.index, {
    wanted,
    weights: fieldWeights,
    limit,
    accept: (id) => {
      const place = state.tables.find(id);
      return place !== undefined && tests.get(place.table.kind)?.(place.row) === true;
    },
    boost: (id) => boostOf(state, id, now),
    linked: (found) => linkedRecords(state.tables, found),
  });
}

/** Up to half as much again for what changed lately, a quarter for what is mine, a little for what is open. */
function boostOf(state: SpaceState, id: string, now: number): number {
  const place = state.tables.find(id);
  if (!place) return 1;
  const { table, row } = place;
  const value = (column: string): unknown => table.columns.get(column)?.get(row) ?? null;
  const fresh = 0.5 ** (Math.max(0, now - table.updatedAt(row)) / monthMs);
  const { user } = state.meta;
  const isMine = ['assignee', 'caller', 'openedBy', 'assignedTo'].some((column) => value(column) === user);
  const isDone = ['resolved', 'closed', 'canceled', 'retired'].includes(String(value('state') ?? value('status')));
  return (1 + 0.5 * fresh) * (isMine ? 1.25 : 1) * (isDone ? 0.9 : 1);
}

/** No words: what meets the filters, latest first. */
function findByFilters(
  state: SpaceState,
  byKind: ReadonlyMap<EntityKind, readonly Condition[]>,
  limit: number,
): SearchAnswer {
  const sort = [{ field: '$updatedAt', direction: 'descending' }] as const;
  let total = 0;
  const rows = [...byKind].flatMap(([entity, where]) => {
    const list = state.lists.list({ type: 'list', entity, where, search: '', sort, offset: 0, limit });
    total += list.total;
    return list.rows;
  });
  const hits = rows
    .sort((left, right) => right.updatedAt - left.updatedAt)
    .slice(0, limit)
    .map(({ id }) => ({ id, score: 0 }));
  return { hits, total, terms: new Set(), loosened: 'none' };
}

async function showFound(state: SpaceState, { hits, terms }: SearchAnswer): Promise<readonly FoundRecord[]> {
  const bodies = terms.size === 0 ? new Map() : await state.store.read(hits.map(({ id }) => id));
  return hits.flatMap(({ id }): readonly FoundRecord[] => {
    const place = state.tables.find(id);
    if (!place) return [];
    const { table, row } = place;
    const title = markText(table.titleAt(row), terms);
    const body = bodies.get(id);
    const snippets = (body ? shownTexts(body) : []).map((text) => makeSnippet(text, terms, snippetLength));
    const [best] = snippets.filter(({ ranges }) => ranges.length > 0).sort((left, right) => right.found - left.found);
    return [
      {
        entity: table.kind,
        row: state.lists.row(table, row),
        title: title.text,
        titleMarks: title.ranges,
        snippet: best ? { text: best.text, marks: best.ranges } : null,
      },
    ];
  });
}
