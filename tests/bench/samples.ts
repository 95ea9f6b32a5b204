import { median } from './measure.ts';

/** Measured values by name, one for each round; a table shows medians. */
export class Samples {
  readonly #values = new Map<string, number[]>();

  add(name: string, value: number | null): void {
    if (value === null || !Number.isFinite(value)) return;
    const values = this.#values.get(name) ?? [];
    values.push(value);
    this.#values.set(name, values);
  }

  /** Null when it was not measured. */
  of(name: string): number | null {
    const values = this.#values.get(name);
    return values === undefined ? null : median(values);
  }

  /** Null when one of them was not measured. */
  ratio(name: string, to: string): number | null {
    const value = this.of(name);
    const base = this.of(to);
    return value === null || base === null || base === 0 ? null : value / base;
  }

  medians(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#values].map(([name, values]) => [name, Number(median(values).toPrecision(4))]));
  }
}
