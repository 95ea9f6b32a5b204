import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../helpers/shell-app.ts';

/** A file system of its own, small enough to be filled. Sizes in bytes. */
export interface SmallDisk {
  readonly kind: 'ext4' | 'tmpfs';
  /** Where it is mounted. */
  readonly folder: string;
  readonly freeBytes: () => number;
  /** Another program takes the space: all but `keep`. */
  readonly fill: (keep: number) => void;
  /** The other program gives it back. */
  readonly empty: () => void;
  readonly remove: () => void;
}

/** What one allocation (bytes) may need beside its length. */
const roughly = 1_000_000;

/**
 * A loop-mounted ext4 file system, or a tmpfs where loop devices are not to be had. Throws when neither can be mounted:
 * a full disk that was not tried must not look like one that was survived.
 */
export function mountSmallDisk(bytes: number): SmallDisk {
  const root = makeFolder('small-disk');
  const folder = path.join(root, 'disk');
  mkdirSync(folder);
  const refusals: string[] = [];
  for (const kind of ['ext4', 'tmpfs'] as const) {
    try {
      mount(kind, root, folder, bytes);
      return describe(kind, root, folder);
    } catch (error) {
      refusals.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  rmSync(root, { recursive: true });
  throw new Error(
    `no small file system could be mounted, so nothing is known about a full disk. Run this as root, on a machine that ` +
      `allows a loop device or a tmpfs. ${refusals.join(' | ')}`,
  );
}

function mount(kind: SmallDisk['kind'], root: string, folder: string, bytes: number): void {
  if (kind === 'tmpfs') {
    run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder);
    return;
  }
  const image = path.join(root, 'image');
  run('truncate', '-s', String(bytes), image);
  run('mkfs.ext4', '-q', '-m', '0', image);
  run('mount', '-o', 'loop', image, folder);
}

function describe(kind: SmallDisk['kind'], root: string, folder: string): SmallDisk {
  const filler = path.join(folder, 'filler.bin');
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    kind,
    folder,
    freeBytes,
    fill: (keep) => {
      // What is still on its way to the disk has been promised already.
      run('sync', '-f', folder);
      run('fallocate', '-l', String(Math.max(1, freeBytes() - keep - roughly)), filler);
      const rest = openSync(filler, 'a');
      const page = new Uint8Array(4_096);
      try {
        while (freeBytes() > keep) writeSync(rest, page);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
      closeSync(rest);
    },
    empty: () => rmSync(filler, { force: true }),
    remove: () => {
      run('umount', folder);
      rmSync(root, { recursive: true });
    },
  };
}

/** Rejects with what the program said. */
function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
}
