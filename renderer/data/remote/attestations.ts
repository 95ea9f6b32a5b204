import type { ChainAttestation } from '../../../shared/sync/chain-proof.ts';
import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Space } from '../engine/space.ts';
import { getRows } from '../storage/raw-rows.ts';
import { stretchKeys } from './chain-index.ts';

/** Signatures kept from pages on what the endpoint lacks of others' chains, each device's in order. */
export async function readAttestations(
  space: Space,
  hello: HelloAnswer,
  lacking: readonly (readonly [device: string, upTo: number])[],
): Promise<ReadonlyMap<string, readonly ChainAttestation[]>> {
  const ends = new Map<string, readonly ChainAttestation[]>();
  for (const [device, upTo] of lacking) {
    const held = seqOf(hello.held, device);
    const rows = await getRows(space.database, 'attestations', stretchKeys(device, held + 1, upTo));
    const kept = rows.flatMap((row) => row?.attestation ?? []).filter(({ seq }) => seq > held && seq <= upTo);
    if (kept.length > 0) ends.set(device, kept);
  }
  return ends;
}
