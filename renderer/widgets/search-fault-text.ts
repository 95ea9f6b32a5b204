import type { QueryFault } from '../../shared/search/parse-query.ts';
import type { TextValues } from '../services/text.ts';

type FaultKey = 'search.bad-time' | 'search.bad-value' | 'search.no-value' | 'search.unknown-field';

/** What was not understood of a search, and what would be. */
export function faultText(text: (key: FaultKey, values?: TextValues) => string, fault: QueryFault): string {
  return text(`search.${fault.kind}`, { got: fault.got, expected: fault.expected.slice(0, 5).join(', ') });
}
