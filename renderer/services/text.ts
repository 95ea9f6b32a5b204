import { useCallback } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import { commonMessages, type CommonKey } from './common-messages.ts';

export type TextValues = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string;

/**
 * Texts by key. A feature narrows it to its own keys besides the common ones:
 * `export const useTicketText = () => useText<keyof typeof en>();`
 */
export function useText<Key extends string = never>(): Translate<Key | CommonKey> {
  const intl = useIntl();
  return useCallback((key, values) => translate(intl, key, values), [intl]);
}

/** Outside of components, e.g. in commands. */
export function translate(intl: IntlShape, key: string, values?: TextValues): string {
  return intl.formatMessage({ id: key }, values);
}

/** Whether a key made from data (a choice, a refusal of another version) has a text. */
export function isCommonKey(key: string): key is CommonKey {
  return Object.hasOwn(commonMessages.en, key);
}
