import * as client from 'openid-client';
import type { OpenIdSetting } from './open-id-setting.ts';

const answerWithinSeconds = 10;

/** Reads the provider's discovery document, which must be the configured issuer's. */
export async function discoverProvider({
  issuer,
  clientId,
  clientSecret,
}: OpenIdSetting): Promise<client.Configuration> {
  const server = new URL(issuer);
  const execute = [
    // Without it an ID token is believed because it came over TLS, whatever its signature.
    client.enableNonRepudiationChecks,
    // Options let plain http through only for a provider on this machine.
    ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : []),
  ];
  const authentication = clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret);
  return await client.discovery(server, clientId, undefined, authentication, { execute, timeout: answerWithinSeconds });
}
