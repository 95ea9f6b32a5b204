import { useText } from '../../services/text.ts';
import type { Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import type en from './messages/en.json';

export type ServiceLevelKey = keyof typeof en;

export function useServiceLevelText(): Translate<ServiceLevelKey | CommonKey> {
  return useText<ServiceLevelKey>();
}
