/** Of the disk a folder is on, in bytes. */
export interface DiskSpace {
  /** What this user may still write. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** An open file. Positions and lengths in bytes. Every method rejects with the system's error (`code`, `syscall`). */
export interface OpenFile {
  /** Up to `length` bytes from `position`; shorter only at the end of the file. */
  readonly read: (position: number, length: number) => Promise<Uint8Array>;
  /** All of `bytes` at `position`. After a rejection any part of them may have been written. */
  readonly write: (position: number, bytes: Uint8Array) => Promise<void>;
  readonly truncate: (length: number) => Promise<void>;
  /** Resolves when content and length are on the disk (fdatasync). */
  readonly sync: () => Promise<void>;
  readonly size: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * What the stores ask of a disk, and no more, so that tests can fail any single call. Missing files and folders are
 * answers (null, empty list), not errors.
 */
export interface FileSystem {
  /** `read` fails when the file is missing; `write` makes it when it is. */
  readonly open: (file: string, mode: 'read' | 'write') => Promise<OpenFile>;
  readonly readFile: (file: string) => Promise<Uint8Array | null>;
  /** Names in a folder, sorted. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly makeFolder: (folder: string) => Promise<void>;
  /** Replaces what has the new name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Removes a file or a folder with all in it. */
  readonly remove: (path: string) => Promise<void>;
  /** Makes names made, renamed or removed in the folder durable. */
  readonly syncFolder: (folder: string) => Promise<void>;
  readonly space: (folder: string) => Promise<DiskSpace>;
}
