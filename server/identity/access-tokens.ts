import { errors, jwtVerify, SignJWT } from 'jose';
import { ProblemError } from '../problem-error.ts';

export const accessTokenLifeMs = 10 * 60_000;

/** Bearer tokens of minutes. What they allow is looked up at every request; they only say which device asks. */
export async function makeAccessToken(secret: Uint8Array, space: string, device: string, now: number): Promise<string> {
  return await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(device)
    .setAudience(space)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor((now + accessTokenLifeMs) / 1000))
    .sign(secret);
}

/** The device a token was made for. Throws `token-expired` or `not-signed-in`. */
export async function readAccessToken(secret: Uint8Array, space: string, token: string, now: number): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      audience: space,
      typ: 'at+jwt',
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    });
    return payload.sub ?? '';
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new ProblemError(
        'token-expired',
        'a token of the last minutes',
        'header authorization',
        'Ask for a new one.',
      );
    throw notSignedIn();
  }
}

export function notSignedIn(): ProblemError {
  return new ProblemError(
    'not-signed-in',
    'Bearer and an access token of this endpoint',
    'header authorization',
    'Ask for a token, or enrol this device.',
  );
}
