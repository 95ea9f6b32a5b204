import type { EntryLog } from './entry-log.ts';
import type { Entry } from './entry.ts';
import type { Dot } from './operation.ts';
import type { VersionVector } from './record-state.ts';
import { includes, seqOf } from './version-vector.ts';

/** What an endpoint says of itself at the start of every exchange. */
export interface Hello {
  /** Random id of the authority's life: new after a restore or a change of host. */
  readonly epoch: string;
  /** Position of the newest entry of its log. */
  readonly head: number;
  readonly held: VersionVector;
  /** Dots of refused operations, and per forked device the hash it holds where the chains part. */
  readonly voided: readonly Dot[];
  readonly forks: Readonly<Record<string, { readonly seq: number; readonly hash: string }>>;
}

/** Where a client left off. Stored in the same transaction as what was pulled (I6). */
export interface Cursor {
  readonly epoch: string;
  readonly position: number;
}

/** What a client knows of its own replica for planning an exchange. */
export interface Standing {
  readonly held: VersionVector;
  readonly voided: ReadonlySet<Dot>;
}

/**
 * Where to pull from. Begins anew, keeping everything, when the endpoint is another or was restored: its epoch changed,
 * its log is shorter than the cursor, or it has nothing more to send although it holds what is not held here.
 */
export function planPull(cursor: Cursor, hello: Hello, standing: Standing): Cursor {
  const start = { epoch: hello.epoch, position: 0 };
  if (cursor.epoch !== hello.epoch || cursor.position > hello.head) return start;
  if (cursor.position < hello.head) return cursor;
  const complete = includes(standing.held, hello.held) && hello.voided.every((dot) => standing.voided.has(dot));
  return complete ? cursor : start;
}

/**
 * What to push: everything held that the endpoint lacks, by its version vector and never by memory of what was sent,
 * so that lost replies and an endpoint restored from backup heal by themselves; refusals it does not know; and from
 * where they part, the chains of forked devices that it settled otherwise.
 */
export function planPush(
  log: Pick<EntryLog, 'above' | 'chain' | 'hashOf' | 'entryAt'>,
  hello: Hello,
  standing: Standing,
  forks: ReadonlyMap<string, number>,
): readonly Entry[] {
  const known = new Set(hello.voided);
  const voidings = [...standing.voided].filter((dot) => !known.has(dot)).flatMap((dot) => log.entryAt(dot) ?? []);
  const chains = [...forks].filter(([device, seq]) => {
    const theirs = hello.forks[device];
    return seqOf(hello.held, device) >= seq && (theirs?.seq !== seq || theirs.hash !== log.hashOf(`${device}:${seq}`));
  });
  const parted = chains.flatMap(([device, seq]) => log.chain(device, seq));
  return [...new Set([...voidings, ...parted, ...log.above(hello.held)])];
}
