import { admitLink, type Admission } from '../../../shared/sync/admission.ts';
import { dotOfEntry, linkOfEntry, type Entry } from '../../../shared/sync/entry.ts';
import { branchDevice, judgeFork } from '../../../shared/sync/fork.ts';
import { dotOf, type Dot, type Operation } from '../../../shared/sync/operation.ts';
import type { Voiding } from '../../../shared/sync/voiding.ts';
import { noteBranch, renewDevice } from '../engine/own-number.ts';
import { refusedOperation } from '../engine/refused.ts';
import type { Body } from '../storage/body.ts';
import { historyOf, isComplete, refoldBody, refoldRecords } from './history.ts';
import { losingFrom, rewriteLine, type Losing } from './losing-chain.ts';
import { rootIdsOf } from './reader.ts';
import type { RemoteBatch } from './remote-batch.ts';
import { sealEntry } from './seal-entry.ts';

/** As in `Replica`: `branched` is held under its branch device; the rest as its verdicts say. */
export type Branched =
  'branched' | 'applied' | 'quarantined' | 'voided' | 'duplicate' | 'gap' | 'foreign-hash' | 'needs-history';

/**
 * An entry that does not continue the chain held: it belongs to another chain of the same device, which was cloned or
 * rolled back. Settled as every replica settles it (shared/sync/replica.ts). When it is this desk's own id, the desk
 * goes on under a new one first. Its place and the one before must have been loaded. `at`: the row of the log that has
 * it, under the name it comes with.
 */
export async function receiveBranch(
  batch: RemoteBatch,
  entry: Entry,
  admission: Admission,
  at?: number,
): Promise<Branched> {
  const renamed = renameEntry(batch, entry);
  if (renamed !== undefined) return receiveRenamed(batch, entry, renamed, at);
  const link = linkOfEntry(entry);
  const verdict = judgeFork(link, admission, {
    hashOf: batch.hashOf,
    lastSeq: (device) => batch.lastSeq(device),
    inStart: (dot) => batch.index.at(dot).logKey === 0,
  });
  if (verdict !== 'takes-over' && verdict !== 'opens-branch') return verdict;
  if (link.device === batch.meta.device) await leaveDevice(batch);
  if (verdict === 'takes-over') return takeOver(batch, entry, at);
  // What is known of an excerpt does not give its renamed hash: whoever sends excerpts sends it under both names.
  const filling = fillingOf(entry);
  if (filling === undefined) return 'duplicate';
  batch.branches.open(filling);
  return receiveBranch(batch, entry, admission, at);
}

/** This desk's id is another's, too: it goes on under a new one, and keeps all it has. */
export async function leaveDevice(batch: RemoteBatch): Promise<void> {
  // What is being saved goes to the journal of the old id.
  await batch.space.queue.exclusive(() => Promise.resolve());
  const { state } = batch.space;
  const device = await batch.ports.renewDevice();
  batch.meta = renewDevice(batch.meta, device);
  // The journal is the new id's from now on, whatever becomes of this batch.
  state.meta = renewDevice(state.meta, device);
}

function renameEntry(batch: RemoteBatch, entry: Entry): Entry | undefined {
  if (entry.type === 'excerpt') return undefined;
  if (entry.type === 'operation') {
    const operation = batch.branches.rename(entry.operation);
    return operation && { type: 'operation', operation };
  }
  const voiding = batch.branches.renameVoiding(entry.voiding);
  return voiding && { type: 'voiding', voiding };
}

/** What says all of an entry's place; undefined for an excerpt. */
function fillingOf(entry: Entry): Operation | Voiding | undefined {
  if (entry.type === 'excerpt') return undefined;
  return entry.type === 'voiding' ? entry.voiding : entry.operation;
}

async function receiveRenamed(batch: RemoteBatch, entry: Entry, renamed: Entry, at?: number): Promise<Branched> {
  const [filling, renamedFilling] = [fillingOf(entry), fillingOf(renamed)];
  if (filling === undefined || renamedFilling === undefined || batch.branches.holds(filling)) return 'duplicate';
  if (at !== undefined) await rewriteLine(batch, at, entry, renamed);
  if (entry.type === 'operation' && renamed.type === 'operation')
    batch.renamed.set(linkOfEntry(entry).hash, renamed.operation);
  const { device, seq, previousHash, hash } = linkOfEntry(renamed);
  await batch.index.load([
    { device, seq },
    { device, seq: seq - 1 },
  ]);
  const admission = admitLink({ device, seq, previousHash, hash }, batch.meta.vector, batch.hashOf);
  if (admission === 'next') {
    if (renamed.type === 'operation') await batch.read(rootIdsOf(renamed.operation));
    batch.take(sealEntry(renamed), null, at);
  } else if (admission !== 'duplicate') {
    // The losing chain has parted in itself.
    const outcome = await receiveBranch(batch, renamed, admission, at);
    if (!isHeldNow.has(outcome)) return outcome;
  }
  // Also when the renamed one came first: what follows in the chain is known by its old name only.
  batch.branches.extend(filling, renamedFilling);
  const link = linkOfEntry(entry);
  if (entry.type === 'operation') batch.rawLines.set(`${link.device} ${link.hash}`, JSON.stringify(entry.operation));
  return 'branched';
}

const isHeldNow: ReadonlySet<Branched> = new Set(['branched', 'applied', 'quarantined', 'voided', 'duplicate']);

/** The chain of this entry keeps the name; what is held from its place on becomes the branch. */
async function takeOver(batch: RemoteBatch, entry: Entry, at?: number): Promise<Branched> {
  const { device, seq } = linkOfEntry(entry);
  const losing = await losingFrom(batch, device, seq);
  const dots = new Set<Dot>(losing.map((each) => dotOfEntry(each.entry)));
  const bodies = await bodiesOf(batch, losing);
  if (bodies === undefined) return 'needs-history';
  cutChain(batch, device, seq);
  const refused = [...dots].flatMap((dot) => batch.refused.get(dot) ?? []);
  for (const dot of dots) batch.forget(dot);
  batch.applied = batch.applied.filter((each) => !dots.has(dotOf(each)));
  const [first] = losing.map((each) => fillingOf(each.entry));
  if (first !== undefined) {
    batch.branches.open(first);
    const { hash } = linkOfEntry(losing[0]?.entry ?? entry);
    batch.meta = noteBranch(batch.meta, device, branchDevice(device, hash), seq);
  }
  for (const { body, history } of bodies)
    batch.keep(
      refoldBody(
        batch,
        body,
        history.filter((each) => !dots.has(dotOf(each))),
      ),
    );
  if (entry.type !== 'voiding') await batch.read(rootIdsOf(entry.operation));
  const outcome = batch.take(sealEntry(entry), null, at);
  await giveNewNames(batch, losing);
  // Writes that named this dot may have come while the other chain held it.
  if (entry.type !== 'voiding') await refoldRecords(batch, rootIdsOf(entry.operation), () => true);
  for (const row of refused) {
    const renamed = batch.branches.rename(refusedOperation(row));
    if (renamed) batch.putRefused({ ...row, dot: dotOf(renamed), line: JSON.stringify(renamed) });
  }
  return outcome;
}

function cutChain(batch: RemoteBatch, device: string, seq: number): void {
  const { [device]: _, ...hashes } = batch.meta.hashes;
  const before = batch.hashOf(`${device}:${seq - 1}`);
  batch.meta = {
    ...batch.meta,
    vector: { ...batch.meta.vector, [device]: seq - 1 },
    hashes: before === undefined || seq === 1 ? hashes : { ...hashes, [device]: before },
  };
}

/** The rows of the log have the losing entries under their new names from now on. */
async function giveNewNames(batch: RemoteBatch, losing: readonly Losing[]): Promise<void> {
  let isKnown = true;
  for (const { entry, logKey } of losing) {
    const renamed: Entry | undefined = isKnown ? renameEntry(batch, entry) : undefined;
    // Of what was refused the stored log still has the operation.
    batch.renamed.set(linkOfEntry(entry).hash, renamed?.type === 'operation' ? renamed.operation : null);
    if (renamed === undefined) {
      await rewriteLine(batch, logKey, entry, undefined);
      continue;
    }
    // What follows an excerpt comes from the endpoint, under the names it has there.
    isKnown = (await receiveRenamed(batch, entry, renamed, logKey)) !== 'gap';
  }
}

interface Touched {
  readonly body: Body;
  readonly history: readonly Operation[];
}

/** Records the losing entries touched, with their histories; undefined when one of these is not whole here. */
async function bodiesOf(batch: RemoteBatch, losing: readonly Losing[]): Promise<readonly Touched[] | undefined> {
  const ids = new Set(losing.flatMap(({ entry }) => touchedBy(batch, entry)));
  await batch.read(ids);
  const touched: Touched[] = [];
  for (const id of ids) {
    const body = batch.bodies.get(id);
    if (!body) continue;
    const history = await historyOf(batch, body);
    if (!isComplete(batch, body, history)) return undefined;
    touched.push({ body, history });
  }
  return touched;
}

function touchedBy(batch: RemoteBatch, entry: Entry): readonly string[] {
  if (entry.type === 'voiding') return entry.voiding.replaced.map(({ id }) => id);
  return batch.quarantined.has(dotOf(entry.operation)) ? [] : rootIdsOf(entry.operation);
}
