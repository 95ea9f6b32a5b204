import { useText } from '../services/text.ts';
import type { Translate } from '../services/text.ts';
import type { Catalogue, CommonKey } from '../services/common-messages.ts';
import de from './messages/de.json';
import en from './messages/en.json';

export type AppKey = keyof typeof en;
export type AppText = Translate<AppKey | CommonKey>;

export const appMessages: Catalogue = { en, de };

export function useAppText(): AppText {
  return useText<AppKey>();
}
