import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../../..');

export interface PeerServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a peer's server in a process of its own; it holds the data of so many tickets once it listens. */
export async function startServer(program: string, folder: string, tickets: number): Promise<PeerServer> {
  const args = ['scripts/run-ts.mjs', `tests/bench/endpoint/peers/${program}`, folder, String(tickets)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const [, url] = /"listening":"([^"]+)"/.exec(output) ?? [];
    if (url === undefined) continue;
    child.stdout.resume();
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      await ended;
    };
    return { url, stop };
  }
  throw new Error(`${program} did not start: ${output}`);
}
