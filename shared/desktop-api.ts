import { z } from 'zod';
import { endpointInputs, type EndpointEvents, type EndpointOutputs } from './desktop-endpoint.ts';
import { printInputs, type PrintOutputs } from './desktop-print.ts';
import { spaceNameSchema as spaceName } from './space-name.ts';

/**
 * The process boundary, typed once (D12). The preload, the main handlers and the stand-in for a plain browser are
 * checked against it by the compiler; every input is parsed by its schema before a handler sees it.
 * No call takes a path from the page: files are handles that main hands out after the person chose them.
 */

const handle = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const byteCount = z.int().nonnegative();

/** Most that one `journalAppend` takes. A line holds one operation (64 KB of UTF-8 at most). */
export const journalAppendLimits = { lines: 5_000, lineCharacters: 70_000, characters: 16 * 1024 * 1024 } as const;

/** One record of the own-operation journal (D8). `text` is the operation as JSON, without line breaks. */
export interface JournalEntry {
  readonly seq: number;
  readonly text: string;
}

export interface JournalState {
  /** Device id of this installation in this space: 10 characters of Crockford base32. */
  readonly device: string;
  /** Highest sequence number in the journal; 0 when it is empty. */
  readonly lastSeq: number;
  /** What the reader had to leave out: a torn last line after a crash is cut silently, damage inside is reported. */
  readonly damage: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** A journal put aside whole. `device` is null when no header of it can be read. */
export interface AsideJournal {
  readonly name: string;
  readonly device: string | null;
  readonly lastSeq: number;
}

/** Kept outside IndexedDB and compared at start: a database that knows less than this is damaged, not new (D8). */
export interface Sentinel {
  readonly databaseId: string;
  readonly schemaVersion: number;
  readonly lastSeq: number;
  readonly records: number;
  readonly chromium: string;
  readonly writtenAt: number;
  /** The person at this desk, whom a journal alone does not name; absent when written by an older version. */
  readonly user?: string | undefined;
  /** Why the database must be rebuilt at the next start: damage that showed while it was in use. */
  readonly suspect?: string | undefined;
}

export interface SnapshotInfo {
  readonly id: string;
  readonly takenAt: number;
  readonly records: number;
  readonly bytes: number;
  readonly parts: number;
  /** Own sequence number the snapshot includes; the journal is replayed after it. */
  readonly lastSeq: number;
  readonly verified: boolean;
}

export interface Draft {
  /** What is being written, e.g. `ticket/0193…/comment` or `new-ticket`. */
  readonly key: string;
  readonly text: string;
  readonly savedAt: number;
}

export type StorageLevel = 'ok' | 'low' | 'full';
export interface StorageState {
  readonly freeBytes: number;
  /** low: less than 1 GB free (on small disks a share), warn. full: less than 200 MB, or a write failed: read-only until space returns. */
  readonly level: StorageLevel;
}

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly platform: string;
  /** The space to open, from the command line or the last one used. */
  readonly space: string;
  /** True when the space has never been opened on this device and neither an import nor an empty one was asked for. */
  readonly demo: boolean;
  /** Import asked for on the command line; main already holds the file. */
  readonly import: { readonly handle: string; readonly name: string; readonly bytes: number } | null;
  readonly headless: boolean;
  /** Why this runtime may not be shipped, or null on the pinned release runtime. */
  readonly runtimeNotice: string | null;
  /** BCP 47 tag and IANA zone of the system. */
  readonly locale: string;
  readonly timeZone: string;
}

export interface OpenedFile {
  readonly handle: string;
  readonly name: string;
  readonly bytes: number;
}

const sentinel: z.ZodType<Sentinel> = z.strictObject({
  databaseId: z.string().max(64),
  schemaVersion: z.int().positive(),
  lastSeq: byteCount,
  records: byteCount,
  chromium: z.string().max(64),
  writtenAt: z.int(),
  user: z.string().max(64).optional(),
  suspect: z.string().max(2_000).optional(),
});

function areJournalLines(lines: string): boolean {
  if (lines.includes('\r')) return false;
  let count = 0;
  for (let start = 0; start <= lines.length; count += 1) {
    const found = lines.indexOf('\n', start);
    const end = found < 0 ? lines.length : found;
    if (end === start || end - start > journalAppendLimits.lineCharacters) return false;
    start = end + 1;
  }
  return count <= journalAppendLimits.lines;
}

export const desktopInputs = {
  appInfo: z.null(),
  journalOpen: z.strictObject({ space: spaceName }),
  /**
   * Resolves once the operations are on the disk (fsync). `lines` holds them as JSON, one a line, without a line feed
   * at the end: one text crosses the boundary far more cheaply than an object for each. They continue the sequence:
   * `first`, the number of the first line, is lastSeq + 1.
   */
  journalAppend: z.strictObject({
    space: spaceName,
    first: z.int().positive(),
    lines: z
      .string()
      .max(journalAppendLimits.characters)
      .refine(areJournalLines, {
        message: `expected 1 to ${journalAppendLimits.lines} lines of 1 to ${journalAppendLimits.lineCharacters} characters, joined by line feeds`,
      }),
  }),
  /** `aside` names a journal of `journalsAside`; without it, the one in use is read. */
  journalRead: z.strictObject({
    space: spaceName,
    after: byteCount,
    limit: z.int().min(1).max(5_000),
    aside: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,60}$/)
      .optional(),
  }),
  /** Journals of devices this profile was before, or replaced ones: a rebuild reads them, too. */
  journalsAside: z.strictObject({ space: spaceName }),
  /**
   * Puts the journal aside whole and begins an empty one. `same-device` when its lines are to be written again from the
   * database; `new-device` after a rollback was noticed, when numbers of this device stand for operations that are lost.
   */
  journalRestart: z.strictObject({ space: spaceName, as: z.enum(['same-device', 'new-device']) }),
  sentinelRead: z.strictObject({ space: spaceName }),
  sentinelWrite: z.strictObject({ space: spaceName, sentinel }),
  snapshotBegin: z.strictObject({ space: spaceName, lastSeq: byteCount, records: byteCount }),
  snapshotWrite: z.strictObject({ space: spaceName, id: handle, part: byteCount, bytes: z.instanceof(Uint8Array) }),
  /** Verifies by reading back, refuses a nearly empty successor of a fuller one, then rotates. */
  snapshotCommit: z.strictObject({ space: spaceName, id: handle }),
  snapshotList: z.strictObject({ space: spaceName }),
  snapshotRead: z.strictObject({ space: spaceName, id: handle, part: byteCount }),
  draftSave: z.strictObject({ space: spaceName, key: z.string().min(1).max(200), text: z.string().max(100_000) }),
  draftDelete: z.strictObject({ space: spaceName, key: z.string().min(1).max(200) }),
  draftList: z.strictObject({ space: spaceName }),
  /** Shows the open dialog; null when the person cancels. */
  fileOpen: z.strictObject({ purpose: z.literal('import') }),
  fileRead: z.strictObject({
    handle,
    offset: byteCount,
    length: z
      .int()
      .min(1)
      .max(4 * 1024 * 1024),
  }),
  /** Shows the save dialog; null when the person cancels. The file appears under its name only at fileSaveEnd. */
  fileSaveBegin: z.strictObject({ suggestedName: z.string().min(1).max(120), kind: z.enum(['csv', 'json']) }),
  fileSaveWrite: z.strictObject({ handle, bytes: z.instanceof(Uint8Array) }),
  fileSaveEnd: z.strictObject({ handle, outcome: z.enum(['keep', 'discard']) }),
  fileClose: z.strictObject({ handle }),
  storageState: z.null(),
  openExternal: z.strictObject({ url: z.string().max(2_000) }),
  copyText: z.strictObject({ text: z.string().max(1_000_000) }),
  setTheme: z.strictObject({ theme: z.enum(['light', 'dark', 'system']) }),
  setZoom: z.strictObject({ percent: z.int().min(50).max(200) }),
  /** Ends a headless run: main writes the report where the command line said and quits. */
  reportDone: z.strictObject({ report: z.record(z.string(), z.json()), exitCode: z.int().min(0).max(1) }),
  /** One line of the log; no ticket text. */
  logError: z.strictObject({ message: z.string().max(2_000), where: z.string().max(200) }),
  ...printInputs,
  ...endpointInputs,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export interface DesktopOutputs extends EndpointOutputs, PrintOutputs {
  readonly appInfo: AppInfo;
  readonly journalOpen: JournalState;
  readonly journalAppend: { readonly lastSeq: number };
  readonly journalRead: { readonly entries: readonly JournalEntry[]; readonly more: boolean };
  readonly journalsAside: readonly AsideJournal[];
  readonly journalRestart: JournalState;
  readonly sentinelRead: Sentinel | null;
  readonly sentinelWrite: null;
  readonly snapshotBegin: { readonly id: string };
  readonly snapshotWrite: null;
  readonly snapshotCommit: SnapshotInfo;
  readonly snapshotList: readonly SnapshotInfo[];
  readonly snapshotRead: { readonly bytes: Uint8Array };
  readonly draftSave: { readonly savedAt: number };
  readonly draftDelete: null;
  readonly draftList: readonly Draft[];
  readonly fileOpen: OpenedFile | null;
  readonly fileRead: { readonly bytes: Uint8Array };
  readonly fileSaveBegin: { readonly handle: string; readonly name: string } | null;
  readonly fileSaveWrite: null;
  readonly fileSaveEnd: null;
  readonly fileClose: null;
  readonly storageState: StorageState;
  readonly openExternal: { readonly opened: boolean };
  readonly copyText: null;
  readonly setTheme: null;
  readonly setZoom: null;
  readonly reportDone: null;
  readonly logError: null;
}

export type DesktopCall = keyof DesktopOutputs & keyof typeof desktopInputs;
export type DesktopInput<Name extends DesktopCall> = z.input<(typeof desktopInputs)[Name]>;

/** A failed call. `kind` is for the program, `message` for the log: what was expected, where, what to do. */
export interface DesktopFailure {
  readonly kind:
    'refused-sender' | 'bad-input' | 'disk-full' | 'io' | 'damaged' | 'not-found' | 'conflict' | 'internal';
  readonly message: string;
}

/** What crosses the boundary: failures are values, so that their kind survives the crossing. */
export type DesktopAnswer<Name extends DesktopCall> =
  | { readonly ok: true; readonly value: DesktopOutputs[Name] }
  | { readonly ok: false; readonly failure: DesktopFailure };

export interface DesktopEvents extends EndpointEvents {
  /** A menu item or its accelerator: the id of a command of the registry. */
  readonly menuCommand: { readonly command: string };
  /** A deep link: it may only navigate. */
  readonly deepLink: { readonly kind: 'ticket' | 'asset'; readonly reference: string };
  readonly storageChanged: StorageState;
  readonly systemResumed: null;
}

export interface DesktopApi {
  readonly call: <Name extends DesktopCall>(name: Name, input: DesktopInput<Name>) => Promise<DesktopAnswer<Name>>;
  readonly on: <Name extends keyof DesktopEvents>(
    name: Name,
    heard: (payload: DesktopEvents[Name]) => void,
  ) => () => void;
}
