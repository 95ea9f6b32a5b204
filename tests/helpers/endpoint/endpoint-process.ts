import { spawn, type ChildProcess } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../../shared/domain/permissions.ts';
import { openEndpoint } from '../../../server/endpoint.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** An endpoint in a process of its own, on the embedded store, that can be killed and started again on its port. */
export interface EndpointProcess {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Adds accounts to the space in a directory that no endpoint serves. Answers with a code for each, by name. */
export async function addAccounts(
  directory: string,
  accounts: Readonly<Record<string, readonly Role[]>>,
): Promise<Readonly<Record<string, string>>> {
  const endpoint = await openEndpoint({ kind: 'sqlite', directory });
  const codes: Record<string, string> = {};
  for (const [name, roles] of Object.entries(accounts)) {
    await addAccount(endpoint, name, roles);
    codes[name] = (await giveCode(endpoint, name)).code;
  }
  await endpoint.store.close();
  return codes;
}

export async function prepareEndpoint(directory: string): Promise<EndpointProcess> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  return {
    url: `http://127.0.0.1:${port}`,
    start: async () => {
      child = await serve(directory, port);
    },
    kill: async () => {
      const dying = child;
      child = null;
      if (dying === null || dying.exitCode !== null) return;
      const ended = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await ended;
    },
  };
}

async function serve(directory: string, port: number): Promise<ChildProcess> {
  const program = [path.join(root, 'scripts/run-ts.mjs'), 'server/main.ts'];
  const options = ['--data', directory, '--port', String(port), '--requests', '100000'];
  const child = spawn(process.execPath, [...program, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (!output.includes('"listening"')) continue;
    // Read on, or the endpoint would stand still once the pipe is full.
    child.stdout.on('data', () => undefined);
    child.stdout.resume();
    return child;
  }
  throw new Error(`the endpoint did not start: ${output}`);
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
