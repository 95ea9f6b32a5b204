import { expect, test } from 'vitest';
import { checkExternalLink } from '../../../../electron/main/external-link.ts';

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['HTTP://Example.org', 'http://example.org/'],
  ['mailto:person@example.org?subject=INC-1', 'mailto:person@example.org?subject=INC-1'],
  ['tel:+49-30-1234', 'tel:+49-30-1234'],
])('%s may be opened', (address, opened) => {
  expect(checkExternalLink(address)).toBe(opened);
});

const badSchemes = [
  'file',
  'javascript',
  'data',
  'vbscript',
  'about',
  'blob',
  'filesystem',
  'view-source',
  'chrome',
  'devtools',
  'app',
  'holdfast',
  'ftp',
  'sftp',
  'smb',
  'nfs',
  'afp',
  'dav',
  'ldap',
  'telnet',
  'ssh',
  'rdp',
  'vnc',
  'ms-msdt',
  'search-ms',
  'search',
  'ms-officecmd',
  'ms-appinstaller',
  'ms-word',
  'ms-excel',
  'ms-settings',
  'ms-cxh',
  'mk',
  'res',
  'shell',
  'jar',
  'jnlp',
  'itms-services',
  'intent',
  'steam',
  'zoommtg',
  'slack',
  'vscode',
  'onenote',
  'hcp',
  'magnet',
  'ws',
  'wss',
  'gopher',
  'x-apple.systempreferences',
];
test.each(badSchemes)('%s: is refused', (scheme) => {
  for (const rest of ['//host/share/a.exe', '/etc/passwd', 'x', '//C:/Windows/System32/calc.exe']) {
    for (const spelled of [scheme, scheme.toUpperCase()]) expect(checkExternalLink(`${spelled}:${rest}`)).toBeNull();
  }
});

test.each([
  '',
  '  ',
  'example.org',
  '//example.org/x',
  '\\\\server\\share',
  '/etc/passwd',
  'C:\\Windows\\calc.exe',
  'c:/windows',
  '%windir%',
  '..\\..\\x',
  ' https://example.org',
  'https://example.org/a b',
  'https:\\\\server\\share',
  'https://user:word@example.org',
  'https://example.org@evil.example',
  'https://',
  'http:///',
  'java\tscript:alert(1)',
  'https://example.org/\u0000',
  'https://example.org/\n--flag',
  '--version',
  '-e',
  '\u0085https://x',
])('%j is refused', (address) => {
  expect(checkExternalLink(address)).toBeNull();
});
