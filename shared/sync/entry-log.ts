import { admitLink, type Admission, type Link } from './admission.ts';
import { linkOfEntry, type Entry } from './entry.ts';
import { parseDot, type Dot } from './operation.ts';
import type { VersionVector } from './record-state.ts';
import { difference, seqOf } from './version-vector.ts';

/** Where a log begins: a snapshot's version vector, and the hash of the last operation it holds of each device. */
export interface LogStart {
  readonly held: VersionVector;
  readonly lastHash: Readonly<Record<string, string>>;
}

interface Held {
  readonly entry: Entry;
  readonly hash: string;
}

/**
 * The entries a replica holds above a snapshot, per device without gaps.
 * Invariant: `held` = start + entries; each entry's previous hash is the hash before it.
 */
export class EntryLog {
  readonly #start: LogStart;
  readonly #chains = new Map<string, Held[]>();
  readonly #held: Record<string, number>;

  constructor(start: LogStart) {
    this.#start = start;
    this.#held = { ...start.held };
  }

  get held(): VersionVector {
    return { ...this.#held };
  }

  admit(link: Link): Admission {
    return admitLink(link, this.#held, this.hashOf);
  }

  lastSeq(device: string): number {
    return seqOf(this.#held, device);
  }

  covers(dot: Dot): boolean {
    const { device, seq } = parseDot(dot);
    return seq <= this.lastSeq(device);
  }

  /** Hash of the last entry of each device, where it is known. */
  lastHashes(): Record<string, string> {
    const hashes = Object.keys(this.#held).map(
      (device) => [device, this.hashOf(`${device}:${this.lastSeq(device)}`) ?? ''] as const,
    );
    return Object.fromEntries(hashes.filter(([, hash]) => hash !== ''));
  }

  /** Whether a dot lies in the snapshot below the log: it cannot be taken out again. */
  inStart(dot: Dot): boolean {
    const { device, seq } = parseDot(dot);
    return seq <= seqOf(this.#start.held, device);
  }

  readonly hashOf = (dot: Dot): string | undefined => {
    const { device, seq } = parseDot(dot);
    const first = seqOf(this.#start.held, device);
    if (seq === first && Object.hasOwn(this.#start.lastHash, device)) return this.#start.lastHash[device];
    return this.#chains.get(device)?.[seq - first - 1]?.hash;
  };

  entryAt(dot: Dot): Entry | undefined {
    const { device, seq } = parseDot(dot);
    return this.#chains.get(device)?.[seq - seqOf(this.#start.held, device) - 1]?.entry;
  }

  append(entry: Entry): void {
    const { device, seq, hash } = linkOfEntry(entry);
    if (seq !== this.lastSeq(device) + 1)
      throw new Error(`log holds ${device}:${this.lastSeq(device)}; it cannot take ${device}:${seq} next`);
    const chain = this.#chains.get(device);
    if (chain === undefined) this.#chains.set(device, [{ entry, hash }]);
    else chain.push({ entry, hash });
    this.#held[device] = seq;
  }

  /** Puts another entry in a place held already: the mark that the operation there was refused. */
  replace(dot: Dot, entry: Entry): void {
    const { device, seq } = parseDot(dot);
    const chain = this.#chains.get(device);
    const index = seq - seqOf(this.#start.held, device) - 1;
    if (chain?.[index] === undefined) throw new Error(`log has no entry ${dot} to replace`);
    chain[index] = { entry, hash: linkOfEntry(entry).hash };
  }

  /** Takes out all entries of a device from `seq` on, first to last. */
  cut(device: string, seq: number): readonly Entry[] {
    const chain = this.#chains.get(device) ?? [];
    const removed = chain.splice(Math.max(0, seq - seqOf(this.#start.held, device) - 1));
    this.#held[device] = Math.min(this.lastSeq(device), seq - 1);
    return removed.map((held) => held.entry);
  }

  /** Entries above a version vector, by device, each device's in sequence. */
  above(other: VersionVector): readonly Entry[] {
    return difference(this.held, other).flatMap(({ device, after }) => this.chain(device, after + 1));
  }

  /** Entries of one device from `seq` on. */
  chain(device: string, seq = 1): readonly Entry[] {
    const skipped = Math.max(0, seq - seqOf(this.#start.held, device) - 1);
    return (this.#chains.get(device) ?? []).slice(skipped).map((held) => held.entry);
  }

  *entries(): Iterable<Entry> {
    for (const chain of this.#chains.values()) for (const { entry } of chain) yield entry;
  }
}
