/**
 * Worlds that once broke an invariant, run first. A seed means the same world only as long as plans and steps draw the
 * same chances; what each taught also has a named test.
 */
export const regressionSeeds: readonly { readonly seed: number; readonly taught: string }[] = [
  {
    seed: 1_014_470,
    taught: 'the mark of a refusal shows nobody what the refused write had replaced (oracle.test.ts)',
  },
  { seed: 5_036_682, taught: 'equal version vectors may stand for other contents: a greeting carries the last hashes' },
  { seed: 5_039_849, taught: 'the same, by a device that was rolled back while the endpoint was restored' },
  {
    seed: 5_045_255,
    taught: 'a field whose writer replaced a branch that is on no disk any more is not judged (ledger.test.ts)',
  },
  {
    seed: 9_069_373,
    taught: 'what precedes an operation may be held under the name of a branch only: then it waits (ledger.test.ts)',
  },
  { seed: 9_118_332, taught: 'the same, of a clone, through a folder' },
];
