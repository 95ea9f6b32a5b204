import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { appMessages } from '../../../../renderer/app/app-text.ts';
import { features } from '../../../../renderer/app/features.ts';
import { commonMessages, type Catalogue } from '../../../../renderer/services/common-messages.ts';
import { commands } from '../../../../shared/domain/commands.ts';
import { entities } from '../../../../shared/domain/entities.ts';
import { expectedValues, refusalKinds } from '../../../../shared/domain/refusal.ts';
import { ticket, ticketEntry } from '../../../../shared/domain/ticket/ticket.ts';

const parts: Readonly<Record<string, Catalogue>> = {
  common: commonMessages,
  app: appMessages,
  ...Object.fromEntries(features.map((feature) => [feature.id, feature.messages])),
};

/** Names of the values a message takes, also inside the branches of a plural. */
function placeholders(message: string): readonly string[] {
  const names = new Set<string>();
  // Depth counts braces; what stands in an odd one is `name` or `name, plural, ...`, in an even one text.
  let depth = 0;
  for (const [token] of message.matchAll(/\{\s*\w+|[{}]/g)) {
    if (token === '}') depth -= 1;
    else {
      depth += 1;
      if (depth % 2 === 1) names.add(token.slice(1).trim());
    }
  }
  return [...names].toSorted();
}

describe.each(Object.entries(parts))('the catalogue of %s', (_part, catalogue) => {
  const { en, de } = catalogue;

  it('has the same keys in every language', () => {
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('takes the same values in every language', () => {
    const differing = Object.keys(en).filter(
      (key) => placeholders(en[key] ?? '').join() !== placeholders(de[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it.each(['en', 'de'] as const)('is formatted without a complaint in %s', (locale) => {
    const complaints: string[] = [];
    const messages = catalogue[locale];
    const intl = createIntl({ locale, messages: { ...messages }, onError: (error) => complaints.push(error.message) });
    for (const [key, message] of Object.entries(messages)) {
      const values = Object.fromEntries(placeholders(message).map((name) => [name, 2]));
      expect(intl.formatMessage({ id: key }, values)).not.toBe('');
    }
    expect(complaints).toEqual([]);
  });
});

describe('all catalogues together', () => {
  it('say each key once', () => {
    const keys = Object.values(parts).flatMap(({ en }) => Object.keys(en));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe('the common catalogue', () => {
  const has = (key: string): boolean => Object.hasOwn(commonMessages.en, key);
  const missing = (keys: readonly string[]): readonly string[] => keys.filter((key) => !has(key));

  it('names every refusal, and what a value should have been', () => {
    expect(missing(refusalKinds.map((kind) => `refusal.${kind}`))).toEqual([]);
    expect(missing(expectedValues.map((kind) => `expected.${kind}`))).toEqual([]);
  });

  it('names the refusals of the data worker', () => {
    expect(missing(['storage-full', 'changed-since', 'nothing-to-undo'].map((kind) => `refusal.${kind}`))).toEqual([]);
  });

  it('names every kind of record and every field of a ticket', () => {
    expect(missing(Object.keys(entities).map((kind) => `entity.${kind}`))).toEqual([]);
    expect(missing(Object.keys(ticket.fields).map((field) => `field.ticket.${field}`))).toEqual([]);
  });

  it('names every choice of every field of a ticket and its entries', () => {
    const fields = [...Object.entries(ticket.fields), ...Object.entries(ticketEntry.fields)];
    const choices = fields.flatMap(([name, field]) =>
      field.type === 'choice' ? field.choices.map((choice) => `choice.${name}.${choice}`) : [],
    );
    expect(choices.length).toBeGreaterThan(20);
    expect(missing(choices)).toEqual([]);
  });
});

describe('the catalogue of tickets', () => {
  it('says what each ticket command did, for the activity', () => {
    const known = parts['tickets']?.en ?? {};
    const names = Object.keys(commands).filter((name) => name.startsWith('ticket.') && name !== 'ticket.comment');
    expect(names.filter((name) => !Object.hasOwn(known, `did.${name}`))).toEqual([]);
  });
});
