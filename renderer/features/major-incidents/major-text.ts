import { useText } from '../../services/text.ts';
import type { Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import type en from './messages/en.json';

export type MajorText = Translate<keyof typeof en | CommonKey>;

export function useMajorText(): MajorText {
  return useText<keyof typeof en>();
}
