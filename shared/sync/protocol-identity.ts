import { z } from 'zod';
import { deviceIdSchema, signatureSchema } from './protocol.ts';

/**
 * Enrolment, tokens and devices (reliability-bars 6). A device proves by signing a nonce of the endpoint (`proofText`)
 * that it holds its key: no clock of the device is trusted. Access tokens live minutes, refresh tokens turn with every
 * use; using an old one again revokes all of its family. The answer lost on the way is no theft: the last refresh token
 * may be used again by the same key as long as the one that replaced it was never used.
 */

export const challengeAnswerSchema = z.object({
  /** To be signed within two minutes, once. */
  nonce: z.string(),
  space: z.string(),
  serverTime: z.int(),
  /** Where people of this endpoint sign in with their browser, if they may: the provider's name. */
  signIn: z.object({ provider: z.string() }).exactOptional(),
});
export type ChallengeAnswer = z.infer<typeof challengeAnswerSchema>;

const proofFields = {
  device: deviceIdSchema,
  nonce: z.string().min(16).max(200),
  signature: signatureSchema,
};

/** Where a browser comes back to: a port of the machine it runs on, in numbers (RFC 8252 7.3). */
const redirectUri = z
  .string()
  .regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/[A-Za-z0-9_-]{1,64}$/, 'expected http://127.0.0.1:PORT/NAME');

/** Begins a sign-in with the browser. The desk keeps what hashes to `codeChallenge` (PKCE S256, RFC 7636). */
export const signInRequestSchema = z.strictObject({
  device: deviceIdSchema,
  redirectUri,
  /** Comes back with the browser: by it the desk knows its own sign-in. */
  state: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'expected 43 characters of base64url'),
  codeChallenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'expected the SHA-256 of the verifier as base64url'),
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const signInAnswerSchema = z.object({
  /** The provider's page, to be opened in the system's browser. */
  address: z.string(),
  /** Names this sign-in at the endpoint; good for one device, once. */
  ticket: z.string(),
  expiresInMs: z.int().positive(),
});
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

/** What entitles a device to be enrolled is one of: a code, a sign-in, a predecessor. */
const enrolFields = z.strictObject({
  ...proofFields,
  /** One-time code from an administrator, as typed: case, spaces and hyphens do not count. */
  code: z.string().min(16).max(40).exactOptional(),
  /** A sign-in that came back: the query of the address the browser was sent to, as it came, and the PKCE verifier. */
  signIn: z
    .strictObject({
      ticket: z.string().min(1).max(4_000),
      response: z.string().min(1).max(8_000),
      codeVerifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/, 'expected 43 to 128 characters (RFC 7636)'),
    })
    .exactOptional(),
  /**
   * For a device whose id turned out to be another installation's too (I8): the id it leaves, and the old key's
   * signature on `proofText(old id, nonce)`. Taken only when the endpoint has that fork on record.
   */
  successorOf: z.strictObject({ device: deviceIdSchema, signature: signatureSchema }).exactOptional(),
  /** Ed25519 public key: the 32 bytes as base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'expected 43 characters of base64url'),
  /** What the owner calls the device. */
  name: z.string().min(1).max(100),
  /** The person record the desk has worked as. It becomes the account's when the account has none yet. */
  person: z.string().min(1).max(64),
});
export const enrolRequestSchema = enrolFields.refine(
  ({ code, signIn, successorOf }) => [code, signIn, successorOf].filter((each) => each !== undefined).length === 1,
  'expected one of code, signIn and successorOf',
);
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const tokenRequestSchema = z.strictObject({
  ...proofFields,
  grant: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('refresh'), refreshToken: z.string().min(20).max(200) }),
    z.strictObject({
      type: z.literal('password'),
      name: z.string().min(1).max(100),
      password: z.string().min(1).max(1_000),
    }),
  ]),
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

export const tokenAnswerSchema = z.object({
  accessToken: z.string(),
  /** Life of the access token from now, in ms. */
  expiresInMs: z.int().positive(),
  refreshToken: z.string(),
  space: z.string(),
  account: z.string(),
  /** The person the desk must name as `user` of its operations from now on. */
  person: z.string(),
  roles: z.array(z.string()),
});
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

export const deviceInfoSchema = z.object({
  device: z.string(),
  name: z.string(),
  account: z.string(),
  enrolledAt: z.int(),
  /** Last request, in ms; null before the first. */
  seenAt: z.int().nullable(),
  revokedAt: z.int().nullable(),
});
export type DeviceInfo = z.infer<typeof deviceInfoSchema>;
