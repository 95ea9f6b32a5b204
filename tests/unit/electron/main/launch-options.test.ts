import { expect, test } from 'vitest';
import { readLaunchOptions } from '../../../../electron/main/launch-options.ts';

const encode = (value: unknown): string =>
  `--holdfast-options=${Buffer.from(JSON.stringify(value)).toString('base64url')}`;
const nothing = {
  space: null,
  empty: false,
  importFile: null,
  userData: null,
  headless: false,
  report: null,
  screenshot: null,
  keep: false,
  storageLimits: null,
  deepLink: null,
};

test('without options of ours there are none, whatever Chromium is told', () => {
  const argv = ['/opt/holdfast', '.', '--no-sandbox', '--user-data-dir=/x', '--inspect=0', '--space', 'x'];
  expect(readLaunchOptions(argv)).toEqual({ ok: true, value: nothing });
});

test('everything the start script hands over is read, absent and null alike', () => {
  const all = {
    space: 'it-desk',
    empty: true,
    importFile: '/a b/ü.csv.gz',
    userData: '/u',
    headless: true,
    report: '/r.json',
    screenshot: '/s.png',
    keep: true,
  };
  expect(readLaunchOptions(['e', '.', encode({ ...all, storageLimits: { low: 2, full: 1 } })])).toEqual({
    ok: true,
    value: { ...nothing, ...all, storageLimits: { low: 2, full: 1 } },
  });
  expect(readLaunchOptions(['e', encode({ space: null, importFile: null })])).toEqual({ ok: true, value: nothing });
});

test('a packaged program takes the space as a flag', () => {
  expect(readLaunchOptions(['/opt/holdfast', '--space=night-shift'])).toEqual({
    ok: true,
    value: { ...nothing, space: 'night-shift' },
  });
});

test.each([
  ['not base64url', '--holdfast-options=a b'],
  ['not JSON', `--holdfast-options=${Buffer.from('{"space":').toString('base64url')}`],
  ['not an object', encode([1])],
  ['an unknown option', encode({ spcae: 'x' })],
  ['a wrong type', encode({ headless: 'yes' })],
  ['a space that is a path', encode({ space: '../x' })],
  ['a flag that is no space', '--space=Über'],
])('%s is refused with a reason', (_name, argument) => {
  const read = readLaunchOptions(['e', argument]);
  expect(read.ok).toBe(false);
  expect(read.ok ? '' : read.failure).toMatch(/^--(holdfast-options|space)=.*expected|Unrecognized|Invalid/is);
});

test('whatever follows a deep link is dropped', () => {
  const argv = [
    'e',
    '--space=mine',
    'holdfast://ticket/INC-1',
    '--space=theirs',
    encode({ userData: '/evil', headless: true }),
  ];
  expect(readLaunchOptions(argv)).toEqual({
    ok: true,
    value: { ...nothing, space: 'mine', deepLink: { kind: 'ticket', reference: 'INC-1' } },
  });
});

test('also after a link that is not one of ours, and after one in quotes or capitals', () => {
  for (const link of [
    'holdfast://wipe/all',
    '"holdfast://x',
    ' HOLDFAST:anything',
    '\'Holdfast://ticket/A" --space=x',
  ]) {
    expect(readLaunchOptions(['e', link, encode({ headless: true })])).toEqual({ ok: true, value: nothing });
  }
});
