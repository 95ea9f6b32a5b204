/** Side by side what is at one time: the first lane that is free. `least` (ms) is the room that even a short one takes. */
export function lanesOf(
  times: readonly { readonly from: number; readonly to: number }[],
  least: number,
): { readonly lanes: readonly number[]; readonly count: number } {
  const ends: number[] = [];
  const lanes = times.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = Math.max(to, from + least);
    return lane;
  });
  return { lanes, count: Math.max(1, ends.length) };
}
