import type { Change, RecordValues } from '../domain/change.ts';
import type { EntityKind } from '../domain/entities.ts';

/** One user transaction of an import: becomes one operation of the person and time the file names (D2). */
export interface ImportStep {
  /** When it happened, in ms: `occurredAt` of the operation. */
  readonly at: number;
  /** Id of the person record on whose behalf it acts. */
  readonly user: string;
  /** `import:<import id>:<verb>`, see `importCommand`. */
  readonly command: string;
  readonly changes: readonly Change[];
}

/** Steps to be committed together, before the next batch is asked for: later rows look up what earlier ones made. */
export interface ImportBatch {
  readonly steps: readonly ImportStep[];
}

/** What happened to the record, for its history. */
export const importVerbs = [
  'references',
  'create',
  'start',
  'hold',
  'resume',
  'resolve',
  'reopen',
  'close',
  'cancel',
  'assign',
  'update',
  'correct',
  'comment',
  'link',
  'undo',
] as const;
export type ImportVerb = (typeof importVerbs)[number];

/** The command of an import's operation, taken apart. */
export interface ImportCommand {
  readonly importId: string;
  readonly verb: ImportVerb;
  /** For a replayed update: which update of the record it was in the system it comes from. */
  readonly sequence: number | null;
}

/** Name of the command: at most 64 characters, and all of one import can be found and undone. */
export function importCommand(importId: string, verb: ImportVerb, sequence: number | null = null): string {
  return `import:${importId}:${verb}${sequence === null ? '' : `:${sequence}`}`;
}

export function parseImportCommand(command: string): ImportCommand | undefined {
  const match = /^import:([0-9A-Za-z-]{1,40}):([a-z]+)(?::(\d{1,9}))?$/.exec(command);
  const verb = importVerbs.find((known) => known === match?.[2]);
  if (match?.[1] === undefined || verb === undefined) return undefined;
  return { importId: match[1], verb, sequence: match[3] === undefined ? null : Number(match[3]) };
}

/**
 * What imports did to one record so far: its operations whose command `parseImportCommand` knows, without those of
 * imports that were undone.
 */
export interface ReplayedHistory {
  /** Of each: its `occurredAt` in ms and the sequence in its command; corrections left out. */
  readonly updates: readonly { readonly at: number; readonly sequence: number | null }[];
  /** Last value an import wrote, per field. */
  readonly fields: RecordValues;
}

export interface StoredRecord {
  readonly entity: EntityKind;
  readonly id: string;
  readonly values: RecordValues;
  /** It was deleted: importing it again under its id restores it. */
  readonly deleted?: true;
}

/** What planning must see of the space. All questions are asked once per batch. */
export interface ImportPorts {
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  /** A fresh device reference, e.g. INC-K3V9-17 (D1). */
  readonly newReference: (prefix: string) => string;
  /** Ids of the records, not deleted, whose `field` holds one of the texts to the letter; of several the first made. */
  readonly lookup: (
    entity: EntityKind,
    field: string,
    texts: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
  /** Records by id, deleted ones among them; absent when there never was one. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, StoredRecord>>;
  /** Ids of the entries in the logs of these records. */
  readonly entriesOf: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly replayed: (ids: readonly string[]) => Promise<ReadonlyMap<string, ReplayedHistory>>;
}

export interface ImportOptions {
  readonly importId: string;
  /** Id of the person who imports: acts where the file names nobody. */
  readonly user: string;
  /** Wall time in ms at the start: stamps what the file gives no time for. */
  readonly now: number;
  /** Plans and reports only. The batches are the same, but nothing is committed between them. */
  readonly dryRun: boolean;
}
