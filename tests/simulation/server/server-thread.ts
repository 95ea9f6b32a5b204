import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { build } from 'vite';
import type { Calls, Reply } from './calls.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The thread of the real endpoint. Calls wait for their answer: the simulated world knows no promises. */
export interface ServerThread {
  readonly call: <Name extends keyof Calls>(name: Name, input: Calls[Name]['input']) => Calls[Name]['output'];
  readonly stop: () => Promise<void>;
}

/** The waking may be seen before the message: a moment later it is there. */
function receive(port: MessagePort): Reply {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 10_000; tries += 1) {
    const reply = receiveMessageOnPort(port)?.message as Reply | undefined;
    if (reply !== undefined) return reply;
    Atomics.wait(clock, 0, 0, 1);
  }
  throw new Error('the endpoint gave no answer');
}

export async function startServerThread(): Promise<ServerThread> {
  const outDir = path.join(root, 'node_modules/.cache', `simulation-${process.pid}-${randomBytes(3).toString('hex')}`);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: path.join(root, 'tests/simulation/server/host.ts'),
      outDir,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'host.mjs' } },
    },
  });
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(path.join(outDir, 'host.mjs'), {
    workerData: { port: port2, flag },
    transferList: [port2],
  });
  const call: ServerThread['call'] = (name, input) => {
    Atomics.store(flag, 0, 0);
    port1.postMessage({ name, input });
    if (Atomics.wait(flag, 0, 0, 60_000) === 'timed-out') throw new Error(`the endpoint does not answer ${name}`);
    const reply = receive(port1);
    if (!reply.ok) throw new Error(`the endpoint failed in ${name}: ${reply.message}`);
    return reply.output as ReturnType<typeof call<typeof name>>;
  };
  return {
    call,
    stop: async () => {
      call('close', null);
      port1.close();
      await worker.terminate();
      fs.rmSync(outDir, { recursive: true, force: true });
    },
  };
}
