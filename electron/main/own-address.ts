import { appHost, appOrigin, appScheme } from './app-protocol.ts';

/** Addresses that are ours: the built page, and the development server when one was allowed. */
export interface OwnAddresses {
  /** The page to load. */
  readonly entry: string;
  /** True for the entry document: the only place a window may navigate to (a reload). */
  readonly isEntry: (address: string) => boolean;
  /** True for anything served by us: who may call the shell, what the page may request. */
  readonly isOwn: (address: string) => boolean;
}

/** @param devServer address of the Vite server; null outside development */
export function describeOwnAddresses(devServer: string | null): OwnAddresses {
  const devOrigin = devServer === null ? null : new URL(devServer).origin;
  const isOwn = (address: string): boolean => {
    const url = parse(address);
    if (url === null || url.username !== '' || url.password !== '') return false;
    if (url.protocol === `${appScheme}:`) return url.host === appHost;
    return devOrigin !== null && (url.origin === devOrigin || url.origin === devOrigin.replace(/^http/, 'ws'));
  };
  return {
    entry: devServer ?? `${appOrigin}/index.html`,
    isOwn,
    isEntry: (address) => isOwn(address) && ['/', '/index.html'].includes(parse(address)?.pathname ?? ''),
  };
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
