import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { mintDeviceId } from '../shared/sync/device-id.ts';
import type { NewSpace } from './store/store.ts';

/** The endpoint's keys: one signs proofs and refusals, the other access tokens. Kept in the store, so in its backups. */
export interface EndpointKeys {
  readonly publicKey: KeyObject;
  readonly sign: (text: string) => string;
  readonly tokenSecret: Uint8Array;
}

const secretSchema = z.strictObject({ privateKey: z.string(), tokenSecret: z.string() });

export function makeSpace(now: number): NewSpace {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    tokenSecret: randomBytes(32).toString('base64url'),
  };
  return {
    id: randomBytes(12).toString('base64url'),
    epoch: makeEpoch(),
    systemDevice: makeDeviceId(),
    secret: JSON.stringify(secret),
    createdAt: now,
  };
}

export function makeEpoch(): string {
  return randomBytes(12).toString('base64url');
}

export function makeDeviceId(): string {
  return mintDeviceId(randomBytes(8));
}

export function readKeys(secret: string): EndpointKeys {
  const { privateKey, tokenSecret } = secretSchema.parse(JSON.parse(secret));
  const key = createPrivateKey(privateKey);
  return {
    publicKey: createPublicKey(key),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
    tokenSecret: Buffer.from(tokenSecret, 'base64url'),
  };
}

/** Whether `signature` (base64url) is the key's on the text. `key`: 32 bytes as base64url, or the endpoint's own. */
export function isSignedBy(key: string | KeyObject, text: string, signature: string): boolean {
  try {
    const object =
      typeof key === 'string' ? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' }) : key;
    return verify(null, Buffer.from(text), object, Buffer.from(signature, 'base64url'));
  } catch {
    // A key or signature that cannot be read is nobody's.
    return false;
  }
}
