import { useText } from '../../services/text.ts';
import type { Translate } from '../../services/text.ts';
import type { CommonKey } from '../../services/common-messages.ts';
import type en from './messages/en.json';

export type AssetKey = keyof typeof en;
export type AssetText = Translate<AssetKey | CommonKey>;

export function useAssetText(): AssetText {
  return useText<AssetKey>();
}
