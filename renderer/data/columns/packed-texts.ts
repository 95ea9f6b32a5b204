/**
 * Many texts as one: a hundred thousand strings take a hundred thousand steps to store and to read back, one long string
 * takes one.
 */
export interface PackedTexts {
  readonly text: string;
  /** Of each text, in UTF-16 code units; -1 for none. */
  readonly lengths: Int32Array;
}

export function packTexts(texts: readonly (string | null)[]): PackedTexts {
  return { text: texts.join(''), lengths: Int32Array.from(texts, (each) => each?.length ?? -1) };
}

export function unpackTexts({ text, lengths }: PackedTexts): (string | null)[] {
  const texts: (string | null)[] = [];
  let at = 0;
  for (const length of lengths) {
    texts.push(length < 0 ? null : text.slice(at, at + length));
    at += Math.max(0, length);
  }
  return texts;
}
