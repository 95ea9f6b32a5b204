import { useText } from '../../services/text.ts';
import type { Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import en from './messages/en.json';

export type ExchangeKey = keyof typeof en;
export type ExchangeText = Translate<ExchangeKey | CommonKey>;

export function useExchangeText(): ExchangeText {
  return useText<ExchangeKey>();
}

/** Whether a key made from data (a reason, a failure of another version) has a text. */
export function isExchangeKey(key: string): key is ExchangeKey {
  return Object.hasOwn(en, key);
}
