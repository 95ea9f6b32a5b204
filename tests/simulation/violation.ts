/** The invariants of the design, by name. I15 and I16 are checked by the nearest property the core has. */
export type Invariant =
  'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'I13' | 'I14' | 'I15' | 'I16';

export class Violation extends Error {
  readonly invariant: Invariant;
  constructor(invariant: Invariant, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}

export function must(condition: boolean, invariant: Invariant, message: () => string): void {
  if (!condition) throw new Violation(invariant, message());
}
