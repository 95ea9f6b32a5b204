/** What is wrong with an address as typed; null while it can be tried. The shell decides in the end. */
export type AddressFault = 'bad' | 'protocol' | 'plain' | 'user' | 'query';

export function addressFault(typed: string): AddressFault | null {
  const text = typed.trim();
  const hasProtocol = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const address = hasProtocol ? text : `https://${text}`;
  if (!URL.canParse(address) || /\s/.test(text)) return 'bad';
  const url = new URL(address);
  if (url.hostname === '') return 'bad';
  if (!/^https?:$/.test(url.protocol)) return 'protocol';
  if (url.username !== '' || url.password !== '') return 'user';
  if (/[?#]/.test(text)) return 'query';
  return url.protocol === 'http:' && isPublicName(url.hostname) ? 'plain' : null;
}

/** Names say nothing about where they lead; numbers are judged by the shell, which knows the private ones. */
function isPublicName(hostname: string): boolean {
  return hostname !== 'localhost' && !hostname.endsWith('.localhost') && !/^[\d.]+$|^\[/.test(hostname);
}

/** Letters and digits of a one-time code. */
export const codeLength = 16;

export type CodeFault =
  { readonly kind: 'short' | 'long'; readonly count: number } | { readonly kind: 'sign'; readonly sign: string };

/** Spaces and hyphens do not count, as at the endpoint. A code in the middle of being typed is `short`. */
export function codeFault(typed: string): CodeFault | null {
  const signs = typed.replaceAll(/[\s-]/g, '');
  const [strange] = signs.match(/[^0-9a-z]/iu) ?? [];
  if (strange !== undefined) return { kind: 'sign', sign: strange };
  if (signs.length < codeLength) return { kind: 'short', count: signs.length };
  return signs.length > codeLength ? { kind: 'long', count: signs.length - codeLength } : null;
}
