import { foldWord } from './fold-word.ts';
import { findQueryField, splitQuery } from './parse-query.ts';
import { queryFields, type QueryField } from './query-fields.ts';

/** One way to go on: what the query becomes. */
export interface QueryCompletion {
  readonly label: string;
  readonly query: string;
}

const mostCompletions = 8;
const times: readonly string[] = ['today', 'tomorrow', 'yesterday', '<2h', '<2d', '<1w', '>1w', 'overdue'];

/**
 * How a query may go on at its end: the names of fields for the word being typed, and the values of a field after `:`.
 * `valuesOf` gives what a field may be, the likeliest first.
 */
export function completeQuery(
  text: string,
  valuesOf: (field: QueryField) => readonly string[],
): readonly QueryCompletion[] {
  const token = splitQuery(text).at(-1);
  if (!token || token.end !== text.length) return [];
  const before = text.slice(0, token.start) + (token.isExcluded ? '-' : '');
  if (token.field === null) {
    if (token.isQuoted) return [];
    const typed = foldWord(token.value);
    return queryFields
      .filter(({ name, aliases }) => [name, ...aliases].some((each) => each.startsWith(typed)))
      .slice(0, mostCompletions)
      .map(({ name }) => ({ label: `${name}:`, query: `${before}${name}:` }));
  }
  const field = findQueryField(token.field);
  if (!field) return [];
  const chosen = token.isQuoted ? [] : token.value.split(',').slice(0, -1);
  const typed = foldWord(token.isQuoted ? token.value : (token.value.split(',').at(-1) ?? ''));
  const isTime = field.type === 'past' || field.type === 'future';
  const values = isTime ? times.filter((each) => each !== 'overdue' || field.type === 'future') : valuesOf(field);
  return (
    values
      // A list of values is written without quotes.
      .filter((value) => chosen.length === 0 || !/[\s,]/.test(value))
      .filter((value) => foldWord(value) !== typed && ` ${foldWord(value)}`.includes(typed === '' ? ' ' : ` ${typed}`))
      .slice(0, mostCompletions)
      .map((value) => {
        const written = /[\s,]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
        return {
          label: `${field.name}:${written}`,
          query: `${before}${token.field ?? ''}:${[...chosen, written].join(',')} `,
        };
      })
  );
}
