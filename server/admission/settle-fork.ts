import { linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { judgeFork } from '../../shared/sync/fork.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import type { Voiding } from '../../shared/sync/voiding.ts';
import type { Batch } from './batch.ts';

interface Takers {
  /** Judges what nobody judged yet, and takes it or the mark of its refusal. */
  readonly admit: (entry: Entry) => Promise<void>;
  /** Takes under its new name what was taken before. */
  readonly rename: (entry: Entry) => Promise<void>;
}

type Outcome = 'settled' | 'duplicate' | 'gap' | 'foreign-hash';

/**
 * Settles a fork (I8) as every replica does: at the dot where two chains of one device part, the smaller hash keeps the
 * name, the other chain goes on under the branch device. Both stay in the log; nobody's work is lost.
 */
export async function settleFork(
  batch: Batch,
  entry: Entry,
  standing: ReturnType<Batch['standing']>,
  takers: Takers,
): Promise<Outcome> {
  const { branches } = batch.mirror;
  const filling = fillingOf(entry);
  const renamed = rename(batch, entry);
  if (renamed !== undefined) return await takeRenamed(batch, entry, renamed, takers.admit, takers);
  const verdict = judgeFork(linkOfEntry(entry), standing, {
    hashOf: batch.hashOf,
    lastSeq: (device) => batch.seqOf(device),
    inStart: () => false,
  });
  if (verdict === 'takes-over') return await takeOver(batch, entry, takers);
  if (verdict !== 'opens-branch') return verdict === 'gap' ? 'gap' : 'foreign-hash';
  branches.open(filling);
  return await settleFork(batch, entry, standing, takers);
}

/**
 * The chain of this entry keeps the name; what is held from its place on goes on under the branch device. Not where a part
 * of that was purged: its hash under another name is known to nobody.
 */
async function takeOver(batch: Batch, entry: Entry, takers: Takers): Promise<Outcome> {
  const { device, seq } = linkOfEntry(entry);
  const losing = await batch.cut(device, seq);
  if (losing === undefined) return 'foreign-hash';
  const [first] = losing;
  if (first !== undefined) batch.mirror.branches.open(fillingOf(first));
  await takers.admit(entry);
  for (const each of losing) {
    const renamed = rename(batch, each);
    if (renamed !== undefined) await takeRenamed(batch, each, renamed, takers.rename, takers);
  }
  return 'settled';
}

async function takeRenamed(
  batch: Batch,
  entry: Entry,
  renamed: Entry,
  take: (entry: Entry) => Promise<void>,
  takers: Takers,
): Promise<Outcome> {
  const { branches } = batch.mirror;
  if (branches.holds(fillingOf(entry))) return 'duplicate';
  // Its place in the branch may be held already, by the same or by another content.
  await batch.prepare([renamed]);
  const standing = batch.standing(renamed);
  if (standing === 'next') await take(renamed);
  else if (standing !== 'duplicate') {
    // The losing chain has parted in itself.
    const outcome = await settleFork(batch, renamed, standing, { ...takers, admit: take });
    if (outcome !== 'settled') return outcome;
  }
  // Also when the renamed one came first: what follows in the chain is known by its old name only.
  branches.extend(fillingOf(entry), fillingOf(renamed));
  return 'settled';
}

function rename(batch: Batch, entry: Entry): Entry | undefined {
  const { branches } = batch.mirror;
  if (entry.type === 'voiding') {
    const voiding = branches.renameVoiding(entry.voiding);
    return voiding && { type: 'voiding', voiding };
  }
  const operation = branches.rename(entry.operation);
  return operation && { type: 'operation', operation };
}

function fillingOf(entry: Entry): Operation | Voiding {
  if (entry.type === 'excerpt') throw new Error('an excerpt is not whole and cannot be admitted');
  return entry.type === 'voiding' ? entry.voiding : entry.operation;
}
