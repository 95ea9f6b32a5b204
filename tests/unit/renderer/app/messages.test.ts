import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { appMessages } from '../../../../renderer/app/app-text.ts';
import { features } from '../../../../renderer/app/features.ts';
import { commonMessages } from '../../../../renderer/services/common-messages.ts';

/** A value for whatever a text may ask for. */
function valuesFor(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/\{\s*(\w+)/g)].map(([, name]) => [name ?? '', 1]));
}

describe('the texts', () => {
  it.each(['en', 'de'] as const)('can all be read as messages: %s', (locale) => {
    for (const catalogue of [commonMessages, appMessages, ...features.map(({ messages }) => messages)]) {
      const broken: string[] = [];
      for (const [id, text] of Object.entries(catalogue[locale])) {
        const onError = (): void => void broken.push(id);
        createIntl({ locale, messages: { [id]: text }, onError }).formatMessage({ id }, valuesFor(text));
      }
      expect(broken).toEqual([]);
    }
  });

  it('would not pass with a text that cannot', () => {
    const broken: string[] = [];
    const messages = { x: '{unit, select, working-days {a} other {b}}' };
    createIntl({ locale: 'en', messages, onError: ({ code }) => void broken.push(code) }).formatMessage(
      { id: 'x' },
      { unit: 1 },
    );
    expect(broken).not.toEqual([]);
  });
});
