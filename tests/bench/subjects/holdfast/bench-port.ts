import type { BulkMode } from './bulk.ts';

/** What the benchmarks ask of the data worker beside the product's own calls. One at a time. */
export type BenchRequest =
  | { readonly kind: 'bench'; readonly name: 'prepare'; readonly tickets: number; readonly mode: BulkMode }
  | { readonly kind: 'bench'; readonly name: 'write' | 'save-parts' }
  | { readonly kind: 'bench'; readonly name: 'reads'; readonly count: number };

export interface BenchAnswer {
  readonly value: unknown;
  readonly error: string | null;
}

export function createBenchPort(port: MessagePort): (request: BenchRequest) => Promise<unknown> {
  return (request) =>
    new Promise((resolve, reject) => {
      port.onmessage = ({ data }: MessageEvent<BenchAnswer>) => {
        if (data.error === null) resolve(data.value);
        else reject(new Error(data.error));
      };
      port.postMessage(request);
    });
}
