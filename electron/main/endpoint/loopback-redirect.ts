import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { signInPage, signInPageHeaders, type SignInPage } from './signed-in-page.ts';

const path = '/signed-in';

export interface LoopbackRedirect {
  readonly redirectUri: string;
  /** The query the browser came back with, once, and only with the state of this sign-in. */
  readonly query: Promise<string>;
  /** Nobody can come back from now on. */
  readonly close: () => void;
}

/**
 * Where the browser comes back to: a port of 127.0.0.1 that the system chooses, open for one sign-in (RFC 8252 7.3, 8.3).
 * Whoever comes without its state, by another name or to another address is sent away, and the wait goes on: any program
 * and any page may knock.
 */
export async function openLoopbackRedirect(state: string, locale: string): Promise<LoopbackRedirect> {
  let found: (query: string) => void = () => undefined;
  const query = new Promise<string>((resolve) => (found = resolve));
  let isOver = false;
  let host = '';

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const [address, search = ''] = (request.url ?? '').split('?', 2);
    // A name that leads here is not this address: a page could read what a server answers under its own name.
    if (request.headers.host !== host || request.method !== 'GET' || address !== path)
      return send(response, 404, 'unknown');
    const parameters = new URLSearchParams(search);
    if (isOver || !isSame(parameters.get('state') ?? '', state)) return send(response, 400, 'unknown');
    isOver = true;
    send(response, 200, parameters.has('error') ? 'refused' : 'done');
    found(search);
  }

  function send(response: ServerResponse, status: number, page: SignInPage): void {
    response.writeHead(status, signInPageHeaders).end(signInPage(page, locale));
  }

  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('the system gave no port for the sign-in');
  host = `127.0.0.1:${place.port}`;
  return {
    redirectUri: `http://${host}${path}`,
    query,
    // The page that is being sent gets there; its connection ends with it.
    close: () => void server.close(),
  };
}

function isSame(found: string, expected: string): boolean {
  const [a, b] = [Buffer.from(found), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
