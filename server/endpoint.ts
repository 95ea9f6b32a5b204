import { Admission } from './admission/admission.ts';
import type { OpenIdSetting } from './identity/open-id-setting.ts';
import { OpenIdSignIn } from './identity/open-id.ts';
import { Sessions } from './identity/sessions.ts';
import { makeSpace, readKeys, type EndpointKeys } from './keys.ts';
import { openDriver, openStore, type StorePlace } from './store/open-store.ts';
import type { Store } from './store/store.ts';

/** One space, open: everything behind the HTTP routes. The same object serves headless and inside the shell. */
export interface Endpoint {
  readonly space: string;
  readonly store: Store;
  readonly keys: EndpointKeys;
  readonly admission: Admission;
  readonly sessions: Sessions;
  /** Wall time in ms. */
  readonly now: () => number;
}

/** @param openId the identity provider people may sign in at */
export async function openEndpoint(
  place: StorePlace,
  now: () => number = Date.now,
  openId: OpenIdSetting | null = null,
): Promise<Endpoint> {
  const store = await openStore(await openDriver(place), () => makeSpace(now()));
  const { id, secret } = await store.read(async (reader) => await reader.space());
  const keys = readKeys(secret);
  const admission = new Admission(store, keys, now);
  await admission.start();
  return {
    space: id,
    store,
    keys,
    admission,
    sessions: new Sessions(
      store,
      keys,
      id,
      now,
      openId === null ? null : new OpenIdSignIn(openId, keys.tokenSecret, id, now),
    ),
    now,
  };
}
