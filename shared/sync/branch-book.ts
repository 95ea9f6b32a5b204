import { linkOf } from './admission.ts';
import { branchDevice, renameToBranch } from './fork.ts';
import { hashOperation } from './operation-hash.ts';
import type { Operation } from './operation.ts';

/** What one operation of a losing chain is known as. */
export interface Branch {
  readonly device: string;
  readonly partedAt: number;
  /** Hash of the renamed operation, that the next renamed one names as its previous. */
  readonly renamedHash: string;
}

/**
 * The losing chains a replica knows: for each operation of one, the branch device it is held under.
 * Invariant: what an operation is renamed to follows from its chain alone, so all replicas rename alike.
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

  /** All there is to know, to be kept and given to the constructor again. */
  get entries(): ReadonlyMap<string, Branch> {
    return this.#branches;
  }

  /** Per device with a known fork, the lowest sequence number at which chains part. */
  get forks(): ReadonlyMap<string, number> {
    return this.#forks;
  }

  /** Whether an operation of a losing chain was renamed before. */
  holds(operation: Operation): boolean {
    return this.#branches.has(`${operation.device} ${hashOperation(operation)}`);
  }

  /** A losing chain begins with this operation. */
  open(parting: Operation): void {
    const device = branchDevice(parting.device, hashOperation(parting));
    this.#branches.set(`${parting.device} first ${hashOperation(parting)}`, {
      device,
      partedAt: parting.seq,
      renamedHash: '',
    });
    this.#noteFork(parting.device, parting.seq);
  }

  #noteFork(device: string, seq: number): void {
    this.#forks.set(device, Math.min(seq, this.#forks.get(device) ?? seq));
  }

  /** The operation as its branch device's; undefined when its chain is not known to have lost. */
  rename(operation: Operation): Operation | undefined {
    const branch = this.#branchOf(operation);
    return branch && renameToBranch(operation, branch.device, branch.partedAt, branch.renamedHash);
  }

  /** The renamed operation is held: the chain goes on from it. */
  extend(operation: Operation, renamed: Operation): void {
    const branch = this.#branchOf(operation);
    if (branch !== undefined)
      this.#branches.set(`${operation.device} ${hashOperation(operation)}`, {
        ...branch,
        renamedHash: hashOperation(renamed),
      });
  }

  #branchOf(operation: Operation): Branch | undefined {
    const { device, hash, previousHash } = linkOf(operation);
    return this.#branches.get(`${device} first ${hash}`) ?? this.#branches.get(`${device} ${previousHash}`);
  }
}
