import { linkOf, type Link } from './admission.ts';
import { branchDevice, renameToBranch, renameVoiding } from './fork.ts';
import type { Operation } from './operation.ts';
import type { Voiding } from './voiding.ts';

/** What one entry of a losing chain is known as. */
export interface Branch {
  readonly device: string;
  readonly partedAt: number;
  /** Hash of the renamed entry, that the next renamed one names as its previous. */
  readonly renamedHash: string;
}

/** What fills a place of a chain whole: an operation, or the mark that it was refused. */
type Filling = Operation | Voiding;

/**
 * The losing chains a replica knows: for each entry of one, the branch device it is held under.
 * Invariant: what an entry is renamed to follows from its chain alone, so all replicas rename alike.
 */
export class BranchBook {
  readonly #branches = new Map<string, Branch>();
  readonly #forks = new Map<string, number>();

  constructor(known: Iterable<readonly [key: string, branch: Branch]> = []) {
    for (const [key, branch] of known) {
      this.#branches.set(key, branch);
      this.#noteFork(key.slice(0, key.indexOf(' ')), branch.partedAt);
    }
  }

  /** All there is to know, in the order in which it was written, to be kept and given to the constructor again. */
  get entries(): ReadonlyMap<string, Branch> {
    return this.#branches;
  }

  /** Per device with a known fork, the lowest sequence number at which chains part. */
  get forks(): ReadonlyMap<string, number> {
    return this.#forks;
  }

  /** Whether an entry of a losing chain was renamed before. */
  holds(entry: Filling): boolean {
    const { device, hash } = linkIn(entry);
    return this.#branches.has(`${device} ${hash}`);
  }

  /** A losing chain begins with this entry. */
  open(parting: Filling): void {
    const { device, seq, hash } = linkIn(parting);
    const branch = { device: branchDevice(device, hash), partedAt: seq, renamedHash: '' };
    this.#branches.set(`${device} first ${hash}`, branch);
    this.#noteFork(device, seq);
  }

  #noteFork(device: string, seq: number): void {
    this.#forks.set(device, Math.min(seq, this.#forks.get(device) ?? seq));
  }

  /** The operation as its branch device's; undefined when its chain is not known to have lost. */
  rename(operation: Operation): Operation | undefined {
    const branch = this.#branchOf(linkOf(operation));
    return branch && renameToBranch(operation, branch.device, branch.partedAt, branch.renamedHash);
  }

  renameVoiding(voiding: Voiding): Voiding | undefined {
    const branch = this.#branchOf(voiding);
    return branch && renameVoiding(voiding, branch.device, branch.partedAt, branch.renamedHash);
  }

  /** The renamed entry is held: the chain goes on from it. */
  extend(entry: Filling, renamed: Filling): void {
    const link = linkIn(entry);
    const branch = this.#branchOf(link);
    if (branch !== undefined)
      this.#branches.set(`${link.device} ${link.hash}`, { ...branch, renamedHash: linkIn(renamed).hash });
  }

  #branchOf({ device, hash, previousHash }: Link): Branch | undefined {
    return this.#branches.get(`${device} first ${hash}`) ?? this.#branches.get(`${device} ${previousHash}`);
  }
}

function linkIn(entry: Filling): Link {
  return 'writes' in entry ? linkOf(entry) : entry;
}
