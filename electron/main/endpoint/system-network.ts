import { net, session } from 'electron';
import type { Network } from './endpoint-client.ts';

const lookEveryMs = 3_000;

/**
 * Chromium's network stack in a session of its own, kept in memory only: system proxy, PAC and the company's
 * certificates as the system knows them, but no cookie, no cache and nothing of the page.
 */
export function openSystemNetwork(now: () => number): Network {
  const own = session.fromPartition('endpoint', { cache: false });
  own.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  own.setPermissionCheckHandler(() => false);
  return { fetch: (url, init) => own.fetch(url, init), online: () => net.isOnline(), now };
}

/**
 * Tells when the system's network comes or goes; Chromium has no event for it in main.
 * @returns ends the watch
 */
export function watchNetwork(changed: (online: boolean) => void): () => void {
  let last = net.isOnline();
  const timer = setInterval(() => {
    const online = net.isOnline();
    if (online === last) return;
    last = online;
    changed(online);
  }, lookEveryMs);
  return () => clearInterval(timer);
}
