import { useText } from '../../services/text.ts';
import type { Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import en from './messages/en.json';

export type SyncKey = keyof typeof en;
export type SyncText = Translate<SyncKey | CommonKey>;

export function useSyncText(): SyncText {
  return useText<SyncKey>();
}

/** Whether a key made from data (a problem or a code of a newer endpoint) has a text. */
export function isSyncKey(key: string): key is SyncKey {
  return Object.hasOwn(en, key);
}
