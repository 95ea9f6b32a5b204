import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

export interface ChildEndpoint {
  readonly process: ChildProcess;
  readonly url: string;
}

/** An endpoint in a process of its own, as it is started by hand. `env` may set `NODE_EXTRA_CA_CERTS` and the like. */
export async function startEndpoint(options: readonly string[]): Promise<ChildEndpoint> {
  const args = ['scripts/run-ts.mjs', 'server/main.ts', '--port', '0', '--requests', '1000000', ...options];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const [, url] = /"listening":"([^"]+)"/.exec(output) ?? [];
    if (url === undefined) continue;
    child.stdout.resume();
    return { process: child, url };
  }
  throw new Error(`the endpoint did not start: ${output}`);
}

export async function stopEndpoint({ process: child }: ChildEndpoint): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
