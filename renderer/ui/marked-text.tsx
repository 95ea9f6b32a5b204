import type { ReactNode } from 'react';

/** A text with places marked (UTF-16 units; ascending, not overlapping): why a record was found. */
export function MarkedText({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly (readonly [start: number, end: number])[] | undefined;
}): ReactNode {
  if (marks === undefined || marks.length === 0) return text;
  const pieces: ReactNode[] = [];
  let last = 0;
  for (const [start, end] of marks) {
    pieces.push(text.slice(last, start), <mark key={start}>{text.slice(start, end)}</mark>);
    last = end;
  }
  return [...pieces, text.slice(last)];
}
