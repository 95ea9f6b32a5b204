import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** The Ed25519 key of a device. It never leaves main. */
export interface DeviceKey {
  /** The 32 bytes as base64url, as an enrolment sends them. */
  readonly publicKey: string;
  /** 64 bytes over the text in UTF-8, as base64url. */
  readonly sign: (text: string) => string;
}

/** A new private key: PKCS #8 in DER as base64, to be kept sealed. */
export function makePrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

/** Throws when the text is no key that `makePrivateKey` made. */
export function openDeviceKey(privateKey: string): DeviceKey {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519' || x === undefined) throw new Error('expected an Ed25519 key');
  return { publicKey: x, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}
