import type { RecordValues } from '../change.ts';
import { elementsOf } from '../set-elements.ts';

/** Ids of every configuration item a change touches, the first one first. */
export function itemsOf(values: RecordValues): readonly string[] {
  const { asset } = values;
  return [...new Set([...(typeof asset === 'string' ? [asset] : []), ...elementsOf(values, 'assets')])];
}
