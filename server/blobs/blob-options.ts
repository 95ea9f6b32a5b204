import { z } from 'zod';
import type { StorePlace } from '../store/open-store.ts';
import { defaultBlobQuota } from './uploads.ts';

/** Options about contents of attachments, by the names the config file has for them. */
export const blobFields = {
  blobs: z.string().min(1).optional(),
  blobMb: z.coerce.number().positive().optional(),
  blobsGb: z.coerce.number().positive().optional(),
};
type Given = Readonly<z.infer<z.ZodObject<typeof blobFields>>>;

/** Name on the command line, in the environment and in the config file. */
export const blobNames = [
  ['blobs', 'HOLDFAST_BLOBS', 'blobs'],
  ['blob-mb', 'HOLDFAST_BLOB_MB', 'blobMb'],
  ['blobs-gb', 'HOLDFAST_BLOBS_GB', 'blobsGb'],
] as const;

export function readBlobPlace({ blobs, blobMb, blobsGb }: Given): NonNullable<StorePlace['blobs']> {
  const quota = {
    blobBytes: blobMb === undefined ? defaultBlobQuota.blobBytes : Math.round(blobMb * 1024 ** 2),
    totalBytes: blobsGb === undefined ? defaultBlobQuota.totalBytes : Math.round(blobsGb * 1024 ** 3),
  };
  return { directory: blobs, quota };
}
