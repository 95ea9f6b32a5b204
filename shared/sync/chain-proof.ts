import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { deviceIdSchema, hashSchema, signatureSchema } from './protocol.ts';
import type { Voiding } from './voiding.ts';

/**
 * What is signed with Ed25519 so that others may carry it. A device signs the end of its own chain: since each
 * operation names the hash of the one before, that vouches for all up to there, and any desk can bring them to an
 * endpoint that lost them. An endpoint signs its refusals, so that after a restore nobody can void what was not refused.
 * Signing and checking are done by the caller; here is only the text.
 */
export interface ChainAttestation {
  readonly device: string;
  /** Last operation vouched for, and its hash. */
  readonly seq: number;
  readonly hash: string;
  readonly signature: string;
}

export const chainAttestationSchema: z.ZodType<ChainAttestation> = z.strictObject({
  device: deviceIdSchema,
  seq: z.int().positive(),
  hash: hashSchema,
  signature: signatureSchema,
});

/** Text a device signs for the end of its chain. */
export function chainText(space: string, end: Pick<ChainAttestation, 'device' | 'seq' | 'hash'>): string {
  return `holdfast chain\n${space}\n${end.device}\n${end.seq}\n${end.hash}`;
}

/** Text an endpoint signs for a refusal. */
export function voidingText(space: string, voiding: Voiding): string {
  return `holdfast voiding\n${space}\n${canonicalJson(voiding)}`;
}

/** Text a device signs to prove that it holds its key when it enrols or asks for a token. */
export function proofText(device: string, nonce: string): string {
  return `holdfast device\n${device}\n${nonce}`;
}
