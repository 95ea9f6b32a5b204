import { createHash, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** From the provider's page opened to the device enrolled. */
export const signInLifeMs = 10 * 60_000;

const ticketShape = z.object({
  device: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  codeChallenge: z.string(),
  /** What the ID token must name. */
  nonce: z.string(),
  jti: z.string(),
});
export type SignInTicket = Readonly<z.infer<typeof ticketShape>>;

/**
 * A sign-in under way, signed and handed to the desk instead of kept: nobody can fill the endpoint's memory with
 * sign-ins that are never finished.
 */
export async function makeTicket(
  secret: Uint8Array,
  space: string,
  ticket: SignInTicket,
  now: number,
): Promise<string> {
  return await new SignJWT(ticket)
    .setProtectedHeader({ alg: 'HS256', typ: 'sign-in+jwt' })
    .setAudience(space)
    .setExpirationTime(Math.floor((now + signInLifeMs) / 1000))
    .sign(secret);
}

/** Null when it is not one of this endpoint's, or has expired. */
export async function readTicket(
  secret: Uint8Array,
  space: string,
  text: string,
  now: number,
): Promise<SignInTicket | null> {
  try {
    const { payload } = await jwtVerify(text, secret, {
      algorithms: ['HS256'],
      audience: space,
      typ: 'sign-in+jwt',
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    return ticketShape.parse(payload);
  } catch {
    return null;
  }
}

/** PKCE S256: whether the verifier is what the sign-in began with. */
export function isVerifierOf({ codeChallenge }: SignInTicket, codeVerifier: string): boolean {
  const found = createHash('sha256').update(codeVerifier).digest();
  const expected = Buffer.from(codeChallenge, 'base64url');
  return found.length === expected.length && timingSafeEqual(found, expected);
}
