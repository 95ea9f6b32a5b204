/** Times of one operation in one run, in ms. */
export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function summarize(values: readonly number[]): Times {
  return { count: values.length, p50: quantile(values, 0.5), p99: quantile(values, 0.99), max: Math.max(...values) };
}

/** Runs something so often, one after the other, and says how long each took. */
export async function timeEach(count: number, run: (turn: number) => Promise<unknown>): Promise<Times> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const began = performance.now();
    await run(turn);
    taken.push(performance.now() - began);
  }
  return summarize(taken);
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
