import { chainText, type ChainAttestation } from '../../shared/sync/chain-proof.ts';
import { linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import type { PushLine } from '../../shared/sync/protocol-lines.ts';
import { isSignedBy, type EndpointKeys } from '../keys.ts';
import type { StoreWriter } from '../store/store.ts';
import { findAuthor, readMemberships, type Author } from './authors.ts';
import type { Batch } from './batch.ts';

/** Who vouches for the entries of a device in one push. */
export type Voucher = { readonly by: 'author'; readonly author: Author } | { readonly by: 'authority' };

/** What is asked once for a whole push. */
interface Push {
  readonly store: StoreWriter;
  readonly keys: EndpointKeys;
  readonly space: string;
  readonly memberships: ReadonlyMap<string, readonly string[]>;
}

/**
 * Who vouches for each operation: the device's own request, or a signature on its chain that covers it. Signed by
 * the authority itself, it was admitted before (in the life a backup did not keep) and is not judged again.
 */
export async function findVouchers(
  batch: Batch,
  store: StoreWriter,
  keys: EndpointKeys,
  space: string,
  pusher: string,
  lines: readonly PushLine[],
): Promise<ReadonlyMap<Entry, Voucher>> {
  const memberships = (batch.mirror.memberships ??= await readMemberships(store));
  const push: Push = { store, keys, space, memberships };
  const vouchers = new Map<Entry, Voucher>();
  const chains = new Map<string, Entry[]>();
  for (const line of lines) {
    if (line.type !== 'entry') continue;
    const { device } = linkOfEntry(line.entry);
    chains.set(device, [...(chains.get(device) ?? []), line.entry]);
  }
  const owner = await findAuthor(store, pusher, memberships);
  for (const entry of chains.get(pusher) ?? []) if (owner) vouchers.set(entry, { by: 'author', author: owner });
  for (const line of lines) {
    if (line.type !== 'attestation') continue;
    const { attestation } = line;
    const voucher = await voucherOf(push, attestation);
    if (voucher === undefined) continue;
    batch.attest(attestation.device, attestation.seq);
    if (attestation.device !== pusher || voucher.by === 'authority')
      for (const entry of vouchedBy(attestation, chains.get(attestation.device) ?? [])) vouchers.set(entry, voucher);
  }
  return vouchers;
}

async function voucherOf(
  { store, keys, space, memberships }: Push,
  attestation: ChainAttestation,
): Promise<Voucher | undefined> {
  const text = chainText(space, attestation);
  if (isSignedBy(keys.publicKey, text, attestation.signature)) return { by: 'authority' };
  const author = await findAuthor(store, attestation.device, memberships);
  return author && isSignedBy(author.device.publicKey, text, attestation.signature)
    ? { by: 'author', author }
    : undefined;
}

/** The entries of a chain, as far back from the signed one as each names the hash of the one before. */
function vouchedBy({ seq, hash }: ChainAttestation, entries: readonly Entry[]): readonly Entry[] {
  const vouched: Entry[] = [];
  let wanted = { seq, hash };
  for (const entry of entries.toSorted((a, b) => linkOfEntry(b).seq - linkOfEntry(a).seq)) {
    const link = linkOfEntry(entry);
    if (link.seq !== wanted.seq || link.hash !== wanted.hash) continue;
    vouched.push(entry);
    wanted = { seq: link.seq - 1, hash: link.previousHash };
  }
  return vouched;
}
