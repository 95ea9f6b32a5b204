import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another (Crockford base32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 16;

/** `K3V9-Q2M7-TA4X-PM60`: 80 bits, so that guessing needs no further guard. */
export function makeCode(): string {
  const letters = Array.from({ length: codeLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** As it is stored; case, spaces and hyphens do not count, O is 0, I and L are 1. */
export function hashCode(typed: string): string {
  const read = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return hashSecret(read);
}

export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Long random secrets need no salt and no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
