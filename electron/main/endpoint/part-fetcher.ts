import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DesktopInput } from '../../../shared/desktop-api.ts';
import type { EndpointBody } from '../../../shared/desktop-endpoint.ts';
import { protocolPaths } from '../../../shared/sync/protocol.ts';
import { fileType } from './endpoint-client.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { EndpointError, failureOf } from './failures.ts';
import { chunksOf } from './read-body.ts';

const unzip = promisify(gunzip);
/** Largest part taken, as sent (bytes). */
const partMaxBytes = 32 * 1024 * 1024;
/** Largest part taken once it is unzipped (bytes). */
const textMaxBytes = 128 * 1024 * 1024;
const silenceMs = 30_000;
/** A line that breaks this often within one part is left to the back-off of whoever asks. */
const mostPieces = 50;

/** What came of the part that was asked for last. */
interface Begun {
  readonly path: string;
  readonly chunks: Uint8Array[];
  size: number;
  /** Names the file these bytes are of; null when the endpoint gave it no name. */
  tag: string | null;
  isWhole: boolean;
  running: Promise<EndpointBody> | null;
}

/**
 * Fetches parts of snapshots: what came of one that was cut is kept, and only the rest is asked for (Range). Of one space
 * one part is kept at a time, until another is asked for; a person who pauses does not lose it.
 */
export class PartFetcher {
  readonly #link: EndpointLink;
  readonly #now: () => number;
  #begun: Begun | null = null;

  constructor(link: EndpointLink, now: () => number) {
    this.#link = link;
    this.#now = now;
  }

  /** The part as text. Throws an `EndpointError` when the line breaks without having brought anything. */
  async fetch({ hash, part }: Omit<DesktopInput<'endpointSnapshotPart'>, 'space'>): Promise<EndpointBody> {
    const path = `${protocolPaths.snapshots}/${hash}/${part}`;
    if (this.#begun?.path !== path)
      this.#begun = { path, chunks: [], size: 0, tag: null, isWhole: false, running: null };
    const begun = this.#begun;
    begun.running ??= this.#fetchAll(begun).finally(() => (begun.running = null));
    return await begun.running;
  }

  async #fetchAll(begun: Begun): Promise<EndpointBody> {
    const began = this.#now();
    const before = begun.size;
    for (let piece = 1; ; piece += 1) {
      const had = begun.size;
      try {
        if (!begun.isWhole) await this.#receive(begun);
        const text = await readText(begun);
        begun.isWhole = true;
        return { text, sentBytes: 0, receivedBytes: Math.max(0, begun.size - before), ms: this.#now() - began };
      } catch (error) {
        if (begun.size <= had || piece === mostPieces) throw error;
      }
    }
  }

  async #receive(begun: Begun): Promise<void> {
    const abort = new AbortController();
    // Without a name for them, bytes of two answers must not be put together.
    if (begun.tag === null) empty(begun);
    const rest = begun.tag === null || begun.size === 0 ? {} : { rest: { from: begun.size, tag: begun.tag } };
    try {
      const response = await this.#link.openFile({ method: 'GET', path: begun.path, ...rest }, abort.signal, fileType);
      if (response.status !== 206 || !startsAt(response, begun.size)) empty(begun);
      const tag = response.headers.get('etag');
      begun.tag = tag === null || tag.startsWith('W/') ? null : tag;
      for await (const chunk of chunksOf(response, silenceMs)) {
        if (begun.size + chunk.length > partMaxBytes) {
          empty(begun);
          throw new EndpointError(failureOf('unreachable', `expected a part of at most ${partMaxBytes} bytes`));
        }
        begun.chunks.push(chunk);
        begun.size += chunk.length;
      }
    } catch (error) {
      if (isOutOfRange(error)) empty(begun);
      throw this.#link.classify(error);
    } finally {
      abort.abort();
    }
  }
}

/** A proxy may end a body early in good order: then the file has no end, and what is there of it stays. */
async function readText(begun: Begun): Promise<string> {
  try {
    const bytes = await unzip(Buffer.concat(begun.chunks), { maxOutputLength: textMaxBytes });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR')
      throw new EndpointError(failureOf('unreachable', 'the part was cut before its end'));
    empty(begun);
    throw new EndpointError(failureOf('unreachable', 'the part came damaged; it is fetched again'));
  }
}

function empty(begun: Begun): void {
  begun.chunks.length = 0;
  begun.size = 0;
  begun.isWhole = false;
}

function startsAt(response: Response, position: number): boolean {
  return response.headers.get('content-range')?.startsWith(`bytes ${position}-`) === true;
}

function isOutOfRange(error: unknown): boolean {
  return error instanceof EndpointError && error.failure.problem?.code === 'range-not-satisfiable';
}
