import type { Branch } from '../../shared/sync/branch-book.ts';
import type { ArchiveReader, ArchiveWriter } from './archive.ts';

/**
 * The store port (D10): what the endpoint keeps, in its own words. One implementation in portable SQL, on two drivers,
 * proven by one conformance suite. Invariants: a position is given under the lock of the space's row and becomes visible
 * with everything at or below it; what `write` resolved is on disk.
 */
export interface Store {
  /** Runs alone among all writers of the space. All or nothing; may be run again from the start before it resolves. */
  write<Value>(work: (store: StoreWriter) => Promise<Value>): Promise<Value>;
  /** Sees one moment. */
  read<Value>(work: (store: StoreReader) => Promise<Value>): Promise<Value>;
  /** Takes what was overwritten out of the files of the database, as far as it lets itself be told. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

export interface SpaceRow {
  readonly id: string;
  readonly epoch: string;
  /** Counts the epochs: numbers given in an earlier one come first. */
  readonly epochOrder: number;
  readonly head: number;
  readonly minPosition: number;
  /** Counts the changes of chains. */
  readonly chainChanges: number;
  /** Official numbers given so far. */
  readonly numbers: number;
  /** The device the endpoint writes as; a new one in each epoch, since a restored backup forgot what it wrote. */
  readonly systemDevice: string;
  /** JSON: the endpoint's private keys. */
  readonly secret: string;
  readonly createdAt: number;
}

export interface LogRow {
  readonly position: number;
  readonly device: string;
  readonly seq: number;
  readonly hash: string;
  readonly kind: 'operation' | 'voiding';
  /** ms. */
  readonly receivedAt: number;
  /** JSON of the operation or the voiding. Of what was purged, with the values emptied: `hash` is that of the whole. */
  readonly body: string;
  readonly isPurged: boolean;
  readonly seal: string | null;
  /** False once the place in the chain is filled otherwise. */
  readonly isCurrent: boolean;
}

/** End of a device's chain, and up to where the device signed it. */
export interface ChainRow {
  readonly device: string;
  readonly seq: number;
  readonly hash: string;
  readonly attested: number;
}

export interface RecordRow {
  /** `entity/id`. */
  readonly record: string;
  readonly entity: string;
  /** For an entry of a log, the record it belongs to. */
  readonly partOf: string | null;
  /** Where it was first and last written. */
  readonly firstPosition: number;
  readonly position: number;
  /** JSON of the `RecordState`. */
  readonly state: string;
  /** JSON of its trail (`SentEvent`); null when nobody followed it: the log tells. */
  readonly trail: string | null;
}

/** What a record is found by: words in lower case, each with a space before it. */
export interface WordsRow {
  readonly record: string;
  readonly words: string;
}

/** A line of the book of branches: under which name an entry of a losing chain is held. */
export type BranchRow = readonly [key: string, branch: Branch];

export interface AccountRow {
  readonly name: string;
  /** Id of the person record; null until the first device is enrolled. */
  readonly person: string | null;
  readonly roles: readonly string[];
  /** Self-describing scrypt; null when there is none. */
  readonly password: string | null;
  readonly disabledAt: number | null;
  /** Who it is at the identity provider, once somebody signed in there: issuer and subject. Null before. */
  readonly subject: string | null;
  readonly createdAt: number;
}

export interface DeviceRow {
  readonly device: string;
  readonly account: string;
  readonly publicKey: string;
  readonly name: string;
  /** The persons the desk worked as before it was enrolled. */
  readonly formerPersons: readonly string[];
  readonly enrolledAt: number;
  readonly seenAt: number | null;
  readonly revokedAt: number | null;
}

export interface CodeRow {
  readonly hash: string;
  readonly account: string;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

export interface RefreshRow {
  readonly hash: string;
  readonly family: string;
  readonly device: string;
  readonly generation: number;
  readonly familyBeganAt: number;
  readonly expiresAt: number;
  readonly replacedBy: string | null;
  readonly revokedAt: number | null;
}

export interface StoreReader {
  readonly archive: ArchiveReader;
  space(): Promise<SpaceRow>;
  /** Entries after a position, in order, at most `limit` and about `bytes` of text (at least one). */
  page(after: number, limit: number, bytes: number): Promise<readonly LogRow[]>;
  /** The version vector: every device, or those named. */
  chains(devices?: readonly string[]): Promise<readonly ChainRow[]>;
  /** Current entries of one device from `seq` up to `upTo`, in sequence. */
  chainFrom(device: string, seq: number, upTo?: number): Promise<readonly LogRow[]>;
  /** Hashes of current entries of one device, by sequence number. */
  hashes(device: string, from: number, upTo: number): Promise<ReadonlyMap<number, string>>;
  records(keys: readonly string[]): Promise<readonly RecordRow[]>;
  recordsAfter(key: string, limit: number): Promise<readonly RecordRow[]>;
  /** Whether there is anything to look for records by. */
  hasWords(): Promise<boolean>;
  /** Keys of records whose words hold all of these, greatest key first, below a key (null: the greatest). */
  findWords(words: readonly string[], before: string | null, limit: number): Promise<readonly string[]>;
  recordsOf(entity: string): Promise<readonly RecordRow[]>;
  partsOf(keys: readonly string[]): Promise<readonly RecordRow[]>;
  /** Current operations that touch a record and are applied, in any order. */
  operationsOn(key: string): Promise<readonly LogRow[]>;
  /** All operations that touch a record, also those that lost their place, were refused later or wait. */
  everyOperationOn(key: string): Promise<readonly LogRow[]>;
  /** Entries that touch a record, newest first, before a position (0: the newest). */
  history(key: string, before: number, limit: number): Promise<readonly LogRow[]>;
  voidings(): Promise<readonly LogRow[]>;
  /** Operations held but not applied, since this version cannot read them (D14). */
  waiting(): Promise<readonly LogRow[]>;
  /** In the order in which they were written. */
  branches(): Promise<readonly BranchRow[]>;
  /** Every device the endpoint ever wrote as, in this epoch and before. */
  systemDevices(): Promise<ReadonlySet<string>>;
  takenNumbers(numbers: readonly string[]): Promise<ReadonlySet<string>>;

  accounts(): Promise<readonly AccountRow[]>;
  account(name: string): Promise<AccountRow | undefined>;
  devices(): Promise<readonly DeviceRow[]>;
  device(device: string): Promise<DeviceRow | undefined>;
  /** JSON of what a device wants to be sent; undefined when it wants all it may see. */
  scopeWish(device: string): Promise<string | undefined>;
  code(hash: string): Promise<CodeRow | undefined>;
  refreshToken(hash: string): Promise<RefreshRow | undefined>;

  /** Records that refer to a blob, or did. */
  recordsWithBlob(hash: string): Promise<readonly RecordRow[]>;
  /** Blobs that these records ever referred to. */
  blobsOf(keys: readonly string[]): Promise<readonly string[]>;
  /** Every blob that a record ever referred to. */
  blobsOfRecords(): Promise<readonly string[]>;
}

/** An entry to append; the writer gives it its position. */
export type NewEntry = Omit<LogRow, 'position' | 'isCurrent' | 'isPurged'> & { readonly records: readonly string[] };

export interface StoreWriter extends StoreReader {
  readonly archive: ArchiveWriter;
  /** Appends in order; the positions follow the head. Returns the new head. */
  append(entries: readonly NewEntry[]): Promise<number>;
  /** Returns the new count of changes. */
  putChains(chains: readonly ChainRow[]): Promise<number>;
  putRecords(records: readonly RecordRow[]): Promise<void>;
  putWords(rows: readonly WordsRow[]): Promise<void>;
  dropRecords(keys: readonly string[]): Promise<void>;
  /** The trails of these records are no longer what the log says. */
  forgetTrails(keys: readonly string[]): Promise<void>;
  /** These places of the chain are filled otherwise from now on; history keeps what was there. */
  retire(device: string, seq: number, upTo?: number): Promise<void>;
  putWaiting(device: string, seq: number): Promise<void>;
  dropWaiting(device: string, seq: number): Promise<void>;
  /** `before` rows were written earlier. */
  putBranches(rows: readonly BranchRow[], before: number): Promise<void>;
  putNumbers(given: number, numbers: readonly { readonly number: string; readonly record: string }[]): Promise<void>;
  /** A new life of the authority: after a restore, or when the endpoint finds that it was set back. */
  beginEpoch(epoch: string, systemDevice: string, skippedNumbers: number): Promise<void>;

  putAccount(account: AccountRow): Promise<void>;
  putDevice(device: DeviceRow): Promise<void>;
  putScopeWish(device: string, wish: string | undefined): Promise<void>;
  putCode(code: CodeRow): Promise<void>;
  putRefreshToken(token: RefreshRow): Promise<void>;
  revokeFamily(family: string, at: number): Promise<void>;
  revokeTokensOf(device: string, at: number): Promise<void>;
  /** Forgets codes and tokens that ended before `at`. */
  dropExpired(at: number): Promise<void>;
}

export interface NewSpace {
  readonly id: string;
  readonly epoch: string;
  readonly systemDevice: string;
  readonly secret: string;
  readonly createdAt: number;
}
