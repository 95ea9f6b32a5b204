import type { Page } from '@playwright/test';
import type { WatchResults } from '../../renderer/data/data-api.ts';

/**
 * Puts words into the data worker's mouth: what the page watches of the exchange is replaced, everything else goes to
 * the real worker. For states that would need a certificate that ran out, a proxy or a train's network to be seen.
 */
export interface ToldSync {
  /** Replaces what every watch of this kind hears, now and later; null lets the worker speak again. */
  readonly tell: <Kind extends keyof WatchResults>(
    kind: Kind,
    result: Partial<WatchResults[Kind]> | null,
  ) => Promise<void>;
  /** What a call of this name is answered with, instead of asking the worker. */
  readonly answer: (name: string, value: unknown) => Promise<void>;
  /** Names and inputs of the calls answered that way. */
  readonly calls: () => Promise<readonly { readonly name: string; readonly input: unknown }[]>;
}

export async function tellSync(page: Page): Promise<ToldSync> {
  await page.addInitScript(standBetween);
  await page.reload();
  await page.locator('html[data-ready]').waitFor();
  return {
    tell: (kind, result) =>
      page.evaluate(([name, value]) => window.toldSync.tell(name, value), [kind, result] as const),
    answer: (name, value) => page.evaluate((told) => window.toldSync.answer(...told), [name, value] as const),
    calls: () => page.evaluate(() => window.toldSync.calls),
  };
}

declare global {
  interface Window {
    toldSync: {
      readonly tell: (kind: string, result: unknown) => void;
      readonly answer: (name: string, value: unknown) => void;
      readonly calls: { readonly name: string; readonly input: unknown }[];
    };
  }
}

/** Runs in the page before its own scripts: wraps the port to the data worker. */
function standBetween(): void {
  interface Message {
    readonly kind: string;
    readonly id: number;
    readonly name: string;
    readonly query: { readonly type: string };
    readonly input: { readonly type: string } | null;
    readonly result: unknown;
  }
  type Heard = ((event: { readonly data: unknown }) => void) | null;
  const Worker = window.SharedWorker;
  const told = new Map<string, unknown>();
  const answers = new Map<string, unknown>();
  const watches = new Map<number, { readonly type: string; last: unknown }>();
  const calls: { name: string; input: unknown }[] = [];
  let heard: Heard = null;

  const isObject = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const merged = (type: string, last: unknown): unknown => {
    const instead = told.get(type);
    if (instead === undefined || instead === null) return last;
    return isObject(instead) && isObject(last) ? { ...last, ...instead } : instead;
  };
  const send = (data: unknown): void => void setTimeout(() => heard?.({ data }), 0);

  window.toldSync = {
    tell: (kind, result) => {
      told.set(kind, result);
      for (const [id, { type, last }] of watches)
        if (type === kind) send({ kind: 'result', id, result: merged(type, last) });
    },
    answer: (name, value) => void answers.set(name, value),
    calls,
  };
  window.SharedWorker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof SharedWorker>) {
      super(...given);
      const port = super.port;
      const post = port.postMessage.bind(port);
      const between = {
        postMessage: (message: Message) => {
          if (message.kind === 'watch') watches.set(message.id, { type: message.query.type, last: null });
          if (message.kind === 'unwatch') watches.delete(message.id);
          const type = message.kind === 'call' && message.name === 'query' ? message.input?.type : undefined;
          if (type !== undefined && told.get(type) !== undefined && told.get(type) !== null)
            send({ kind: 'answer', id: message.id, value: told.get(type) });
          else if (message.kind === 'call' && answers.has(message.name)) {
            calls.push({ name: message.name, input: message.input });
            send({ kind: 'answer', id: message.id, value: answers.get(message.name) });
          } else post(message);
        },
        get onmessage(): Heard {
          return heard;
        },
        set onmessage(listener: Heard) {
          heard = listener;
          port.onmessage = ({ data }: MessageEvent<Message>) => {
            const watch = data.kind === 'result' ? watches.get(data.id) : undefined;
            if (watch !== undefined) watch.last = data.result;
            listener?.({ data: watch === undefined ? data : { ...data, result: merged(watch.type, data.result) } });
          };
        },
      };
      Object.defineProperty(this, 'port', { value: between });
    }
  };
}
