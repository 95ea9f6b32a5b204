import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Admission, HashOf, Link } from './admission.ts';
import { mintDeviceId } from './device-id.ts';
import { hashDigits, parseDot, type Dot, type Operation } from './operation.ts';
import type { Voiding } from './voiding.ts';

/**
 * Forks (I8). A device that was cloned, or rolled back and used on, gives one dot two contents. Every replica settles
 * it alike, alone and in any order: at the first dot where the chains part, the content with the smaller hash keeps
 * the device's name; the other chain is read as the operations of a device of its own, whose id follows from the
 * parting operation. Nothing is lost, and no dot ever names two contents. The devices that share the id mint new ones.
 */
export function branchDevice(device: string, partingHash: string): string {
  return mintDeviceId(sha256(utf8ToBytes(`branch ${device} ${partingHash}`)));
}

/** Whether the chain that begins with `left` keeps the name against the one that begins with `right`. */
export function keepsName(left: string, right: string): boolean {
  return left < right;
}

/**
 * What to do with an operation that does not continue the chain held of its device, and is of no losing chain known:
 * - opens-branch: it parts from the chain held and loses; it and what follows it are read as a branch device's;
 * - takes-over: it parts from the chain held and wins; what is held from its place on becomes the branch;
 * - gap, foreign-hash: not taken, what precedes it in its own chain is not known;
 * - needs-history: what it would take out lies inside the snapshot.
 */
export type ForkVerdict = 'opens-branch' | 'takes-over' | 'gap' | 'foreign-hash' | 'needs-history';

export function judgeFork(
  { device, seq, previousHash, hash }: Link,
  admission: Admission,
  log: { hashOf: HashOf; lastSeq: (device: string) => number; inStart: (dot: Dot) => boolean },
): ForkVerdict {
  const before = seq === 1 ? '' : log.hashOf(`${device}:${seq - 1}`);
  if (admission !== 'fork' || before !== previousHash) return seq > log.lastSeq(device) + 1 ? 'gap' : 'foreign-hash';
  if (log.inStart(`${device}:${seq}`)) return 'needs-history';
  return keepsName(hash, log.hashOf(`${device}:${seq}`) ?? '') ? 'takes-over' : 'opens-branch';
}

/**
 * An operation of the losing chain as the operation of its branch device. `partedAt` is the sequence number at which
 * the chains part; dots of the chain from there on, named as parents, are renamed alike.
 */
export function renameToBranch(
  operation: Operation,
  branch: string,
  partedAt: number,
  previousHash: string,
): Operation {
  const rename = renamerOf(operation.device, branch, partedAt);
  return {
    ...operation,
    device: branch,
    seq: operation.seq - partedAt + 1,
    previousHash,
    writes: operation.writes.map((write) => ({ ...write, parents: renameParents(write.parents, rename) })),
  };
}

/**
 * A refusal inside a losing chain. The content is not known, so the hash of its renamed operation is not either: the
 * place gets one that follows from what is known, and the chain goes on from that.
 */
export function renameVoiding(voiding: Voiding, branch: string, partedAt: number, previousHash: string): Voiding {
  const rename = renamerOf(voiding.device, branch, partedAt);
  const hash = bytesToHex(sha256(utf8ToBytes(`refused ${branch} ${previousHash} ${voiding.hash}`)));
  return {
    ...voiding,
    device: branch,
    seq: voiding.seq - partedAt + 1,
    previousHash,
    hash: hash.slice(0, hashDigits),
    replaced: voiding.replaced.map((each) => ({ ...each, parents: renameParents(each.parents, rename) })),
  };
}

type Rename = (dot: Dot) => Dot;

function renamerOf(forked: string, branch: string, partedAt: number): Rename {
  return (dot) => {
    const { device, seq } = parseDot(dot);
    return device === forked && seq >= partedAt ? `${branch}:${seq - partedAt + 1}` : dot;
  };
}

function renameParents(
  parents: Readonly<Record<string, readonly Dot[]>>,
  rename: Rename,
): Readonly<Record<string, readonly Dot[]>> {
  return Object.fromEntries(Object.entries(parents).map(([field, dots]) => [field, dots.map(rename)]));
}
