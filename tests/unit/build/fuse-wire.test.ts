import { describe, expect, it } from 'vitest';
import { openFuses, parseFuseWire } from '../../../build/fuse-wire.mjs';

function binaryWith(states: string, version = 1): Buffer {
  const head = Buffer.from([version, states.length]);
  return Buffer.concat([
    Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    head,
    Buffer.from(`${states} more code`),
  ]);
}

describe('the fuse wire', () => {
  it('is closed as a package must be', () => {
    expect(openFuses(parseFuseWire(binaryWith('01001100'), 'holdfast'))).toEqual([]);
    expect(openFuses(parseFuseWire(binaryWith('010011001'), 'holdfast'))).toEqual([]);
  });

  it('is open in an Electron as it comes', () => {
    expect(openFuses(parseFuseWire(binaryWith('10110001'), 'electron'))).toEqual([
      'fuse RunAsNode is on, expected off',
      'fuse EnableCookieEncryption is off, expected on',
      'fuse EnableNodeOptionsEnvironmentVariable is on, expected off',
      'fuse EnableNodeCliInspectArguments is on, expected off',
      'fuse EnableEmbeddedAsarIntegrityValidation is off, expected on',
      'fuse OnlyLoadAppFromAsar is off, expected on',
      'fuse GrantFileProtocolExtraPrivileges is on, expected off',
    ]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('shows fuse %i alone standing wrong', (index) => {
    const closed = '010011001';
    const flipped = closed[index] === '0' ? '1' : '0';
    expect(
      openFuses(parseFuseWire(binaryWith(closed.slice(0, index) + flipped + closed.slice(index + 1)), 'holdfast')),
    ).toHaveLength(1);
  });

  it('does not take a removed or short wire for closed', () => {
    expect(openFuses(parseFuseWire(binaryWith('r1001100'), 'holdfast'))).toEqual([
      'fuse RunAsNode is removed, expected off',
    ]);
    expect(openFuses(parseFuseWire(binaryWith('0100110'), 'holdfast'))).toEqual([
      'fuse GrantFileProtocolExtraPrivileges is missing, expected off',
    ]);
  });

  it('refuses what it does not know', () => {
    expect(() => parseFuseWire(Buffer.from('no wire'), 'holdfast')).toThrow('holds no fuse wire');
    expect(() => parseFuseWire(binaryWith('01001100', 2), 'holdfast')).toThrow('fuse wire version 2, expected 1');
    expect(() => parseFuseWire(binaryWith('0100110011'), 'holdfast')).toThrow('fuse number 9');
  });
});
