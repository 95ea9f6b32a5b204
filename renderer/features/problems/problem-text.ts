import { useText } from '../../services/text.ts';
import type { Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import type en from './messages/en.json';

export type ProblemKey = keyof typeof en;
export type ProblemText = Translate<ProblemKey | CommonKey>;

export function useProblemText(): ProblemText {
  return useText<ProblemKey>();
}
