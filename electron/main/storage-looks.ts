import type { StorageWatch } from './storage-watch.ts';

/**
 * How often to look (ms): soon enough that work stops before other programs have filled the disk, and resumes when they
 * have given it back.
 */
const lookEveryMs = 1_000;

/** Looks at the disk from time to time. @returns stops that */
export function startStorageLooks(storage: StorageWatch, failed: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const plan = (): void => {
    if (!stopped) timer = setTimeout(() => void look(), lookEveryMs);
  };
  const look = async (): Promise<void> => {
    await storage.check().catch(failed);
    plan();
  };
  plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
