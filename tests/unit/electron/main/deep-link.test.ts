import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDeepLink, looksLikeDeepLink, parseDeepLink } from '../../../../electron/main/deep-link.ts';

test.each([
  ['holdfast://ticket/INC-K3V9-17', 'INC-K3V9-17'],
  ['holdfast://ticket/inc0001234', 'INC0001234'],
  ['HOLDFAST://TICKET/INC0001234/', 'INC0001234'],
])('%s navigates to %s', (link, reference) => {
  expect(parseDeepLink(link)).toEqual({ kind: 'ticket', reference });
});

test.each([
  ['holdfast://asset/CI-K3V9-17', 'CI-K3V9-17'],
  ['HOLDFAST://ASSET/CI-K3V9-17', 'CI-K3V9-17'],
])('a label: %s opens the asset %s', (link, reference) => {
  expect(parseDeepLink(link)).toEqual({ kind: 'asset', reference });
});

const hosts = [
  'ticket',
  'asset',
  'Ticket',
  'change',
  'wipe',
  'settings',
  '',
  '.',
  '..',
  'ticket.evil',
  'ticket@evil',
  'ticket:80',
  'evil/ticket',
];
const tails = [
  '',
  '/',
  '//',
  '/INC 1',
  '/INC-1?x=1',
  '/INC-1#x',
  '/INC-1/delete',
  '/../INC-1',
  '/..%2f..%2fetc',
  '/%49NC',
  '/-INC',
  '/<b>',
  '/INC\n-1',
  '/INC-1 --space=x',
  '/INC-1" --holdfast-options=e30',
  "/INC-1' --no-sandbox",
  '/INC-1\\..',
  '/ÏNC',
  '/INC\u202e1',
  '/INC\u00001',
  `/${'A'.repeat(41)}`,
  '/javascript:alert(1)',
  '/INC_1',
  '/INC;1',
  '/$(id)',
  '/`id`',
  '/INC-1&x',
  '/INC+1',
  '/INC=1',
  '/{"a":1}',
  '/INC-1\r\nHost: x',
];
const schemes = [
  'holdfast:',
  'holdfast:/',
  'holdfast://',
  'holdfast:///',
  'holdfasts://',
  'xholdfast://',
  'file://',
  'https://',
  'javascript:',
];

test('nothing else does: S8, more than 500 vectors', () => {
  const vectors = schemes.flatMap((scheme) => hosts.flatMap((host) => tails.map((tail) => scheme + host + tail)));
  const good = vectors.filter((vector) => parseDeepLink(vector) !== null);
  expect(vectors.length).toBeGreaterThan(500);
  expect(good).toEqual([]);
  for (const vector of vectors.filter((item) => item.startsWith('holdfast:')))
    expect(looksLikeDeepLink(vector)).toBe(true);
});

test('no text can give anything but a reference of letters, digits and hyphens', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `holdfast://ticket/${text}`),
      ),
      (text) => {
        const link = parseDeepLink(text);
        if (link !== null) expect(link.reference).toMatch(/^[A-Z0-9][A-Z0-9-]{0,39}$/);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a second start is asked for its link alone', () => {
  const argv = ['/opt/holdfast', '--allow-file-access', 'holdfast://ticket/INC-1', 'holdfast://ticket/INC-2'];
  expect(findDeepLink(argv)).toEqual({ kind: 'ticket', reference: 'INC-1' });
  expect(findDeepLink(['/opt/holdfast', '--space=x'])).toBeNull();
  expect(findDeepLink(['/opt/holdfast', 'holdfast://nothing'])).toBeNull();
});
