import { headEventSchema, protocolPaths, type HeadEvent } from '../../../shared/sync/protocol.ts';
import { presenceEventSchema, type PresenceEvent } from '../../../shared/sync/protocol-presence.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { EventReader } from './event-lines.ts';
import { EndpointError } from './failures.ts';
import { parseJson } from './parse-json.ts';
import { chunksOf } from './read-body.ts';

/** The endpoint breathes every 25 s: after this (ms) of silence the line is dead. */
const silenceMs = 60_000;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

export interface ListenerSetting {
  readonly link: EndpointLink;
  readonly heard: (head: HeadEvent) => void;
  readonly present: (event: PresenceEvent) => void;
  readonly changed: (open: boolean) => void;
  /** From 0 up to 1. */
  readonly chance: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Keeps one stream of heads open and opens it again when it ends, ever less often while that fails. */
export class HeadListener {
  readonly #setting: ListenerSetting;
  #abort: AbortController | null = null;
  #open = false;
  #last: HeadEvent | null = null;
  #present: PresenceEvent | null = null;

  constructor(setting: ListenerSetting) {
    this.#setting = setting;
  }

  /** A second start tells again what is known: a page that was loaded anew has missed it. */
  start(): void {
    if (this.#abort !== null) {
      this.#setting.changed(this.#open);
      if (this.#last !== null) this.#setting.heard(this.#last);
      if (this.#present !== null) this.#setting.present(this.#present);
      return;
    }
    const abort = new AbortController();
    this.#abort = abort;
    void this.#run(abort.signal);
  }

  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#setOpen(false);
    this.#last = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const stream = new AbortController();
      const end = (): void => stream.abort();
      signal.addEventListener('abort', end, { once: true });
      failures += 1;
      const asked = await this.#follow(stream.signal, () => (failures = 0)).then(() => 0, retryAfterOf);
      signal.removeEventListener('abort', end);
      end();
      if (signal.aborted) return;
      this.#setOpen(false);
      const step = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, failures - 1));
      await this.#setting.wait(Math.max(asked, step * (0.5 + this.#setting.chance() / 2)), signal);
    }
  }

  async #follow(signal: AbortSignal, answered: () => void): Promise<void> {
    const response = await this.#setting.link.openStream(protocolPaths.events, signal);
    const reader = new EventReader();
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(response, silenceMs)) {
      if (signal.aborted) return;
      for (const { name, data } of reader.read(decoder.decode(chunk, { stream: true }))) {
        if (name === 'presence') this.#hearPresence(data);
        if (name !== 'head') continue;
        const head = headEventSchema.parse(JSON.parse(data));
        answered();
        this.#last = head;
        this.#setOpen(true);
        this.#setting.heard(head);
      }
    }
  }

  /** One that cannot be read is passed over: it never costs the stream of heads. */
  #hearPresence(data: string): void {
    const event = presenceEventSchema.safeParse(parseJson(data));
    if (!event.success) return;
    this.#present = event.data;
    this.#setting.present(event.data);
  }

  #setOpen(open: boolean): void {
    if (this.#open === open) return;
    this.#open = open;
    if (!open) this.#present = null;
    this.#setting.changed(open);
  }
}

/** How long (ms) an endpoint that refused asks to be left alone. */
function retryAfterOf(error: unknown): number {
  return error instanceof EndpointError ? (error.failure.retryAfterMs ?? 0) : 0;
}
