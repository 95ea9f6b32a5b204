import type { EntryLog } from './entry-log.ts';
import type { HashOf, Link } from './admission.ts';
import { dotOfEntry, linkOfEntry, type Entry } from './entry.ts';
import { branchDevice } from './fork.ts';
import { hashOperation } from './operation-hash.ts';
import { dotOf, type Dot, type Operation } from './operation.ts';
import type { VersionVector } from './record-state.ts';
import { covers, includes, seqOf } from './version-vector.ts';
import type { Voiding } from './voiding.ts';

/** What an endpoint says of itself at the start of every exchange. */
export interface Hello {
  /** Random id of the authority's life: new after a restore or a change of host. */
  readonly epoch: string;
  /** Position of the newest entry of its log. */
  readonly head: number;
  readonly held: VersionVector;
  /** Hash of the last operation held of each device: equal vectors may stand for other contents, after a fork. */
  readonly lastHash: Readonly<Record<string, string>>;
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
  readonly hashOf: HashOf;
  readonly voidings: ReadonlyMap<Dot, Voiding>;
  /** Per device with a fork, where its chains part. */
  readonly forks: ReadonlyMap<string, number>;
}

/**
 * Where to pull from. Begins anew, keeping everything, when the endpoint is another or was restored: its epoch changed,
 * its log is shorter than the cursor, or it has nothing more to send although it holds what is not held here: more of
 * a device, other content of the same dots (both were given out while a fork was not known), or refusals.
 */
export function planPull(cursor: Cursor, hello: Hello, standing: Standing): Cursor {
  const start = { epoch: hello.epoch, position: 0 };
  if (cursor.epoch !== hello.epoch || cursor.position > hello.head) return start;
  if (cursor.position < hello.head) return cursor;
  const complete =
    includes(standing.held, hello.held) &&
    holdsSameContents(hello, standing.hashOf) &&
    hello.voided.every((dot) => standing.voidings.has(dot));
  return complete ? cursor : start;
}

/** A hash ends a chain: where the last one agrees, all before it does. One that is not known here says nothing. */
function holdsSameContents({ held, lastHash }: Hello, hashOf: HashOf): boolean {
  return Object.entries(lastHash).every(([device, theirs]) => {
    const own = hashOf(`${device}:${seqOf(held, device)}`);
    return own === undefined || own === theirs;
  });
}

/**
 * The cursor after a page, to be stored with what was taken of it. `taken` counts entries taken or held already, up to
 * the first that did not fit. One that does not fit shows that the log is not the one the cursor was for (restored
 * under the same epoch): begin anew. A page that came late moves the cursor only if it continues it.
 */
export function cursorAfter(
  cursor: Cursor,
  page: { readonly epoch: string; readonly from: number; readonly entries: readonly unknown[] },
  taken: number,
): Cursor {
  if (taken < page.entries.length) return { epoch: page.epoch, position: 0 };
  const reached = page.from + taken;
  if (page.from === 0) return { epoch: page.epoch, position: reached };
  if (cursor.epoch !== page.epoch || cursor.position < page.from) return cursor;
  return { epoch: cursor.epoch, position: Math.max(cursor.position, reached) };
}

/**
 * What to push: everything held that the endpoint lacks, by its version vector and never by memory of what was sent,
 * so that lost replies and an endpoint restored from backup heal by themselves; refusals it does not know; and from
 * where they part, the chains of forked devices that it settled otherwise. `kept` are own operations from the journal,
 * as they were made: for those that a snapshot stands in for here, since the endpoint may have lost them; and for those
 * whose chain lost a fork. These go out under their old name: only that is signed for, the endpoint renames them.
 */
export function planPush(
  log: Pick<EntryLog, 'above' | 'chain' | 'hashOf'>,
  hello: Hello,
  standing: Standing,
  kept: readonly Operation[],
): readonly Entry[] {
  const refusals = new Set(hello.voided);
  const entries = new Map<string, Entry>();
  for (const operation of kept) {
    const dot = dotOf(operation);
    if (!covers(hello.held, dot) && covers(standing.held, dot)) entries.set(dot, { type: 'operation', operation });
  }
  const renamed = new Set<string>();
  for (const [device, seq] of standing.forks) {
    for (const operation of losingOf(kept, device, seq, log.hashOf)) {
      const { branch, dot } = operation;
      renamed.add(branch);
      if (!covers(hello.held, dot))
        entries.set(`${dotOf(operation.made)} ${branch}`, { type: 'operation', operation: operation.made });
    }
    const theirs = Object.hasOwn(hello.forks, device) ? hello.forks[device] : undefined;
    const alike = theirs?.seq === seq && theirs.hash === log.hashOf(`${device}:${seq}`);
    if (!alike) for (const entry of log.chain(device, seq)) entries.set(dotOfEntry(entry), entry);
  }
  for (const entry of log.above(hello.held))
    if (!renamed.has(linkOfEntry(entry).device)) entries.set(dotOfEntry(entry), entry);
  for (const [dot, voiding] of standing.voidings)
    if (!refusals.has(dot)) entries.set(dot, { type: 'voiding', voiding });
  return [...entries.values()]
    .map((entry) => ({ entry, ...linkOfEntry(entry) }))
    .sort(byChain)
    .map(({ entry }) => entry);
}

/** Own operations from the dot on at which another chain has their device's name, with the names they have now. */
function losingOf(
  kept: readonly Operation[],
  device: string,
  partedAt: number,
  hashOf: HashOf,
): readonly { readonly made: Operation; readonly branch: string; readonly dot: Dot }[] {
  const made = kept.filter((operation) => operation.device === device && operation.seq >= partedAt);
  const parting = made.find(({ seq }) => seq === partedAt);
  if (parting === undefined || hashOf(dotOf(parting)) === hashOperation(parting)) return [];
  const branch = branchDevice(device, hashOperation(parting));
  return made.map((each) => ({ made: each, branch, dot: `${branch}:${each.seq - partedAt + 1}` }));
}

function byChain(left: Link, right: Link): number {
  if (left.device !== right.device) return left.device < right.device ? -1 : 1;
  return left.seq - right.seq;
}
