import type { CommonKey } from '../../services/common-messages.ts';
import { useText, type Translate } from '../../services/text.ts';
import type en from './messages/en.json';

export type ChangeText = Translate<keyof typeof en | CommonKey>;

export function useChangeText(): ChangeText {
  return useText<keyof typeof en>();
}
