import { admitLink } from '../../../shared/sync/admission.ts';
import { dotOfEntry, type Entry } from '../../../shared/sync/entry.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import { dotOf, type Dot } from '../../../shared/sync/operation.ts';
import type { PulledEntry, PullPage } from '../../../shared/sync/protocol-lines.ts';
import { covers } from '../../../shared/sync/version-vector.ts';
import type { Voiding } from '../../../shared/sync/voiding.ts';
import type { AttestationRow } from '../storage/remote-rows.ts';
import { getRows } from '../storage/raw-rows.ts';
import { refoldRecords } from './history.ts';
import type { Body } from '../storage/body.ts';
import { stretchKey } from './chain-index.ts';
import { rootIdsOf } from './reader.ts';
import type { RemoteBatch } from './remote-batch.ts';
import { sealEntry, type SealedEntry } from './seal-entry.ts';
import { enterScope, leaveScope } from './scope-moves.ts';
import { leaveDevice, receiveBranch, type Branched } from './settle-fork.ts';
import { takeOut, type TakenOut } from './take-out.ts';

export type EntryOutcome = 'applied' | 'quarantined' | 'duplicate' | 'gap' | Branched | TakenOut;

export interface TakenEntries {
  readonly counts: Readonly<Partial<Record<EntryOutcome, number>>>;
  /** Entries that did not fit: what precedes them in their chain is not held, or is something else. */
  readonly unfit: readonly { readonly dot: Dot; readonly outcome: EntryOutcome }[];
  /** Devices of which something new could be followed. */
  readonly followed: ReadonlySet<string>;
  /** Records whose history is not whole here, or which could not come into scope now: fetch them anew. */
  readonly stale: readonly { readonly entity: string; readonly id: string }[];
}

/** Merges the entries of a page, then moves records into scope and out of it. One bad entry never blocks the others. */
export async function takeEntries(batch: RemoteBatch, page: PullPage, now: number): Promise<TakenEntries> {
  await prepare(batch, page.entries);
  const counts: Partial<Record<EntryOutcome, number>> = {};
  const unfit: TakenEntries['unfit'][number][] = [];
  const stale: TakenEntries['stale'][number][] = [];
  const followed = new Set<string>();
  for (const pulled of page.entries) {
    const { entry } = pulled;
    const outcome = await takeEntry(batch, pulled, now);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (outcome === 'needs-history' && entry.type === 'voiding') stale.push(...entry.voiding.replaced);
    if (isNew.has(outcome)) followed.add(linkOf(entry).device);
    if (outcome === 'gap' || outcome === 'foreign-hash') unfit.push({ dot: dotOfEntry(entry), outcome });
  }
  stale.push(...(await enterScope(batch, page.enter, page.end.held)));
  await leaveScope(batch, page.leave);
  await keepAttestations(batch, page.end.attestations);
  return { counts, unfit, followed, stale: stale.map(({ entity, id }) => ({ entity, id })) };
}

const isNew: ReadonlySet<EntryOutcome> = new Set(['applied', 'quarantined', 'voided', 'branched']);

/** Reads at once what the entries will meet. */
async function prepare(batch: RemoteBatch, entries: readonly PulledEntry[]): Promise<void> {
  const places = entries.flatMap(({ entry }) => {
    const { device, seq } = linkOf(entry);
    return [
      { device, seq },
      { device, seq: seq - 1 },
    ];
  });
  await batch.index.load(places);
  const operations = entries.flatMap(({ entry }) => (entry.type === 'voiding' ? [] : [entry.operation]));
  await batch.read(operations.flatMap(rootIdsOf));
  await batch.readScope(operations.flatMap(({ writes }) => writes.map(recordKey)));
}

/** Device and number alone: no hash is computed for them. */
function linkOf(entry: Entry): { readonly device: string; readonly seq: number } {
  return entry.type === 'voiding' ? entry.voiding : entry.operation;
}

async function takeEntry(batch: RemoteBatch, pulled: PulledEntry, now: number): Promise<EntryOutcome> {
  const sealed = sealEntry(pulled.entry);
  const { entry, hash } = sealed;
  const { device, seq, previousHash } = entry.type === 'voiding' ? entry.voiding : entry.operation;
  const dot = `${device}:${seq}` as const;
  if (entry.type === 'voiding' && covers(batch.meta.vector, dot) && (batch.hashOf(dot) ?? hash) === hash)
    return takeCoveredVoiding(batch, entry.voiding, pulled.seal, now);
  const verdict = admitLink({ device, seq, previousHash, hash }, batch.meta.vector, batch.hashOf);
  if (verdict === 'next') {
    // Somebody else writes under this desk's id: a clone, or this desk before it was rolled back.
    if (device === batch.meta.device) await leaveDevice(batch);
    return takeNext(batch, sealed, pulled.seal);
  }
  if (verdict !== 'duplicate') return receiveBranch(batch, entry, verdict);
  if (batch.index.at(dot).logKey === 0) logHeld(batch, sealed);
  return 'duplicate';
}

async function takeNext(batch: RemoteBatch, sealed: SealedEntry, seal: string | null): Promise<EntryOutcome> {
  const outcome = batch.take(sealed, seal);
  const { entry } = sealed;
  // Writes that name a refused dot as their parent may have come before: they replace what it had replaced.
  if (entry.type === 'voiding') {
    const ids = entry.voiding.replaced.map(({ id }) => id);
    await refoldRecords(batch, ids, waitsForAny);
  }
  // Writes that named this dot may have come while the other chain of a fork held it.
  else if (batch.branches.forks.has(entry.operation.device))
    await refoldRecords(batch, rootIdsOf(entry.operation), () => true);
  return outcome;
}

/** Whether a value waits for an operation that was named before it came: only then does folding again change anything. */
function waitsForAny(body: Body): boolean {
  return [body.state, ...body.entries].some(({ fields }) =>
    Object.values(fields).some((register) => register.gone !== undefined),
  );
}

/** What a snapshot stood for is logged once it comes again, so that histories are whole. */
function logHeld(batch: RemoteBatch, sealed: SealedEntry): void {
  const logKey = batch.append(sealed);
  const { entry } = sealed;
  if (entry.type === 'voiding') return;
  const dot = dotOf(entry.operation);
  batch.relogWaiting(dot, logKey);
  if (!batch.quarantined.has(dot) && !batch.voidings.has(dot) && rootIdsOf(entry.operation).length > 0) {
    batch.apply(entry.operation, logKey);
    batch.applied.push(entry.operation);
  }
}

async function takeCoveredVoiding(
  batch: RemoteBatch,
  voiding: Voiding,
  seal: string | null,
  now: number,
): Promise<EntryOutcome> {
  const known = batch.voidings.get(dotOf(voiding));
  if (!known) return takeOut(batch, voiding, seal, { refusedAt: now });
  // Known from the answer to a push: the authority's own words, with its signature, are what may be passed on.
  if (known.seal === null && seal !== null && known.voiding.hash === voiding.hash)
    batch.putVoiding({ dot: dotOf(voiding), voiding, seal });
  return 'duplicate';
}

/** Of each stretch of a chain the newest signature stays, so that any stretch fits into a push. */
async function keepAttestations(batch: RemoteBatch, attestations: PullPage['end']['attestations']): Promise<void> {
  if (attestations.length === 0) return;
  const newest = new Map<string, AttestationRow>();
  for (const attestation of attestations) {
    const key = stretchKey(attestation.device, attestation.seq);
    if ((newest.get(key)?.attestation.seq ?? 0) < attestation.seq) newest.set(key, { key, attestation });
  }
  const held = await getRows(batch.space.database, 'attestations', [...newest.keys()]);
  for (const row of held)
    if (row && row.attestation.seq >= (newest.get(row.key)?.attestation.seq ?? 0)) newest.delete(row.key);
  batch.put.attestations.push(...newest.values());
}
