import type { DesktopAnswer, DesktopCall } from '../../shared/desktop-api.ts';
import type { DesktopPort } from './desktop-port.ts';
import type { DesktopCallMessage, FromPage, FromWorker } from './worker-protocol.ts';

/** One connected page. */
export interface Page {
  readonly key: string;
  readonly send: (message: FromWorker) => void;
}

interface Asked {
  readonly message: DesktopCallMessage;
  readonly resolve: (answer: DesktopAnswer<DesktopCall>) => void;
  page: Page | null;
}

/** Nothing tells whether the page that went away had done it: bytes would be written twice, a one-time code is spent. */
const onlyOnce: ReadonlySet<DesktopCall> = new Set(['fileSaveWrite', 'endpointEnrol']);

/**
 * The pages that are alive, and the shell through them: only a page has the bridge. A call whose page went away before
 * it answered is asked again of another; calls that must not happen twice (journal) recognise the second time.
 */
export class PagePorts {
  readonly #pages: Page[] = [];
  readonly #asked = new Map<number, Asked>();
  #lastId = 0;

  readonly desktop: DesktopPort = {
    ask: (name, input) =>
      new Promise((resolve) => {
        const id = ++this.#lastId;
        const message = { kind: 'desktop-call', id, name, input } as DesktopCallMessage;
        const asked: Asked = { message, resolve: resolve as (answer: DesktopAnswer<DesktopCall>) => void, page: null };
        this.#asked.set(id, asked);
        this.#send(asked);
      }),
  };

  add(page: Page): void {
    this.#pages.push(page);
    for (const asked of this.#asked.values()) if (asked.page === null) this.#send(asked);
  }

  remove(page: Page): void {
    const at = this.#pages.indexOf(page);
    if (at >= 0) this.#pages.splice(at, 1);
    for (const [id, asked] of this.#asked) {
      if (asked.page !== page) continue;
      asked.page = null;
      if (onlyOnce.has(asked.message.name)) {
        this.#asked.delete(id);
        asked.resolve({ ok: false, failure: { kind: 'io', message: 'the window that was asked has gone' } });
      } else this.#send(asked);
    }
  }

  answered(message: Extract<FromPage, { kind: 'desktop-answer' }>): void {
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    asked?.resolve(message.answer);
  }

  /** The page that came last is the least likely to be closing. With none, the call waits for one. */
  #send(asked: Asked): void {
    const page = this.#pages.at(-1) ?? null;
    asked.page = page;
    page?.send(asked.message);
  }
}
