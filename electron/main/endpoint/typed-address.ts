import { isIPv4, isIPv6 } from 'node:net';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { Problem } from '../../../shared/sync/protocol.ts';

/**
 * The address of an endpoint as a person types it: `desk.example.org`, `https://example.org/desk`,
 * `http://127.0.0.1:7420`. Plain HTTP only to this machine and to private addresses: anywhere else everybody on the way
 * could read and change what is sent.
 * @returns the address as it is used, without a slash at the end
 */
export function readTypedAddress(typed: string): Result<string, Problem> {
  const text = typed.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.hostname === '' || !/^https?:$/.test(url.protocol))
    return bad('an address such as https://desk.example.org', 'Type it as the administrator gave it.');
  if (url.username !== '' || url.password !== '')
    return bad('an address without a name and a password', 'Leave out everything up to the @.');
  if (url.search !== '' || url.hash !== '')
    return bad('an address without ? and #', 'Leave out everything from there on.');
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname))
    return bad(
      'https, since plain http beyond this machine and private addresses can be read and changed on the way',
      'Type https:// instead, or ask the administrator for the https address.',
    );
  return succeed(`${url.origin}${url.pathname.replace(/\/+$/, '')}`);
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Names say nothing about where they lead: only addresses in numbers, and the name of this machine. */
function isPrivateHost(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  if (isIPv4(hostname)) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname);
  const inner = /^\[(.*)\]$/.exec(hostname)?.[1] ?? '';
  return isIPv6(inner) && /^(::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(inner);
}

function bad(expected: string, action: string): Result<never, Problem> {
  return fail({ code: 'bad-request', expected, where: 'address', action });
}
