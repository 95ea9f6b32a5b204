import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What becomes of one request on its way. */
export type Fault =
  | 'none'
  /** The connection ends before the endpoint hears of it. */
  | 'drop'
  /** The endpoint did it, and nobody learns. */
  | 'lose-answer'
  /** Half of the answer, then the connection ends. */
  | 'cut'
  /** Half of the answer, ended in good order, as a proxy that gives up does. */
  | 'cut-quietly'
  /** The endpoint gets it twice; the answer is the second one. */
  | 'duplicate'
  /** Answered late, after `delayMs`. */
  | 'delay'
  /** A page to sign in to the network. */
  | 'portal'
  | 'redirect'
  | 'proxy-auth'
  | 'gateway-down';

export interface FaultProxy {
  readonly url: string;
  /** Chooses the fault of each request; `none` for all at first. */
  choose: (request: { readonly method: string; readonly path: string }) => Fault;
  delayMs: number;
  /** Bytes of bodies a second, each way, shared by all requests; infinite at first. */
  bytesPerSecond: number;
  /** Bytes of bodies that went through so far; event streams aside. */
  readonly passed: { up: number; down: number };
  /** Where requests go; may change, as when an endpoint comes back on another port. */
  target: string;
  /** Requests so far, with the faults they met. */
  readonly seen: { readonly path: string; readonly fault: Fault }[];
  readonly close: () => Promise<void>;
}

/** 30 kbit/s, as over a bad mobile line. */
export const slowLine = 30_000 / 8;

/** An HTTP proxy in front of an endpoint that does to requests what networks do. */
export async function openFaultProxy(target: string, port = 0): Promise<FaultProxy> {
  const server = http.createServer((request, response) => {
    void serve(proxy, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    choose: () => 'none',
    delayMs: 300,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    passed: { up: 0, down: 0 },
    target,
    seen: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function serve(proxy: FaultProxy, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const fault = proxy.choose({ method: request.method ?? '', path });
  proxy.seen.push({ path, fault });
  const body = await readAll(request);
  await pass(proxy, 'up', body.length);
  switch (fault) {
    case 'drop':
      response.destroy();
      return;
    case 'portal':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the hotel</html>');
      return;
    case 'redirect':
      response.writeHead(302, { location: 'http://portal.invalid/' }).end();
      return;
    case 'proxy-auth':
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="x"' }).end();
      return;
    case 'gateway-down':
      response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '2' }).end('<html>down</html>');
      return;
    case 'delay':
      await wait(proxy.delayMs);
      break;
    case 'duplicate':
      await readAll(await forward(proxy, request, body));
      break;
    case 'none':
    case 'lose-answer':
    case 'cut':
    case 'cut-quietly':
      break;
  }
  await answer(proxy, fault, await forward(proxy, request, body), response);
}

async function answer(
  proxy: FaultProxy,
  fault: Fault,
  found: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  if (found.headers['content-type'] === 'text/event-stream') {
    response.writeHead(200, found.headers);
    response.once('close', () => found.destroy());
    found.once('close', () => response.destroy());
    found.pipe(response);
    return;
  }
  const body = await readAll(found);
  await pass(proxy, 'down', body.length);
  const { 'transfer-encoding': _chunked, 'content-length': _length, ...headers } = found.headers;
  const half = body.subarray(0, body.length >> 1);
  if (fault === 'lose-answer') response.destroy();
  else if (fault === 'cut') {
    response.writeHead(found.statusCode ?? 500, { ...headers, 'content-length': body.length });
    response.write(half, () => response.destroy());
  } else if (fault === 'cut-quietly')
    response.writeHead(found.statusCode ?? 500, { ...headers, 'content-length': half.length }).end(half);
  else response.writeHead(found.statusCode ?? 500, { ...headers, 'content-length': body.length }).end(body);
}

function forward(proxy: FaultProxy, request: http.IncomingMessage, body: Buffer): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { connection: _connection, 'transfer-encoding': _chunked, ...headers } = request.headers;
    const onward = http.request(new URL(request.url ?? '/', proxy.target), {
      method: request.method,
      headers: { ...headers, ...(body.length > 0 ? { 'content-length': body.length } : {}) },
      agent: false,
    });
    onward.once('response', resolve);
    onward.once('error', reject);
    onward.end(body);
  });
}

/** When the line is free again, by proxy and direction (ms). */
const freeAt = new WeakMap<FaultProxy, { up: number; down: number }>();

/** The time so many bytes take on the line, after those that came before. */
async function pass(proxy: FaultProxy, way: 'up' | 'down', bytes: number): Promise<void> {
  proxy.passed[way] += bytes;
  if (!Number.isFinite(proxy.bytesPerSecond)) return;
  const free = freeAt.get(proxy) ?? { up: 0, down: 0 };
  freeAt.set(proxy, free);
  const now = performance.now();
  free[way] = Math.max(now, free[way]) + (bytes / proxy.bytesPerSecond) * 1_000;
  await wait(free[way] - now);
}

async function readAll(stream: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
