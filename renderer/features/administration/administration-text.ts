import { useText, type Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import type en from './messages/en.json';

export type AdministrationText = Translate<keyof typeof en | CommonKey>;

export function useAdministrationText(): AdministrationText {
  return useText<keyof typeof en>();
}
