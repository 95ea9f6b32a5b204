import { BranchBook } from '../../shared/sync/branch-book.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { dotOf, parseDot, type Dot, type Operation } from '../../shared/sync/operation.ts';
import { operationSchema } from '../../shared/sync/operation.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { readRecordState } from '../../shared/sync/snapshot.ts';
import { voidingSchema, type Voiding } from '../../shared/sync/voiding.ts';
import type { ChainRow, RecordRow, SpaceRow, StoreReader } from '../store/store.ts';
import { readPurgedFields, type PurgedFields } from './purged-fields.ts';

/** A record as admission holds it. */
export interface HeldRecord {
  readonly state: RecordState;
  readonly firstPosition: number;
  readonly partOf: string | null;
  /** As `RecordRow` has it. */
  readonly trail: string | null;
}

const recordsAtMost = 20_000;

/**
 * What admission must know of the space, as of one moment. Valid only while head and changes in the store are the same:
 * whoever holds the row lock compares and reads again when another process wrote (D10).
 */
export class Mirror {
  head = -1;
  /** Chains change without the head where only a signature came. */
  chainChanges = -1;
  readonly chains = new Map<string, ChainRow>();
  readonly voidings = new Map<Dot, Voiding>();
  readonly waiting = new Map<Dot, Operation>();
  readonly records = new Map<string, HeldRecord | null>();
  /** Chains that lost a fork, and how many lines of the book the store has. */
  branches = new BranchBook();
  branchesKept = 0;
  /** Fields that were emptied for good. */
  purged: PurgedFields = new Map();
  /** Queues by the person who is a member; null when a queue changed since they were read. */
  memberships: ReadonlyMap<string, readonly string[]> | null = null;

  static async read(store: StoreReader, { head, chainChanges }: SpaceRow): Promise<Mirror> {
    const mirror = new Mirror();
    mirror.head = head;
    mirror.chainChanges = chainChanges;
    for (const chain of await store.chains()) mirror.chains.set(chain.device, chain);
    for (const row of await store.voidings()) {
      const voiding = voidingSchema.parse(JSON.parse(row.body));
      mirror.voidings.set(dotOf(voiding), voiding);
    }
    for (const row of await store.waiting()) {
      const operation = operationSchema.parse(JSON.parse(row.body));
      mirror.waiting.set(dotOf(operation), operation);
    }
    const branches = await store.branches();
    mirror.branches = new BranchBook(branches);
    mirror.branchesKept = branches.length;
    mirror.purged = readPurgedFields(await store.archive.purges());
    return mirror;
  }

  readonly voidingOf = (dot: Dot): Voiding | undefined => this.voidings.get(dot);

  readonly covers = (dot: Dot): boolean => {
    const { device, seq } = parseDot(dot);
    return seq <= (this.chains.get(device)?.seq ?? 0);
  };

  readonly holds = (dot: Dot): boolean => this.covers(dot) && !this.waiting.has(dot);

  isAsOf({ head, chainChanges }: SpaceRow): boolean {
    return this.head === head && this.chainChanges === chainChanges;
  }

  /** Brings the records of these keys into memory; a key without a record is remembered as such. */
  async load(store: StoreReader, keys: Iterable<string>): Promise<void> {
    if (this.records.size > recordsAtMost) this.records.clear();
    const missing = [...new Set(keys)].filter((key) => !this.records.has(key));
    if (missing.length === 0) return;
    for (const key of missing) this.records.set(key, null);
    for (const row of await store.records(missing)) this.records.set(row.record, asHeldRecord(row));
  }
}

export function asHeldRecord(row: RecordRow): HeldRecord {
  return { state: parseState(row), firstPosition: row.firstPosition, partOf: row.partOf, trail: row.trail };
}

export function asRecordRow(record: string, position: number, held: HeldRecord): RecordRow {
  const { state, firstPosition, partOf, trail } = held;
  return { record, entity: state.entity, partOf, firstPosition, position, state: JSON.stringify(state), trail };
}

export function parseState(row: Pick<RecordRow, 'record' | 'state'>): RecordState {
  const { data: state, error } = readRecordState(JSON.parse(row.state));
  if (state === undefined) throw new TypeError(`store: ${row.record} does not parse`, { cause: error });
  if (recordKey(state) !== row.record) throw new TypeError(`store: ${row.record} holds ${recordKey(state)}`);
  return state;
}
