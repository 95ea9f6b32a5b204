/**
 * The independent truth: which writes have seen which, by full knowledge of what reached whom. It shares no code with
 * the core and knows nothing of dots, parents, version vectors or hashes. A site is a device or an endpoint.
 */
export interface OracleWrite {
  readonly record: string;
  readonly field: string;
  readonly value: string;
}

interface OracleOperation {
  readonly writes: readonly OracleWrite[];
  /** The operation its author made just before; -1 for none. It can be held only where that one is. */
  readonly previous: number;
  readonly version: number;
  /** What its author had applied when making it. */
  readonly seen: Knowledge;
  /** The same for records whose state its author was sent as a whole. */
  readonly seenOf: ReadonlyMap<string, Knowledge>;
}

interface Head {
  readonly number: number;
  readonly value: string;
}

/** A set of operation numbers. */
export class Knowledge {
  readonly #words: Uint32Array;
  constructor(words = new Uint32Array(8)) {
    this.#words = words;
  }
  has(operation: number): boolean {
    return operation >= 0 && ((this.#words[operation >>> 5] ?? 0) & (1 << (operation & 31))) !== 0;
  }
  add(operation: number): void {
    if (operation >>> 5 >= this.#words.length) throw new Error('more operations than the oracle has room for');
    this.#words[operation >>> 5] = (this.#words[operation >>> 5] ?? 0) | (1 << (operation & 31));
  }
  copy(): Knowledge {
    return new Knowledge(this.#words.slice());
  }
  delete(operation: number): void {
    if (this.has(operation))
      this.#words[operation >>> 5] = (this.#words[operation >>> 5] ?? 0) & ~(1 << (operation & 31));
  }
  addAll(other: Knowledge): void {
    for (let index = 0; index < this.#words.length; index += 1)
      this.#words[index] = (this.#words[index] ?? 0) | (other.#words[index] ?? 0);
  }
  deleteAll(other: Knowledge): void {
    for (let index = 0; index < this.#words.length; index += 1)
      this.#words[index] = (this.#words[index] ?? 0) & ~(other.#words[index] ?? 0);
  }
  includes(other: Knowledge): boolean {
    return this.#words.every((word, index) => ((other.#words[index] ?? 0) & ~word) === 0);
  }
  get size(): number {
    let count = 0;
    for (const word of this.#words) for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
    return count;
  }
}

/** What a site knows: what reached it, what of that it shows, and what it was told is refused (that shows no longer). */
export interface Known {
  readonly held: Knowledge;
  readonly applied: Knowledge;
  readonly refused: Knowledge;
}

interface Site {
  held: Knowledge;
  applied: Knowledge;
  refused: Knowledge;
  /** Per record that entered its scope, what the state it was sent had applied. */
  entered: Map<string, Knowledge>;
  version: number;
}

export class Oracle {
  readonly #operations: OracleOperation[] = [];
  readonly #sites = new Map<string, Site>();
  readonly #refused = new Set<number>();
  readonly #lost = new Set<number>();

  get count(): number {
    return this.#operations.length;
  }

  openSite(name: string, version: number): void {
    this.#sites.set(name, { ...knowNothing(), entered: new Map(), version });
  }

  /** The site lost its memory; `known` is what it still has (a snapshot's knowledge). */
  forget(name: string, known?: Known): void {
    const site = this.#site(name);
    Object.assign(site, known === undefined ? knowNothing() : copyKnown(known), { entered: new Map() });
    this.#applyReadable(site);
  }

  authored(name: string, previous: number, writes: readonly OracleWrite[], version: number): number {
    const site = this.#site(name);
    this.#operations.push({ writes, previous, version, seen: site.applied.copy(), seenOf: new Map(site.entered) });
    const number = this.#operations.length - 1;
    site.held.add(number);
    site.applied.add(number);
    return number;
  }

  /**
   * An operation reaches a site, maybe again, maybe too early. `needs` is the version that reads what is sent of it;
   * `first` says that it comes as the first of a chain (the losing chain of a fork does) and needs no other before it.
   */
  offer(name: string, number: number, needs: number, first: boolean): void {
    const operation = this.#operations[number];
    if (operation === undefined) throw new Error(`nobody made operation ${number}`);
    const site = this.#site(name);
    if (operation.previous >= 0 && !first && !site.held.has(operation.previous)) return;
    site.held.add(number);
    if (needs <= site.version && !site.refused.has(number)) site.applied.add(number);
  }

  /**
   * The mark that an operation was refused reaches a site. It fills the operation's place and shows none of its values,
   * so nobody there has seen the write from then on, nor by it what it had replaced.
   */
  offerRefusal(name: string, number: number): void {
    const site = this.#site(name);
    const previous = this.previousOf(number);
    if (previous >= 0 && !site.held.has(previous)) return;
    site.held.add(number);
    site.refused.add(number);
    site.applied.delete(number);
  }

  upgrade(name: string, version: number): void {
    const site = this.#site(name);
    site.version = version;
    this.#applyReadable(site);
  }

  knowledge(name: string): Known {
    return copyKnown(this.#site(name));
  }

  /** Restricts knowledge to operations a cut lets through. */
  restrict(known: Known, lets: (number: number) => boolean): Known {
    const restricted = copyKnown(known);
    for (let number = 0; number < this.count; number += 1) {
      if (lets(number)) continue;
      restricted.held.delete(number);
      restricted.applied.delete(number);
      restricted.refused.delete(number);
    }
    return restricted;
  }

  learn(name: string, known: Known): void {
    const site = this.#site(name);
    addKnown(site, known);
    this.#applyReadable(site);
  }

  /** Of what another site had applied, the operations on one record become known (the record enters the scope). */
  learnRecord(name: string, applied: Knowledge, record: string): void {
    const { entered } = this.#site(name);
    const known = applied.copy();
    const before = entered.get(record);
    if (before !== undefined) known.addAll(before);
    entered.set(record, known);
  }

  refuse(number: number): void {
    this.#refused.add(number);
  }
  isRefused(number: number): boolean {
    return this.#refused.has(number);
  }
  lose(number: number): void {
    this.#lost.add(number);
  }
  isLost(number: number): boolean {
    return this.#lost.has(number);
  }
  previousOf(number: number): number {
    return this.#operations[number]?.previous ?? -1;
  }
  held(name: string): Knowledge {
    return this.#site(name).held;
  }

  /** True when a site has applied, with each operation, everything its author had seen. */
  isClosed(name: string): boolean {
    const { applied } = this.#site(name);
    return this.#operations.every((operation, number) => !applied.has(number) || applied.includes(operation.seen));
  }

  /** Records whose deletion stands: each value left, of whatever field, was seen by who deleted it, and nobody restored. */
  deletedRecords(deletionField: string): ReadonlySet<string> {
    const byRecord = new Map<string, { deletions: readonly Head[]; others: Head[] }>();
    for (const [key, heads] of this.#maximal()) {
      const record = key.slice(0, key.indexOf(' '));
      const known = byRecord.get(record) ?? { deletions: [], others: [] };
      byRecord.set(record, known);
      if (key === `${record} ${deletionField}`) known.deletions = heads;
      else known.others.push(...heads);
    }
    const stands = ([record, { deletions, others }]: [
      string,
      { deletions: readonly Head[]; others: Head[] },
    ]): boolean =>
      deletions.length > 0 &&
      deletions.every(({ value }) => value !== 'null') &&
      others.every(({ number }) => deletions.some((deletion) => this.#hasSeen(deletion.number, number, record)));
    return new Set([...byRecord].filter(stands).map(([record]) => record));
  }

  /** What is shown at the end, or at one site: the values of `#maximal`, sorted. */
  heads(name?: string): Map<string, readonly string[]> {
    return new Map([...this.#maximal(name)].map(([key, heads]) => [key, heads.map(({ value }) => value).sort()]));
  }

  #hasSeen(later: number, earlier: number, record: string): boolean {
    const operation = this.#operations[later];
    if (operation === undefined) return false;
    return later === earlier || operation.seen.has(earlier) || operation.seenOf.get(record)?.has(earlier) === true;
  }

  /**
   * Writes that no other write of the field has seen, by `record field`; over all operations, or those of one site.
   * A write has seen what its author had applied, and what the writes of the field seen by it had seen.
   */
  #maximal(name?: string): Map<string, readonly Head[]> {
    const among = name === undefined ? undefined : this.#site(name).applied;
    const byField = new Map<string, { number: number; value: string; before: Set<number> }[]>();
    for (const [number, operation] of this.#operations.entries()) {
      if (this.#lost.has(number) || (among !== undefined && !among.has(number))) continue;
      for (const { record, field, value } of operation.writes) {
        const key = `${record} ${field}`;
        const writes = byField.get(key) ?? [];
        byField.set(key, writes);
        const before = new Set<number>();
        for (const earlier of writes) {
          if (earlier.number === number || !this.#hasSeen(number, earlier.number, record)) continue;
          before.add(earlier.number);
          for (const each of earlier.before) before.add(each);
        }
        writes.push({ number, value, before });
      }
    }
    const heads = new Map<string, readonly Head[]>();
    for (const [key, writes] of byField) {
      const valid = writes.filter((write) => !this.#refused.has(write.number));
      const maximal = valid.filter((write) => !valid.some((other) => other.before.has(write.number)));
      if (maximal.length > 0) heads.set(key, maximal);
    }
    return heads;
  }

  #applyReadable(site: Site): void {
    for (const [number, operation] of this.#operations.entries()) {
      if (site.held.has(number) && operation.version <= site.version) site.applied.add(number);
    }
    site.applied.deleteAll(site.refused);
  }

  #site(name: string): Site {
    const site = this.#sites.get(name);
    if (site === undefined) throw new Error(`the oracle has no site ${name}`);
    return site;
  }
}

export function copyKnown({ held, applied, refused }: Known): Known {
  return { held: held.copy(), applied: applied.copy(), refused: refused.copy() };
}

/** Adds what another site knows. */
export function addKnown(known: Known, other: Known): void {
  known.held.addAll(other.held);
  known.refused.addAll(other.refused);
  known.applied.addAll(other.applied);
  known.applied.deleteAll(known.refused);
}

function knowNothing(): Known {
  return { held: new Knowledge(), applied: new Knowledge(), refused: new Knowledge() };
}
