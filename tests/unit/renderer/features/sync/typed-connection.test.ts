import { describe, expect, it } from 'vitest';
import { addressFault, codeFault } from '../../../../../renderer/features/sync/connect/typed-connection.ts';

describe('an address as typed', () => {
  it.each([
    ['desk.example.org', null],
    [' https://example.org/desk ', null],
    ['http://127.0.0.1:7420', null],
    ['http://localhost:7420', null],
    ['https://[::1]:7420', null],
    ['http://desk.example.org', 'plain'],
    ['ftp://desk.example.org', 'protocol'],
    ['https://me:secret@desk.example.org', 'user'],
    ['https://desk.example.org?x=1', 'query'],
    ['https://desk.example.org/#a', 'query'],
    ['not an address', 'bad'],
    ['https://', 'bad'],
  ])('%s: %s', (typed, fault) => {
    expect(addressFault(typed)).toBe(fault);
  });
});

describe('a one-time code as typed', () => {
  it.each([
    ['K3V9-Q2M7-TA4X-PM60', null],
    ['k3v9 q2m7 ta4x pm60', null],
    ['K3V9', { kind: 'short', count: 4 }],
    ['', { kind: 'short', count: 0 }],
    ['K3V9-Q2M7-TA4X-PM60-A', { kind: 'long', count: 1 }],
    ['K3V9_Q2M7', { kind: 'sign', sign: '_' }],
  ])('%s: %j', (typed, fault) => {
    expect(codeFault(typed)).toEqual(fault);
  });
});
