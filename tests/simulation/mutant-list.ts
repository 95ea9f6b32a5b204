/** One planted defect of the core: a snippet of one of its files, replaced. The snippet must occur exactly once. */
export interface Mutant {
  readonly name: string;
  /** Inside shared/sync. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'merge forgets parents that have not arrived',
    file: 'merge.ts',
    find: 'else if (!holds(parent) && parent',
    replace: 'else if (holds(parent) && parent',
  },
  {
    name: 'merge names only one parent',
    file: 'merge.ts',
    find: 'heads.map((head) => head.dot)',
    replace: 'heads.slice(0, 1).map((head) => head.dot)',
  },
  {
    name: 'merge keeps only the last writer',
    file: 'merge.ts',
    find: '[...heads, head].sort(compareHeads);',
    replace: '[...heads, head].sort(compareHeads).slice(0, 1);',
  },
  {
    name: 'merge shows what was replaced before it came',
    file: 'merge.ts',
    find: 'if (gone.includes(head.dot)) gone =',
    replace: 'if (heads.length > 9) gone =',
  },
  {
    name: 'merge does not remove the parents',
    file: 'merge.ts',
    find: 'heads = heads.filter((each) => each.dot !== parent);',
    replace: 'heads = [...heads];',
  },
  {
    name: 'merge takes a held operation again',
    file: 'merge.ts',
    find: 'if (holds(stamp.dot)) return before;',
    replace: '',
  },
  {
    name: 'merge orders heads as they arrive',
    file: 'merge.ts',
    find: 'heads = [...heads, head].sort(compareHeads);',
    replace: 'heads = [...heads, head];',
  },
  {
    name: 'join keeps what the other side replaced',
    file: 'merge.ts',
    find: 'if (otherHolds(head.dot)) return other.heads.some((each) => each.dot === head.dot);',
    replace: '',
  },
  {
    name: 'join ignores what the other side awaits',
    file: 'merge.ts',
    find: 'return other.gone?.includes(head.dot) !== true;',
    replace: 'return true;',
  },
  {
    name: 'admission skips contiguity',
    file: 'admission.ts',
    find: "if (seq > last + 1) return 'gap';",
    replace: "if (seq > last + 1) return 'next';",
  },
  {
    name: 'admission lets a duplicate through',
    file: 'admission.ts',
    find: 'if (seq <= last) {',
    replace: 'if (seq < last) {',
  },
  {
    name: 'admission sees no forks',
    file: 'admission.ts',
    find: "? 'duplicate' : 'fork'",
    replace: "? 'duplicate' : 'duplicate'",
  },
  {
    name: 'admission ignores the hash chain',
    file: 'admission.ts',
    find: "? 'next' : 'foreign-hash'",
    replace: "? 'next' : 'next'",
  },
  {
    name: 'the log skips its own check and counts ahead',
    file: 'entry-log.ts',
    find: 'this.#held[device] = seq;\n  }\n\n  /** Puts',
    replace: 'this.#held[device] = seq + 1;\n  }\n\n  /** Puts',
  },
  {
    name: 'quarantine drops what it cannot read',
    file: 'replica.ts',
    find: 'this.#quarantined.set(dotOf(operation), operation);\n      this.#log',
    replace: 'this.#log',
  },
  {
    name: 'quarantined operations count as applied',
    file: 'replica.ts',
    find: 'this.#log.covers(dot) && !this.#quarantined.has(dot);',
    replace: 'this.#log.covers(dot);',
  },
  {
    name: 'quarantine lets newer kinds be applied by halves',
    file: 'quarantine.ts',
    find: 'operation.writes.every((write)',
    replace: 'operation.writes.some((write)',
  },
  {
    name: 'an upgrade releases without applying',
    file: 'replica.ts',
    find: 'this.#apply(operation);\n      this.#quarantined.delete',
    replace: 'this.#quarantined.delete',
  },
  {
    name: 'a refusal leaves the values in the records',
    file: 'replica.ts',
    find: "this.#log.replace(dot, { type: 'voiding', voiding });\n    this.#refold(voiding.replaced.map(recordKey));",
    replace: "this.#log.replace(dot, { type: 'voiding', voiding });",
  },
  {
    name: 'what a refused write had replaced comes back',
    file: 'voiding.ts',
    find: 'else pending.push(...replacedIn(voiding, write, field));',
    replace: '',
  },
  {
    name: 'the author loses a refused operation',
    file: 'replica.ts',
    find: "if (refused?.type === 'operation') this.#refused.set(dot, refused.operation);",
    replace: '',
  },
  {
    name: 'a fork is settled by who comes first',
    file: 'fork.ts',
    find: 'return left < right;',
    replace: 'return left === right;',
  },
  {
    name: 'a settled fork leaves earlier writes as they were',
    file: 'replica.ts',
    find: 'if (this.#branches.forks.has(operation.device)) this.#refold(operation.writes.map(recordKey));',
    replace: '',
  },
  {
    name: 'the losing chain of a fork is dropped',
    file: 'replica.ts',
    find: "for (const each of losing) if (this.#receiveBranch(each, 'fork') === 'gap') break;",
    replace: '',
  },
  {
    name: 'a renamed chain still names its old dots',
    file: 'fork.ts',
    find: 'device === forked && seq >= partedAt ?',
    replace: 'device === forked && seq < partedAt - seq ?',
  },
  {
    name: 'a refused operation is put in its place twice',
    file: 'voiding.ts',
    find: "if (voidingOf(dot) !== undefined) return 'duplicate';",
    replace: '',
  },
  {
    name: 'an upgrade applies and keeps waiting',
    file: 'replica.ts',
    find: 'this.#apply(operation);\n      this.#quarantined.delete(dotOf(operation));',
    replace: 'this.#apply(operation);',
  },
  {
    name: 'what left the quarantine of a snapshot is lost when folded again',
    file: 'replica.ts',
    find: 'if (!isOut && touchesRecord(operation, key)) yield operation;',
    replace: '',
  },
  {
    name: 'an alias is forgotten when a record gets another number',
    file: 'reference.ts',
    find: 'else naming.aliases.add(number).add(label);',
    replace: '',
  },
  {
    name: 'undo replaces what somebody changed since',
    file: 'undo.ts',
    find: 'head !== undefined && others.length === 0 && equalValues(head.value, value) ?',
    replace: 'head !== undefined && others.length === 0 ?',
  },
  {
    name: 'undo replaces one of several heads',
    file: 'undo.ts',
    find: 'others.length === 0 &&',
    replace: 'others.length >= 0 &&',
  },
  {
    name: 'undo deletes a record that somebody added to',
    file: 'undo.ts',
    find: 'const since = [...changed, ...addedSince(state, write)];',
    replace: 'const since = [...changed];',
  },
  {
    name: 'a deletion hides what its author had not seen',
    file: 'shown.ts',
    find: '!deletions.some((seen) => seen(head.dot))',
    replace: '!deletions.some((seen) => seen(head.dot) || head.dot !== "")',
  },
  {
    name: 'joining a snapshot forgets the tail',
    file: 'replica.ts',
    find: 'this.#standOn(joined.value, above);',
    replace: 'this.#standOn(joined.value, above.slice(1));',
  },
  {
    name: 'a snapshot leaves the quarantine out',
    file: 'replica.ts',
    find: 'quarantined: this.quarantined,',
    replace: 'quarantined: [],',
  },
  {
    name: 'a record enters the scope whatever the endpoint lacks',
    file: 'scope.ts',
    find: 'device === own || seqOf(sent, device) >= seq)',
    replace: 'device === own || seqOf(sent, device) >= seq - 1000)',
  },
  {
    name: 'a record enters the scope without what waits for an upgrade',
    file: 'scope.ts',
    find: 'return waitsFor(waiting, key) ?',
    replace: 'return waitsFor(waiting, "") ?',
  },
  {
    name: 'the cursor survives another epoch',
    file: 'exchange.ts',
    find: 'if (cursor.epoch !== hello.epoch || cursor.position > hello.head) return start;',
    replace: 'if (cursor.epoch === "") return start;',
  },
  {
    name: 'a restored log is believed complete',
    file: 'exchange.ts',
    find: 'return complete ? cursor : start;',
    replace: 'return complete ? cursor : cursor;',
  },
  {
    name: 'the first operation an endpoint lacks is not sent',
    file: 'version-vector.ts',
    find: 'after: seqOf(right, device)',
    replace: 'after: seqOf(right, device) + 1',
  },
  {
    name: 'clients never send again what a snapshot holds',
    file: 'exchange.ts',
    find: 'for (const operation of kept) {',
    replace: 'for (const operation of kept.slice(kept.length)) {',
  },
  {
    name: 'the clock follows the wall back',
    file: 'hybrid-clock.ts',
    find: 'return wall > last[0] ? [wall, 0] : [last[0], last[1] + 1];',
    replace: 'return [wall, 0];',
  },
  {
    name: 'a hash depends on the order of keys',
    file: 'canonical-json.ts',
    find: 'return left < right ? -1 : 1;',
    replace: 'return left === right ? 1 : 0;',
  },
  {
    name: 'two records show one number',
    file: 'reference.ts',
    find: 'const label = rank === 0 ? number :',
    replace: 'const label = rank >= 0 ? number :',
  },
];
