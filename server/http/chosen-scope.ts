import { finishedSince, isWholeScope, scopeWishSchema, type ScopeWish } from '../../shared/sync/protocol-scope.ts';
import { parseState } from '../admission/mirror.ts';
import type { Author } from '../admission/authors.ts';
import { valuesShown } from '../admission/shown-record.ts';
import type { Endpoint } from '../endpoint.ts';
import type { StoreReader } from '../store/store.ts';
import { withAllRights, type Reader } from './visibility.ts';

/** What the desk of an author has chosen to be sent, as it is at this moment (ms). */
export async function readChosen(
  store: StoreReader,
  { device, persons }: Author,
  now: number,
): Promise<Pick<Reader, 'chosen'>> {
  const text = await store.scopeWish(device.device);
  if (text === undefined) return {};
  const { whose, closedDays, also } = scopeWishSchema.parse(JSON.parse(text));
  const sites: string[] = [];
  if (whose !== 'all' && whose.includes('sites'))
    for (const row of await store.records([...persons].map((person) => `person/${person}`))) {
      const { site } = valuesShown(parseState(row));
      if (typeof site === 'string') sites.push(site);
    }
  const closedSince = closedDays === null ? null : finishedSince(closedDays, now);
  const groups = whose === 'all' ? whose : [...new Set(whose)].toSorted();
  return { chosen: { whose: groups, sites: [...new Set(sites)].toSorted(), closedSince, also: new Set(also) } };
}

/** Notes what a desk wants from now on. The same wish again writes nothing. */
export async function keepWish<Caller extends Author & { readonly actor: Reader }>(
  endpoint: Endpoint,
  caller: Caller,
  wish: ScopeWish,
): Promise<Caller> {
  const { device } = caller.device;
  const text = isWholeScope(wish) ? undefined : JSON.stringify(wish);
  const known = await endpoint.store.read(async (store) => await store.scopeWish(device));
  if (known !== text) await endpoint.store.write(async (store) => await store.putScopeWish(device, text));
  const chosen = await endpoint.store.read(async (store) => await readChosen(store, caller, endpoint.now()));
  return { ...caller, actor: { ...withAllRights(caller.actor), ...chosen } };
}
