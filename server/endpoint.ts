import path from 'node:path';
import { Admission } from './admission/admission.ts';
import { Blobs } from './blobs/blobs.ts';
import { fillWords } from './admission/search-words.ts';
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
  /** Null where no folder for attachments was named. */
  readonly blobs: Blobs | null;
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
  if (!(await store.read(async (reader) => await reader.hasWords()))) await store.write(fillWords);
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
    blobs: openBlobs(place, store, now),
    now,
  };
}

function openBlobs(place: StorePlace, store: Store, now: () => number): Blobs | null {
  const directory = blobFolderOf(place);
  return directory === null ? null : new Blobs(directory, store, now, place.blobs?.quota);
}

/** Folder of the contents of attachments; null when there is none. */
export function blobFolderOf(place: StorePlace): string | null {
  const beside = place.kind === 'sqlite' ? path.join(place.directory, 'blobs') : null;
  return place.blobs?.directory ?? beside;
}
