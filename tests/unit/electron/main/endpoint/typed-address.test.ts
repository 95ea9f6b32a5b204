import { describe, expect, it } from 'vitest';
import { readTypedAddress } from '../../../../../electron/main/endpoint/typed-address.ts';

describe('the address of an endpoint as typed', () => {
  it.each([
    ['desk.example.org', 'https://desk.example.org'],
    ['  https://desk.example.org/ ', 'https://desk.example.org'],
    ['https://EXAMPLE.org:8443/desk//', 'https://example.org:8443/desk'],
    ['http://localhost:7420', 'http://localhost:7420'],
    ['http://127.0.0.1:7420/', 'http://127.0.0.1:7420'],
    ['http://10.1.2.3', 'http://10.1.2.3'],
    ['http://172.31.0.1', 'http://172.31.0.1'],
    ['http://192.168.178.20:7420', 'http://192.168.178.20:7420'],
    ['http://[::1]:7420', 'http://[::1]:7420'],
    ['http://[fd00::1]', 'http://[fd00::1]'],
  ])('%s is taken', (typed, used) => {
    expect(readTypedAddress(typed)).toEqual({ ok: true, value: used });
  });

  it.each([
    'http://desk.example.org',
    'http://172.32.0.1',
    'http://8.8.8.8',
    'http://[2001:db8::1]',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
  ])('%s is refused, with the reason', (typed) => {
    expect(readTypedAddress(typed)).toMatchObject({
      ok: false,
      failure: { where: 'address', expected: expect.stringContaining('can be read and changed') },
    });
  });

  it.each([
    '',
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://name:secret@example.org',
    'https://example.org/?a=1',
    'https://example.org/#x',
    'https://',
    'https://exa mple.org',
  ])('%j is refused', (typed) => {
    expect(readTypedAddress(typed).ok).toBe(false);
  });

  // What looks like a decimal number is an address to the URL standard: it must be judged as what it becomes.
  it('judges what an address becomes, not how it is written', () => {
    expect(readTypedAddress('http://2130706433/')).toEqual({ ok: true, value: 'http://127.0.0.1' });
    expect(readTypedAddress('http://134744072/').ok).toBe(false);
  });
});
