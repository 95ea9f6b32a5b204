import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { appMessages } from '../../../../renderer/app/app-text.ts';
import { features } from '../../../../renderer/app/features.ts';
import { commonMessages } from '../../../../renderer/services/common-messages.ts';

/** Any name that a text may ask for. */
const values = new Proxy({}, { has: () => true, get: () => 1, getOwnPropertyDescriptor: () => undefined });

describe('the texts', () => {
  it.each(['en', 'de'] as const)('can all be read as messages: %s', (locale) => {
    for (const catalogue of [commonMessages, appMessages, ...features.map(({ messages }) => messages)]) {
      const broken: string[] = [];
      for (const [id, text] of Object.entries(catalogue[locale])) {
        const onError = (): void => void broken.push(id);
        createIntl({ locale, messages: { [id]: text }, onError }).formatMessage({ id }, values);
      }
      expect(broken).toEqual([]);
    }
  });

  it('would not pass with a text that cannot', () => {
    const broken: string[] = [];
    const messages = { x: '{unit, select, working-days {a} other {b}}' };
    createIntl({ locale: 'en', messages, onError: ({ code }) => void broken.push(code) }).formatMessage(
      { id: 'x' },
      values,
    );
    expect(broken).not.toEqual([]);
  });
});
