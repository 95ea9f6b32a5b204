import http from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { OpenIdSetting } from '../../../server/identity/open-id-setting.ts';
import { end, listen } from './identity-provider.ts';

/** A provider that says whatever a test wants it to say. */
export interface ForgingProvider {
  readonly setting: OpenIdSetting;
  readonly issuer: string;
  /** Claims of the next ID token; null for none. */
  claims: Readonly<Record<string, unknown>> | null;
  /** Signs with a key that the provider has not published. */
  hasForeignKey: boolean;
  /** What the discovery document says it is. */
  namesItself: string;
  readonly close: () => Promise<void>;
}

export async function openForgingProvider(): Promise<ForgingProvider> {
  const own = await generateKeyPair('ES256');
  const foreign = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };
  const server = http.createServer((request, response) => {
    void answer(request.url ?? '').then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  const issuer = await listen(server);

  async function answer(path: string): Promise<unknown> {
    if (path.startsWith('/.well-known'))
      return {
        issuer: provider.namesItself,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['ES256'],
      };
    if (path === '/keys') return { keys: [jwk] };
    const tokens = { access_token: 'x', token_type: 'Bearer', expires_in: 60 };
    const key = provider.hasForeignKey ? foreign.privateKey : own.privateKey;
    return provider.claims === null ? tokens : { ...tokens, id_token: await signClaims(provider.claims, key) };
  }

  const provider: ForgingProvider = {
    setting: {
      issuer,
      clientId: 'holdfast',
      clientSecret: null,
      name: 'Forger',
      scope: 'openid',
      claim: 'preferred_username',
      roles: null,
    },
    issuer,
    claims: null,
    hasForeignKey: false,
    namesItself: issuer,
    close: async () => await end(server),
  };
  return provider;
}

async function signClaims(claims: Readonly<Record<string, unknown>>, key: CryptoKey): Promise<string> {
  return await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'own' }).sign(key);
}
