import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { EndpointClient } from '../../../../../electron/main/endpoint/endpoint-client.ts';
import type { EndpointLink } from '../../../../../electron/main/endpoint/endpoint-link.ts';
import { EndpointError } from '../../../../../electron/main/endpoint/failures.ts';
import { PartFetcher } from '../../../../../electron/main/endpoint/part-fetcher.ts';

const text = Array.from({ length: 400 }, (_, index) => `{"line":${index},"seed":${Math.sin(index)}}\n`).join('');
const file = gzipSync(text);
const wanted = { hash: 'abc', part: 0 };

/** How much of each answer comes before the line breaks, in order; all of it when there is nothing more. */
let breaks: number[] = [];
/** As a proxy does that gives up: the answer ends as if it were whole. */
let endsQuietly = false;
let tag: string | null = '"abc-0"';
let content = file;
let ranges: (string | null)[] = [];
let parts: PartFetcher;

beforeEach(() => {
  breaks = [];
  endsQuietly = false;
  tag = '"abc-0"';
  content = file;
  ranges = [];
  const client = new EndpointClient({ fetch: serve, online: () => true, now: () => 0 });
  const link: Pick<EndpointLink, 'openFile' | 'classify'> = {
    openFile: (request, signal, type) => client.openStream('https://desk.example.org', request, signal, type),
    classify: (error) => client.classify(error),
  };
  parts = new PartFetcher(link as EndpointLink, () => 0);
});

async function serve(_url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const range = headers.get('range');
  ranges.push(range);
  const isSame = headers.get('if-range') === tag;
  const from = range === null || !isSame ? 0 : Number(/\d+/.exec(range)?.[0]);
  const rest = content.subarray(from);
  const most = breaks.shift();
  const named = { 'content-type': 'application/gzip', ...(tag === null ? {} : { etag: tag }) };
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      stream.enqueue(Uint8Array.from(rest.subarray(0, most)));
      if (most === undefined || endsQuietly) stream.close();
    },
    pull: () => {
      throw new Error('net::ERR_CONTENT_LENGTH_MISMATCH');
    },
  });
  return from === 0
    ? new Response(body, { headers: named })
    : new Response(body, {
        status: 206,
        headers: { ...named, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` },
      });
}

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof EndpointError ? error.failure : error;
};

describe('a part of a snapshot', () => {
  it('is put together of what came over a line that breaks, and nothing of it comes twice', async () => {
    breaks = [1_000, 700, 1];
    const body = await parts.fetch(wanted);
    expect(body.text).toBe(text);
    expect(body.receivedBytes).toBe(file.length);
    expect(ranges).toEqual([null, 'bytes=1000-', 'bytes=1700-', 'bytes=1701-']);
  });

  it('is gone on with in the next call when the line brought nothing', async () => {
    breaks = [1_000, 0];
    expect(await failureOf(parts.fetch(wanted))).toMatchObject({ kind: 'unreachable' });
    const body = await parts.fetch(wanted);
    expect(body.text).toBe(text);
    expect(body.receivedBytes).toBe(file.length - 1_000);
    expect(ranges).toEqual([null, 'bytes=1000-', 'bytes=1000-']);
  });

  it('is taken from its beginning when it is another file by now', async () => {
    breaks = [1_000, 0];
    await failureOf(parts.fetch(wanted));
    tag = '"abc-other"';
    expect((await parts.fetch(wanted)).text).toBe(text);
  });

  it('is taken from its beginning when the endpoint gave it no name', async () => {
    breaks = [1_000];
    tag = null;
    expect((await parts.fetch(wanted)).text).toBe(text);
    expect(ranges).toEqual([null, null]);
  });

  it('is gone on with when its answer ended early in good order', async () => {
    breaks = [1_000, 700];
    endsQuietly = true;
    expect((await parts.fetch(wanted)).text).toBe(text);
    expect(ranges).toEqual([null, 'bytes=1000-', 'bytes=1700-']);
  });

  it('that came damaged is not kept', async () => {
    content = Buffer.concat([file.subarray(0, 500), Buffer.from([file[500] === 0 ? 1 : 0]), file.subarray(501)]);
    expect(await failureOf(parts.fetch(wanted))).toMatchObject({ detail: expect.stringContaining('damaged') });
    content = file;
    expect((await parts.fetch(wanted)).text).toBe(text);
    expect(ranges).toEqual([null, null]);
  });

  it('that is asked for twice at once is fetched once, and kept until another is', async () => {
    const [first, second] = await Promise.all([parts.fetch(wanted), parts.fetch(wanted)]);
    expect([first.text, second.text, (await parts.fetch(wanted)).text]).toEqual([text, text, text]);
    expect(ranges).toHaveLength(1);
    await parts.fetch({ ...wanted, part: 1 });
    await parts.fetch(wanted);
    expect(ranges).toHaveLength(3);
  });
});
