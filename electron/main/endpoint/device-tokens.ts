import {
  challengeAnswerSchema,
  type ChallengeAnswer,
  tokenAnswerSchema,
  type EnrolRequest,
  type TokenAnswer,
  type TokenRequest,
} from '../../../shared/sync/protocol-identity.ts';
import { proofText } from '../../../shared/sync/chain-proof.ts';
import { protocolPaths } from '../../../shared/sync/protocol.ts';
import { openDeviceKey } from './device-key.ts';
import type { EndpointClient } from './endpoint-client.ts';
import { EndpointError, failureOf } from './failures.ts';
import { parseJson } from './parse-json.ts';

/** A device with its key, as it proves itself to an endpoint. */
export interface Prover {
  readonly device: string;
  readonly privateKey: string;
}

/** What entitles a device to be enrolled: a one-time code, a sign-in, or that it is the next id of an enrolled one. */
export type Entitlement =
  | { readonly code: string }
  | { readonly signIn: NonNullable<EnrolRequest['signIn']> }
  | { readonly successorOf: string };

/** Enrols a device. Its key is made known to the endpoint with it; a successor proves the old id by the same key. */
export async function enrolDevice(
  client: EndpointClient,
  url: string,
  prover: Prover,
  entitlement: Entitlement,
  details: Pick<EnrolRequest, 'name' | 'person'>,
): Promise<TokenAnswer> {
  const proof = await prove(client, url, prover, null);
  const { publicKey, sign } = openDeviceKey(prover.privateKey);
  const entitled =
    'successorOf' in entitlement
      ? {
          successorOf: {
            device: entitlement.successorOf,
            signature: sign(proofText(entitlement.successorOf, proof.nonce)),
          },
        }
      : entitlement;
  const json: EnrolRequest = { ...proof, ...entitled, publicKey, ...details };
  return parseAnswer((await client.ask(url, { method: 'POST', path: protocolPaths.enrol, json })).text);
}

/**
 * Turns a refresh token into an access token and the next refresh token. An answer that was lost may be asked for again
 * with the same token, as long as the one that replaced it was never used.
 */
export async function refreshTokens(
  client: EndpointClient,
  url: string,
  space: string,
  prover: Prover,
  refreshToken: string,
): Promise<TokenAnswer> {
  const turn = async (): Promise<TokenAnswer> => {
    const json: TokenRequest = {
      ...(await prove(client, url, prover, space)),
      grant: { type: 'refresh', refreshToken },
    };
    return parseAnswer((await client.ask(url, { method: 'POST', path: protocolPaths.token, json })).text);
  };
  try {
    return await turn();
  } catch (error) {
    // A request that the network delivered twice finds its nonce used: with a fresh one it is the lost answer again.
    if (error instanceof EndpointError && error.failure.problem?.code === 'bad-credentials') return await turn();
    throw error;
  }
}

/** The one thing an endpoint tells to anybody: which space it keeps, what time it is, and a number to sign. */
export async function askChallenge(client: EndpointClient, url: string): Promise<ChallengeAnswer & { ms: number }> {
  const { text, ms } = await client.ask(url, { method: 'POST', path: protocolPaths.challenge });
  const challenge = challengeAnswerSchema.safeParse(parseJson(text));
  if (!challenge.success) throw new EndpointError(failureOf('captive-portal', 'expected a challenge of an endpoint'));
  return { ...challenge.data, ms };
}

/** @param space what the endpoint must be for; null when that is to be learned */
async function prove(
  client: EndpointClient,
  url: string,
  { device, privateKey }: Prover,
  space: string | null,
): Promise<{ readonly device: string; readonly nonce: string; readonly signature: string }> {
  const challenge = await askChallenge(client, url);
  if (space !== null && challenge.space !== space)
    throw new EndpointError(failureOf('wrong-space', 'another space answers at the address of the one enrolled for'));
  const { nonce } = challenge;
  return { device, nonce, signature: openDeviceKey(privateKey).sign(proofText(device, nonce)) };
}

function parseAnswer(text: string): TokenAnswer {
  const parsed = tokenAnswerSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new EndpointError(failureOf('captive-portal', 'expected tokens of an endpoint'));
}
