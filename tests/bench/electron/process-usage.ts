import { app } from 'electron';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ticksPerSecond = 100;
const bytesPerMb = 1024 * 1024;

interface Usage {
  readonly cpuSeconds: number;
  readonly writtenMb: number;
}

/** CPU time and bytes written of each process of the program so far. Linux only: elsewhere empty. */
export function readUsage(): ReadonlyMap<number, Usage> {
  const usage = new Map<number, Usage>();
  for (const { pid } of app.getAppMetrics()) {
    const stat = readProcess(pid, 'stat');
    const written = /^write_bytes: (\d+)/m.exec(readProcess(pid, 'io') ?? '')?.[1];
    // The name of the program comes second, in brackets, and may hold spaces.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields && written !== undefined) {
      const ticks = Number(fields[11]) + Number(fields[12]);
      usage.set(pid, { cpuSeconds: ticks / ticksPerSecond, writtenMb: Number(written) / bytesPerMb });
    }
  }
  return usage;
}

/** What was used between two readings; null where it could not be read. */
export function usageBetween(before: ReadonlyMap<number, Usage>, after: ReadonlyMap<number, Usage>): Usage | null {
  if (after.size === 0) return null;
  let cpuSeconds = 0;
  let writtenMb = 0;
  for (const [pid, used] of after) {
    const earlier = before.get(pid) ?? { cpuSeconds: 0, writtenMb: 0 };
    cpuSeconds += used.cpuSeconds - earlier.cpuSeconds;
    writtenMb += used.writtenMb - earlier.writtenMb;
  }
  return { cpuSeconds, writtenMb };
}

/** Memory only the renderer processes hold (page, shared and dedicated workers); null where it cannot be read. */
export function readRendererMb(): number | null {
  let sum: number | null = null;
  for (const { pid, type } of app.getAppMetrics()) {
    if (type !== 'Tab') continue;
    const rollup = readProcess(pid, 'smaps_rollup');
    if (rollup === null) continue;
    for (const [, kilobytes] of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm))
      sum = (sum ?? 0) + Number(kilobytes) / 1024;
  }
  return sum;
}

function readProcess(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // Not Linux, or the process has just ended: what cannot be read is left out of the table.
    return null;
  }
}

/** Megabytes a folder takes on the disk. */
export function readFolderMb(folder: string): number {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const stat = statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false });
    bytes += (stat?.blocks ?? 0) * 512;
  }
  return bytes / bytesPerMb;
}
