import { describe, expect, test } from 'vitest';
import { mayCall } from '../../../../electron/main/caller.ts';
import { describeOwnAddresses } from '../../../../electron/main/own-address.ts';

const packaged = describeOwnAddresses(null);
const developing = describeOwnAddresses('http://127.0.0.1:5173/');
const strangers = [
  '',
  'about:blank',
  'about:srcdoc',
  'app://',
  'app://evil/',
  'app://bundle.evil/',
  'app://bundle@evil/',
  'app://user@bundle/',
  'app://x:y@bundle/index.html',
  'apps://bundle/',
  'file:///index.html',
  'data:text/html,x',
  'blob:app://bundle/1',
  'javascript:1',
  'https://bundle/',
  'http://127.0.0.1:5174/',
  'http://localhost:5173/',
  'chrome-error://chromewebdata/',
  'devtools://devtools/bundled/x.html',
  'app:bundle',
  'not an address',
];

describe('addresses of our own', () => {
  test.each(strangers)('%j is nobody of ours', (address) => {
    for (const own of [packaged, developing]) {
      expect(own.isOwn(address)).toBe(false);
      expect(own.isEntry(address)).toBe(false);
    }
  });

  test('the bundle is ours, its entry document is the one place to be', () => {
    for (const address of ['app://bundle/', 'app://bundle/index.html', 'app://bundle/index.html?x=1#/ticket/1']) {
      expect(packaged.isEntry(address)).toBe(true);
    }
    expect(packaged.isOwn('app://bundle/assets/a.js')).toBe(true);
    for (const address of ['app://bundle/assets/a.svg', 'app://bundle/other.html', 'app://bundle/index.html/x']) {
      expect(packaged.isEntry(address)).toBe(false);
    }
  });

  test('the development server counts only when it was named', () => {
    expect(packaged.isOwn('http://127.0.0.1:5173/')).toBe(false);
    expect(developing.isEntry('http://127.0.0.1:5173/')).toBe(true);
    expect(developing.isOwn('ws://127.0.0.1:5173/hot')).toBe(true);
  });
});

describe('who may call', () => {
  const good = { frame: { url: 'app://bundle/index.html', parent: null }, inOwnWindow: true, isMainFrame: true };

  test('the main frame of a window of ours, on our entry document', () => {
    expect(mayCall(good, packaged)).toBe(true);
  });

  const others: readonly (readonly [string, Parameters<typeof mayCall>[0]])[] = [
    ['a frame that is gone', { ...good, frame: null }],
    ['a web content we did not make', { ...good, inOwnWindow: false }],
    ['a frame within the page', { ...good, isMainFrame: false }],
    ['a frame with a parent', { ...good, frame: { ...good.frame, parent: {} } }],
    ...strangers.map(
      (url) => [`the address ${JSON.stringify(url)}`, { ...good, frame: { url, parent: null } }] as const,
    ),
    ['another document of the bundle', { ...good, frame: { url: 'app://bundle/assets/x.svg', parent: null } }],
  ];

  test.each(others)('not %s', (_name, caller) => {
    expect(mayCall(caller, packaged)).toBe(false);
  });
});
