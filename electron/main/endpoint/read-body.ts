import { EndpointError, failureOf } from './failures.ts';

/** Largest answer taken (bytes, unzipped): a page is 1 MiB, the states that come into view with it a few more. */
export const answerMaxBytes = 32 * 1024 * 1024;

/**
 * Reads a body to its end. Throws when nothing comes for `silenceMs`, and when it is longer than an answer may be: both
 * end the transfer.
 */
export async function readBody(response: Response, silenceMs: number, maxBytes = answerMaxBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(response, silenceMs)) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new EndpointError(failureOf('unreachable', `expected an answer of at most ${maxBytes} bytes`));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The parts of a body as they come. A reader that stops early ends the transfer. */
export async function* chunksOf(response: Response, silenceMs: number): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), silenceMs);
      if (done) break;
      yield value;
    }
    ended = true;
  } finally {
    // Not waited for: a transfer that hangs may hang in its end, too.
    if (!ended) void reader.cancel().catch(() => undefined);
  }
}

/** Rejects when `work` has not settled in time. */
export async function within<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new EndpointError(failureOf('timeout', `expected something within ${limitMs} ms`))),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
