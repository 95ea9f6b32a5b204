import type { WorkerPort } from '../data/data-client.ts';

/** Starts the worker that owns the data of all windows, or joins it. */
export function startDataWorker(): WorkerPort {
  const worker = new SharedWorker(new URL('./data-worker.ts', import.meta.url), {
    type: 'module',
    name: 'holdfast-data',
  });
  return worker.port;
}
