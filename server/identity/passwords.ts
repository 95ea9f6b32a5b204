import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt with 128 MiB (OWASP's first choice for it). The string says how it was made, so that costs can rise later. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;
const keyBytes = 32;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** False also for a string that was not made here. Takes as long for a wrong password as for a right one. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, N, r, p, salt, key] = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]+)\$([\w-]+)$/.exec(stored) ?? [];
  if (salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === found.length && timingSafeEqual(expected, found);
}

async function derive(
  password: string,
  salt: Buffer,
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    // Composed and decomposed accents are the same keys.
    scrypt(password.normalize('NFC'), salt, keyBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
