import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine, usage } from '../../../server/options.ts';
import { UsageError } from '../../../server/usage-error.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-options-'));
function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}
const read = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  readCommandLine(['--data', '/d', ...args], env).options();
const provider = ['--oidc-issuer', 'https://login.example.org', '--oidc-client', 'holdfast'];

describe('options about the identity provider', () => {
  it('are none unless one is named', () => {
    expect(read([]).openId).toBeNull();
  });

  it('need no more than the issuer and the client', () => {
    expect(read(provider).openId).toEqual({
      issuer: 'https://login.example.org',
      clientId: 'holdfast',
      clientSecret: null,
      name: 'login.example.org',
      scope: 'openid profile email',
      claim: 'preferred_username',
      roles: null,
    });
  });

  it('come from the command line before the environment before the config file', () => {
    const config = write(
      'config.json',
      JSON.stringify({
        oidcIssuer: 'https://file.example.org',
        oidcClient: 'of-file',
        oidcName: 'File',
        oidcClaim: 'upn',
        oidcRolesClaim: 'groups',
        oidcRoles: { 'it-desk': 'desk-agent' },
      }),
    );
    const env = { HOLDFAST_OIDC_CLIENT: 'of-environment', HOLDFAST_OIDC_NAME: 'Environment' };
    expect(read(['--config', config, '--oidc-name', 'Line'], env).openId).toMatchObject({
      issuer: 'https://file.example.org',
      clientId: 'of-environment',
      name: 'Line',
      claim: 'upn',
      roles: { claim: 'groups', of: { 'it-desk': 'desk-agent' } },
    });
  });

  it('take the secret from a file and roles as JSON', () => {
    const secret = write('secret', 'hush\n');
    const roles = ['--oidc-roles-claim', 'groups', '--oidc-roles', '{"it-admin":"administrator"}'];
    const { openId } = read([...provider, '--oidc-secret-file', secret, ...roles]);
    expect(openId?.clientSecret).toBe('hush');
    expect(openId?.roles).toEqual({ claim: 'groups', of: { 'it-admin': 'administrator' } });
  });

  it('say what does not fit', () => {
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['--oidc-client', 'x'], /--oidc-client needs --oidc-issuer/],
      [['--oidc-issuer', 'https://login.example.org'], /needs --oidc-client/],
      [['--oidc-issuer', 'http://login.example.org', '--oidc-client', 'x'], /https/],
      [['--oidc-issuer', 'login', '--oidc-client', 'x'], /oidcIssuer/],
      [[...provider, '--oidc-roles', '{"a":"boss"}', '--oidc-roles-claim', 'g'], /expected JSON/],
      [[...provider, '--oidc-roles', '{"a":"manager"}'], /need both/],
      [[...provider, '--oidc-roles-claim', 'groups'], /need both/],
      [[...provider, '--oidc-secret-file', path.join(folder, 'none')], /cannot be read/],
      [[...provider, '--oidc-secret-file', write('empty', '\n')], /is empty/],
    ];
    for (const [args, message] of wrong) {
      expect(() => read(args), args.join(' ')).toThrow(UsageError);
      expect(() => read(args)).toThrow(message);
    }
    expect(read(['--oidc-issuer', 'http://127.0.0.1:9', '--oidc-client', 'x']).openId).not.toBeNull();
  });

  it('are all in the help', () => {
    for (const flag of ['issuer', 'client', 'secret-file', 'name', 'claim', 'scope', 'roles-claim', 'roles'])
      expect(usage).toContain(`--oidc-${flag} `);
  });
});
