import type { Cursor } from '../../../shared/sync/exchange.ts';
import type { Problem, HelloAnswer, PushAnswer } from '../../../shared/sync/protocol.ts';
import type { PullPage } from '../../../shared/sync/protocol-lines.ts';
import type { RecordAnswer, RecordsAnswer, SnapshotManifest } from '../../../shared/sync/protocol-records.ts';
import type { SentRecord } from '../../../shared/sync/sent-record.ts';
import type { TakenEntries } from './apply-page.ts';
import type { RecordName } from './stale-records.ts';

/**
 * The space as an endpoint's exchange sees it: what this desk holds, what is to be pushed, and how answers are taken.
 * All calls may be repeated; answers may come twice or late.
 */
export interface RemoteStore {
  readonly standing: () => RemoteStanding;
  /** Takes the greeting of an endpoint. `clockOffsetMs` is its clock less ours, as measured by the caller. */
  readonly takeHello: (hello: HelloAnswer, clockOffsetMs: number | null) => Promise<HelloTaken>;
  /**
   * What the endpoint lacks, by what it says it holds and never by memory of what was sent, in batches within
   * `hello.limits` and the protocol's.
   */
  readonly outgoing: (hello: HelloAnswer) => AsyncGenerator<PushBatch, void, undefined>;
  readonly takePushAnswer: (answer: PushAnswer) => Promise<PushTaken>;
  /**
   * The operation of a batch of one, which the endpoint cannot take, is put out of the way: a withdrawal is sent in its
   * place, its text goes to the drawer. False when the batch is not one own operation.
   */
  readonly setAside: (batch: PushBatch, problem: Problem) => Promise<boolean>;
  /**
   * One part of the snapshot the endpoint offers, whole and in turn; `manifest` is the one of `hash`. Parts may be taken
   * twice, and over restarts.
   */
  readonly takePart: (given: SnapshotPart) => Promise<PartTaken>;
  readonly pullFrom: (hello: HelloAnswer) => Promise<Cursor>;
  readonly takePage: (page: PullPage) => Promise<AppliedPage>;
  /** A page of all the desk may see, asked for after a key ('' for the first). */
  readonly takeRecords: (answer: RecordsAnswer, after: string) => Promise<void>;
  /** One record with its entries, that was named as stale. */
  readonly takeRecord: (answer: RecordAnswer) => Promise<void>;
  /** One record that was named as stale, and that the endpoint does not find. */
  readonly takeAbsence: (record: RecordName) => Promise<void>;
  /** No endpoint is set up any more: nothing waits for it. What was exchanged stays, and so does where it ended. */
  readonly forget: () => Promise<void>;
}

export interface RemoteStanding {
  readonly device: string;
  /** Id of the person record the desk writes as. */
  readonly person: string;
  readonly cursor: Cursor | null;
  /** What stands for all the desk may see, as it was when that was last fetched; '' before. */
  readonly scope: string;
  /** Up to which of its own operations the endpoint has them; null before the first contact. */
  readonly acknowledgedSeq: number | null;
  readonly waiting: number;
  /** Wall time (ms) of the oldest own operation the endpoint has not. */
  readonly waitingSince: number | null;
  readonly schemaVersion: number;
  /** Records to be fetched anew, also those an earlier exchange could not fetch. */
  readonly stale: readonly RecordName[];
  /** The snapshot of which parts are here, and the next one to take; null when there is none. */
  readonly snapshot: { readonly hash: string; readonly next: number; readonly parts: number } | null;
}

export interface SnapshotPart {
  readonly hash: string;
  readonly manifest: SnapshotManifest;
  /** From 0. */
  readonly part: number;
  readonly records: readonly SentRecord[];
}

/**
 * - out-of-turn: another part is next;
 * - newer-version: a newer version of the program made it;
 * - behind: this desk holds what the snapshot lacks;
 * - forked: the snapshot has other operations under an id of this desk's, or may have.
 * After the last three: say hello again. It asks for what can be taken.
 */
export type PartTaken =
  | { readonly ok: true; readonly next: number; readonly done: boolean }
  | { readonly ok: false; readonly why: 'out-of-turn' | 'newer-version' | 'behind' | 'forked' };

export interface HelloTaken {
  /**
   * - go-on: push, then pull;
   * - wrong-space: this desk exchanges with the endpoint of another space, nothing was taken;
   * - device-renewed: the endpoint holds other operations under this desk's id (a clone, or a restored profile). The
   *   desk has a new id and everything it had; it must be enrolled under it.
   */
  readonly next: 'go-on' | 'wrong-space' | 'device-renewed';
  /**
   * What must come before pages. all-records: what the desk may see is another than it was, or a half taken snapshot is
   * no more; snapshot: the log would be too long, or is no longer there from where it was read.
   */
  readonly fetch: 'nothing' | 'all-records' | 'snapshot';
}

export interface PushBatch {
  /** As `encodePushLine` writes them. */
  readonly lines: string;
  readonly operations: number;
  /** The newest operation of a chain of this desk's own among them, for its signature; null when there is none. */
  readonly end: { readonly device: string; readonly seq: number; readonly hash: string } | null;
}

export interface PushTaken {
  readonly acknowledgedSeq: number;
  /** Own operations that were refused; they are in the drawer. */
  readonly refused: number;
  /** Something must come first: say hello again and begin anew with `outgoing`. */
  readonly needsMore: boolean;
  readonly stale: TakenEntries['stale'];
}

export interface AppliedPage extends TakenEntries {
  readonly cursor: Cursor;
  /** True when the page reached the head of the log as the endpoint had it. */
  readonly atHead: boolean;
  /** The page came from an endpoint of which the desk holds another cursor by now, or the desk has a new id: say hello. */
  readonly greetAgain: boolean;
}
