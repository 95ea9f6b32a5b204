import type { Endpoint } from '../endpoint.ts';

const firstAfterMs = 10 * 60_000;
const everyMs = 24 * 3_600_000;

/** Throws away what nobody refers to, once a day while the endpoint runs. Returns how to stop. */
export function collectDaily({ blobs }: Endpoint, failed: (error: unknown) => void): () => void {
  if (blobs === null) return () => undefined;
  const collect = (): void => void blobs.collect().catch(failed);
  const first = setTimeout(collect, firstAfterMs).unref();
  const daily = setInterval(collect, everyMs).unref();
  return () => {
    clearTimeout(first);
    clearInterval(daily);
  };
}
