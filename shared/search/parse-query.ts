import { editDistance } from './edit-distance.ts';
import { foldWord } from './fold-word.ts';
import { queryFields, type QueryField } from './query-fields.ts';
import { readTimes, type TimeContext, type TimeRange } from './query-times.ts';
import type { WantedText } from './search-records.ts';

/** `field:value` as it was typed; several values (`priority:1,2`) are alternatives. */
export interface QueryFilter {
  readonly field: QueryField;
  readonly isExcluded: boolean;
  /** Folded. Empty for times. */
  readonly values: readonly string[];
  readonly range: TimeRange | null;
}

/** What could not be understood, where (UTF-16 units), and what would have been. */
export interface QueryFault {
  readonly kind: 'unknown-field' | 'no-value' | 'bad-time' | 'bad-value';
  readonly got: string;
  readonly expected: readonly string[];
}

export interface ParsedQuery {
  readonly wanted: readonly WantedText[];
  readonly filters: readonly QueryFilter[];
  readonly faults: readonly QueryFault[];
}

/** A piece of a query between spaces; `"` keeps spaces together. */
export interface QueryToken {
  readonly start: number;
  readonly end: number;
  readonly isExcluded: boolean;
  /** What stands before `:`, as typed; null for words. */
  readonly field: string | null;
  /** Without its quotes. */
  readonly value: string;
  readonly isQuoted: boolean;
}

const tokenPattern = /(-?)(?:(\p{L}+):)?(?:"([^"]*)"?|([^\s"]+))?/gu;

export function splitQuery(text: string): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const [whole, minus = '', field, quoted, plain] = match;
    if (whole === '' || whole === '-') continue;
    tokens.push({
      start: match.index,
      end: match.index + whole.length,
      isExcluded: minus === '-',
      field: field ?? null,
      value: quoted ?? plain ?? '',
      isQuoted: quoted !== undefined,
    });
  }
  return tokens;
}

export function findQueryField(name: string): QueryField | undefined {
  const folded = foldWord(name);
  return queryFields.find((field) => field.name === folded || field.aliases.includes(folded));
}

/** Never fails: what is no filter is words, and what is wrong with a filter is told while the rest counts. */
export function parseQuery(text: string, times: TimeContext): ParsedQuery {
  const wanted: WantedText[] = [];
  const filters: QueryFilter[] = [];
  const faults: QueryFault[] = [];
  for (const token of splitQuery(text)) {
    const field = token.field === null ? undefined : findQueryField(token.field);
    if (!field) {
      const similar = token.field === null ? [] : similarFields(token.field);
      if (similar.length > 0) faults.push({ kind: 'unknown-field', got: token.field ?? '', expected: similar });
      const words = token.field === null ? token.value : `${token.field}:${token.value}`;
      if (similar.length === 0) wanted.push({ text: words, isPhrase: token.isQuoted, isExcluded: token.isExcluded });
      continue;
    }
    const got = token.value.trim();
    if (got === '') {
      faults.push({ kind: 'no-value', got: field.name, expected: [] });
      continue;
    }
    const isTime = field.type === 'past' || field.type === 'future';
    const range = isTime ? readTimes(got, field.type, times) : null;
    if (isTime && range === null) {
      faults.push({ kind: 'bad-time', got, expected: ['<2d', '>4h', 'today', '2026-11-30', '2026-11-01..2026-11-30'] });
      continue;
    }
    const values = isTime ? [] : valuesOf(got, token.isQuoted);
    filters.push({ field, isExcluded: token.isExcluded, values, range });
  }
  return { wanted, filters, faults };
}

function valuesOf(got: string, isQuoted: boolean): readonly string[] {
  const values = isQuoted ? [got] : got.split(',');
  return values.map((value) => foldWord(value.trim())).filter((value) => value !== '');
}

/** A field that somebody may have meant; `error:5` or `https:` mean none. */
function similarFields(name: string): readonly string[] {
  const folded = foldWord(name);
  if (folded.length < 4) return [];
  return queryFields.flatMap((field) => (editDistance(folded, field.name, 1) <= 1 ? [field.name] : []));
}
