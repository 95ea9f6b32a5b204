import type { SourceFacts } from './source-facts.ts';

export interface Finding {
  readonly line: number;
  readonly message: string;
}

/** A rule with samples of its own: a rule that no longer flags its canaries, or flags the innocent, fails the test. */
export interface Rule {
  readonly name: string;
  readonly check: (file: SourceFacts) => readonly Finding[];
  readonly canaries: readonly Sample[];
  readonly innocent: readonly Sample[];
}

export interface Sample {
  readonly path: string;
  readonly code: string;
}
