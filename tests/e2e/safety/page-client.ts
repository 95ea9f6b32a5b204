import type { Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataCalls } from '../../../renderer/data/data-api.ts';
import type { DesktopAnswer, DesktopApi, DesktopCall, DesktopInput } from '../../../shared/desktop-api.ts';

const assets = fileURLToPath(new URL('../../../out/renderer/assets', import.meta.url));

/** Asks the data worker and the shell as the page of the program does. Rejects when the page is gone. */
export interface PageClient {
  readonly call: <Name extends keyof DataCalls>(
    name: Name,
    input: DataCalls[Name]['input'],
  ) => Promise<DataCalls[Name]['output']>;
  readonly desktop: <Name extends DesktopCall>(name: Name, input: DesktopInput<Name>) => Promise<DesktopAnswer<Name>>;
}

/** In the page. */
interface Globals {
  desktop: DesktopApi;
  askWorker: (name: string, input: unknown) => Promise<unknown>;
}

/**
 * Gives the page a second connection to its data worker: the same worker, the same protocol, the same bridge. What the
 * worker asks of the shell it may ask through this connection, so it answers, too.
 */
export async function connectPage(page: Page): Promise<PageClient> {
  const worker = readdirSync(assets).find((name) => /^data-worker-.*\.js$/.test(name));
  if (worker === undefined) throw new Error(`no worker script in ${assets}: build out/ first`);
  await page.evaluate(
    (address) => {
      const globals = globalThis as unknown as Globals;
      const { port } = new SharedWorker(address, { type: 'module', name: 'holdfast-data' });
      const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
      let last = 0;
      port.addEventListener('message', ({ data }: MessageEvent) => {
        if (data.kind === 'desktop-call')
          void globals.desktop
            .call(data.name, data.input)
            .then((answer) => port.postMessage({ kind: 'desktop-answer', id: data.id, answer }));
        else if (data.kind === 'answer') waiting.get(data.id)?.resolve(data.value);
        else if (data.kind === 'broken') waiting.get(data.id)?.reject(new Error(data.message));
      });
      port.start();
      const lock = `test-${Math.random()}`;
      void navigator.locks.request(lock, () => new Promise(() => undefined));
      port.postMessage({ kind: 'hello', lock });
      globals.askWorker = (name, input) =>
        new Promise((resolve, reject) => {
          last += 1;
          waiting.set(last, { resolve, reject });
          port.postMessage({ kind: 'call', id: last, name, input });
        });
    },
    `/assets/${path.basename(worker)}`,
  );
  return {
    call: async (name, input) =>
      (await page.evaluate(([asked, given]) => (globalThis as unknown as Globals).askWorker(asked, given), [
        name,
        input,
      ] as [string, unknown])) as never,
    desktop: async (name, input) =>
      (await page.evaluate(
        ([asked, given]) => (globalThis as unknown as Globals).desktop.call(asked as DesktopCall, given as never),
        [name, input] as [string, unknown],
      )) as never,
  };
}
