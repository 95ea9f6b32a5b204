import { protocolVersions } from '../../shared/sync/protocol.ts';
import { isWholeScope, mostKeptBesides, type ScopeWish } from '../../shared/sync/protocol-scope.ts';
import type { RemoteStore } from '../data/remote/remote-store.ts';
import type { EndpointCalls } from './endpoint-calls.ts';

/** Thrown when as many tickets are kept besides as an endpoint takes. */
export class KeptFull extends Error {}

/** What a desk wants with one ticket more; the same when it comes anyhow. */
export function wishWith(wish: ScopeWish, id: string): ScopeWish {
  if (isWholeScope(wish) || wish.also.includes(id)) return wish;
  if (wish.also.length >= mostKeptBesides) throw new KeptFull(`${mostKeptBesides} tickets are kept besides already`);
  return { ...wish, also: [...wish.also, id] };
}

/**
 * Brings one ticket here that the desk does not keep. First the endpoint is told that it is wanted: whatever is done to
 * it from then on comes with the pages; then what it is now.
 */
export async function bringTicket(
  { hello, record }: EndpointCalls,
  store: RemoteStore,
  wish: ScopeWish,
  id: string,
): Promise<void> {
  const { schemaVersion } = store.standing();
  await hello({ protocol: [...protocolVersions], schemaVersion, wish });
  await store.takeRecord((await record('ticket', id)).value);
}
