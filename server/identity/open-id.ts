import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import type { Role } from '../../shared/domain/permissions.ts';
import type { EnrolRequest, SignInAnswer, SignInRequest } from '../../shared/sync/protocol-identity.ts';
import { ProblemError } from '../problem-error.ts';
import { discoverProvider } from './open-id-provider.ts';
import type { OpenIdSetting } from './open-id-setting.ts';
import { isVerifierOf, makeTicket, readTicket, signInLifeMs, type SignInTicket } from './sign-in-ticket.ts';

/** Who somebody proved to be at the provider. */
export interface ProvenIdentity {
  /** Issuer and subject: the only name of a person that never passes to another. */
  readonly subject: string;
  readonly name: string;
  /** As the provider's groups say; null when the administrator gives roles. */
  readonly roles: readonly Role[] | null;
}

/**
 * Sign-in at an identity provider: authorization code flow with PKCE (RFC 8252, RFC 9700). The desk opens the browser
 * and keeps the verifier; the endpoint is the provider's client, redeems the code and believes only an ID token that
 * the provider signed, for this client, for this sign-in, and that has not expired.
 */
export class OpenIdSignIn {
  readonly setting: OpenIdSetting;
  readonly #secret: Uint8Array;
  readonly #space: string;
  readonly #now: () => number;
  /** Tickets that were redeemed, until they expire. */
  readonly #used = new Map<string, number>();
  #provider: { readonly found: Promise<client.Configuration>; readonly at: number } | null = null;

  constructor(setting: OpenIdSetting, secret: Uint8Array, space: string, now: () => number) {
    this.setting = setting;
    this.#secret = secret;
    this.#space = space;
    this.#now = now;
  }

  async begin({ device, redirectUri, state, codeChallenge }: SignInRequest): Promise<SignInAnswer> {
    const provider = await this.#discover();
    const nonce = randomBytes(24).toString('base64url');
    const jti = randomBytes(12).toString('base64url');
    const address = client.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: this.setting.scope,
      state,
      nonce,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
    const ticket = { device, redirectUri, state, codeChallenge, nonce, jti };
    return {
      address: address.href,
      ticket: await makeTicket(this.#secret, this.#space, ticket, this.#now()),
      expiresInMs: signInLifeMs,
    };
  }

  /** Throws a `ProblemError` that says which part does not hold. */
  async redeem(
    device: string,
    { ticket: text, response, codeVerifier }: NonNullable<EnrolRequest['signIn']>,
  ): Promise<ProvenIdentity> {
    const now = this.#now();
    const ticket = await readTicket(this.#secret, this.#space, text, now);
    if (ticket === null || ticket.device !== device || this.#used.has(ticket.jti))
      throw badSignIn('ticket', 'a sign-in of this device, begun in the last ten minutes and not used yet');
    if (!isVerifierOf(ticket, codeVerifier))
      throw badSignIn('codeVerifier', 'the verifier this sign-in was begun with (PKCE S256)');
    const provider = await this.#discover();
    for (const [jti, endsAt] of this.#used) if (endsAt <= now) this.#used.delete(jti);
    this.#used.set(ticket.jti, now + signInLifeMs);
    return await this.#ask(() => this.#identify(provider, ticket, response, codeVerifier));
  }

  async #identify(
    provider: client.Configuration,
    ticket: SignInTicket,
    response: string,
    codeVerifier: string,
  ): Promise<ProvenIdentity> {
    const tokens = await client.authorizationCodeGrant(provider, new URL(`${ticket.redirectUri}?${response}`), {
      pkceCodeVerifier: codeVerifier,
      expectedState: ticket.state,
      expectedNonce: ticket.nonce,
      idTokenExpected: true,
    });
    const proven = tokens.claims();
    if (proven === undefined) throw badSignIn('response', 'an ID token');
    const { claim, roles } = this.setting;
    const wanted = [claim, ...(roles === null ? [] : [roles.claim])];
    const isWhole = wanted.every((name) => proven[name] !== undefined);
    const hasMore = provider.serverMetadata().userinfo_endpoint !== undefined;
    // Many providers tell profile and groups only here; the answer must be about the same subject.
    const claims: Readonly<Record<string, unknown>> =
      isWhole || !hasMore
        ? proven
        : { ...(await client.fetchUserInfo(provider, tokens.access_token, proven.sub)), ...proven };
    const name = claims[claim];
    if (typeof name !== 'string' || name === '' || name.length > 100)
      throw badSignIn('response', `the claim ${claim} as text of at most 100 characters`);
    // An address nobody checked may be anybody's.
    if (claim === 'email' && claims['email_verified'] !== true) throw badSignIn('response', 'a verified email address');
    const groups = roles === null ? [] : [claims[roles.claim] ?? []].flat();
    return {
      subject: `${proven.iss} ${proven.sub}`,
      name,
      roles: roles === null ? null : [...new Set(groups.flatMap((group) => roleOf(roles.of, group)))],
    };
  }

  async #discover(): Promise<client.Configuration> {
    const now = this.#now();
    if (this.#provider === null || now - this.#provider.at > discoverEveryMs) {
      const found = discoverProvider(this.setting);
      this.#provider = { found, at: now };
      found.catch(() => (this.#provider = null));
    }
    const { found } = this.#provider;
    return await this.#ask(() => found);
  }

  /** What went wrong between the endpoint and the provider, as the desk is told. */
  async #ask<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      throw toProblem(error, this.setting.name);
    }
  }
}

const discoverEveryMs = 3_600_000;

function roleOf(of: Readonly<Record<string, Role>>, group: unknown): readonly Role[] {
  const role = typeof group === 'string' && Object.hasOwn(of, group) ? of[group] : undefined;
  return role === undefined ? [] : [role];
}

/** Codes of openid-client for a provider that could not be reached or did not answer as one. */
const awayCodes: ReadonlySet<string> = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

function toProblem(error: unknown, provider: string): Error {
  if (error instanceof ProblemError) return error;
  if (error instanceof client.AuthorizationResponseError)
    return badSignIn('response', `consent at ${provider}, found ${quote(error.error)}`);
  // The provider refuses the endpoint itself: for the administrator, who finds it in the log.
  if (error instanceof client.ResponseBodyError && error.error !== 'invalid_grant')
    return new Error(`${provider} refuses this endpoint: ${quote(error.error)}`, { cause: error });
  if (error instanceof client.ResponseBodyError)
    return badSignIn('response', 'a code of this sign-in that was not used yet');
  const code = error instanceof client.ClientError ? (error.code ?? '') : '';
  if (!(error instanceof client.ClientError) || awayCodes.has(code))
    return new ProblemError('busy', `${provider} to answer`, 'provider', 'Try again in a minute, or use a code.');
  return badSignIn('response', `an answer of ${provider} for this sign-in (${quote(code)})`);
}

/** A word of a protocol, for a message: nothing else is let through. */
function quote(word: string): string {
  return /^[\w.-]{1,60}$/.test(word) ? word : 'an unknown error';
}

function badSignIn(part: string, expected: string): ProblemError {
  return new ProblemError('bad-credentials', expected, `body.signIn.${part}`, 'Sign in once more, from the beginning.');
}
