/**
 * What became of an entry:
 * - applied, quarantined (held, waits for an upgrade), voided: its place in the sequence is filled;
 * - branched: it lost a fork and is held as the operation of its branch device (keep it, it explains the branch);
 * - duplicate: nothing to do; gap, foreign-hash: not taken, come again after what precedes it;
 * - needs-history: what it would take out lies inside the snapshot: start again from the whole log.
 */
export type Outcome =
  'applied' | 'quarantined' | 'voided' | 'branched' | 'duplicate' | 'gap' | 'foreign-hash' | 'needs-history';
