/**
 * Numbers that ranking depends on, chosen on the tuning half of the labelled queries (`npm run search-eval`); the other
 * half judges them.
 */
export const tuning = {
  /** How fast more of the same word counts less, and how much a long text costs (BM25). */
  saturation: 0.6,
  lengthCost: 0.9,
  /** What a word found otherwise than as typed is worth. */
  variant: 0.9,
  prefix: 0.45,
  compound: 0.4,
  part: 0.4,
  typo: 0.3,
  otherFirstLetter: 0.6,
  /** Expansions of one word at most: the likeliest. */
  mostExpansions: 600,
} as const;
