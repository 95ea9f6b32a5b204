/** Half-open stretch of time in ms: `from` belongs to it, `to` does not. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The same time as intervals in order that neither touch nor overlap; empty ones are left out (SLA-8: a union). */
export function uniteIntervals(intervals: readonly Interval[]): readonly Interval[] {
  const united: Interval[] = [];
  for (const next of [...intervals].sort((left, right) => left.from - right.from)) {
    if (next.to <= next.from) continue;
    const last = united.at(-1);
    if (last && next.from <= last.to) united[united.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else united.push(next);
  }
  return united;
}

/** What is left of a stretch without the given intervals, which must be united. */
export function subtractIntervals(whole: Interval, without: readonly Interval[]): readonly Interval[] {
  const left: Interval[] = [];
  let from = whole.from;
  for (const gap of without) {
    if (gap.to <= from) continue;
    if (gap.from >= whole.to) break;
    if (gap.from > from) left.push({ from, to: gap.from });
    from = gap.to;
  }
  if (from < whole.to) left.push({ from, to: whole.to });
  return left;
}

/** The part of united intervals that lies within `bounds`. */
export function clipIntervals(intervals: readonly Interval[], bounds: Interval): readonly Interval[] {
  return intervals
    .map(({ from, to }) => ({ from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) }))
    .filter(({ from, to }) => from < to);
}

export function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + to - from, 0);
}
