import type { IndexPart } from './index-part.ts';
import { PostingWriter, SealedPart } from './sealed-part.ts';

/** So many terms are written between two pauses. */
const termsPerStep = 400;

/**
 * Makes one sealed part of others, without what was removed. Step by step: who runs it may do other work between two
 * steps, also remove records of the parts; `settle` then takes them out of the new part.
 */
export function* mergeParts(
  parts: readonly IndexPart[],
  fields: number,
): Generator<undefined, { readonly part: SealedPart; readonly settle: () => void }> {
  const ids: string[] = [];
  const lengths: number[] = [];
  const numbers = parts.map((part) => {
    const mapped = new Int32Array(part.ids.length).fill(-1);
    part.ids.forEach((id, record) => {
      if (part.removed[record] === 1) return;
      mapped[record] = ids.length;
      ids.push(id);
      for (let field = 0; field < fields; field += 1) lengths.push(part.lengths[record * fields + field] ?? 0);
    });
    return mapped;
  });
  const vocabulary = [...new Set(parts.flatMap((part) => part.terms))].sort(byCodeUnits);
  const writer = new PostingWriter();
  let steps = 0;
  for (const term of vocabulary) {
    writer.begin(term);
    parts.forEach((part, index) => {
      const termIndex = part.termAt(term);
      const mapped = numbers[index];
      if (termIndex < 0 || !mapped) return;
      part.read(termIndex, (record, positions, count) => {
        const number = mapped[record] ?? -1;
        if (number >= 0) writer.put(number, positions, count);
      });
    });
    writer.end();
    steps += 1;
    if (steps % termsPerStep === 0) yield;
  }
  const part = new SealedPart({ fields, ids, lengths: Uint32Array.from(lengths), ...writer.done() });
  const settle = (): void => {
    parts.forEach((old, index) => {
      numbers[index]?.forEach((number, record) => {
        if (number >= 0 && old.removed[record] === 1) part.removed[number] = 1;
      });
    });
  };
  return { part, settle };
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
