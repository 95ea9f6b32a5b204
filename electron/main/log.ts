import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

export interface LogEntry {
  readonly level: 'info' | 'warning' | 'error';
  /** Part of the program, e.g. `journal`. */
  readonly where: string;
  /** What happened. Never text of a record: the log is sent to people who may not read tickets. */
  readonly message: string;
}

export type Log = (entry: LogEntry) => void;

const rotateAt = 1_000_000;
const kept = 3;

/**
 * A file of JSON lines, rotated at 1 MB, with the three newest kept. Written synchronously: the lines that matter are
 * those just before a crash. A log that cannot be written falls back to standard error and never stops the program.
 */
export function createLog(folder: string, now: () => number): Log {
  const file = path.join(folder, 'holdfast.log');
  return ({ level, where, message }) => {
    const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level, where, message })}\n`;
    try {
      mkdirSync(folder, { recursive: true });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > rotateAt) rotate(file);
      appendFileSync(file, line);
    } catch {
      process.stderr.write(line);
    }
  };
}

function rotate(file: string): void {
  for (let age = kept - 1; age > 0; age -= 1) {
    const from = age === 1 ? file : `${file}.${age - 1}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${age}`);
  }
}

/** For the log: stack of an error, whatever was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
