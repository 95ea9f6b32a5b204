import type { Admission } from '../../../shared/sync/admission.ts';
import { linkOf } from '../../../shared/sync/admission.ts';
import { branchDevice, judgeFork } from '../../../shared/sync/fork.ts';
import { hashOperation, sealOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf, type Dot, type Operation } from '../../../shared/sync/operation.ts';
import { noteBranch, renewDevice } from '../engine/own-number.ts';
import type { Body } from '../storage/body.ts';
import { logRowOperations, parseEntry } from '../storage/operation-lines.ts';
import { logRows } from './find-operation.ts';
import { historyOf, isComplete, refoldBody } from './history.ts';
import { rootIdsOf } from './reader.ts';
import type { RemoteBatch } from './remote-batch.ts';

/** As in `Replica`: `branched` is held under its branch device; the rest as its verdicts say. */
export type Branched = 'branched' | 'applied' | 'quarantined' | 'duplicate' | 'gap' | 'foreign-hash' | 'needs-history';

/**
 * An operation that does not continue the chain held: it belongs to another chain of the same device, which was cloned
 * or rolled back. Settled as every replica settles it (shared/sync/fork.ts). When it is this desk's own id, the desk
 * goes on under a new one first. Its place and the one before must have been loaded.
 */
export async function receiveBranch(batch: RemoteBatch, operation: Operation, admission: Admission): Promise<Branched> {
  const renamed = batch.branches.rename(operation);
  if (renamed !== undefined) return receiveRenamed(batch, operation, renamed);
  const verdict = judgeFork(linkOf(operation), admission, {
    hashOf: batch.hashOf,
    lastSeq: (device) => batch.lastSeq(device),
    inStart: (dot) => batch.index.at(dot).logKey === 0,
  });
  if (verdict !== 'takes-over' && verdict !== 'opens-branch') return verdict;
  if (operation.device === batch.meta.device) await leaveDevice(batch);
  if (verdict === 'takes-over') return takeOver(batch, operation);
  openBranch(batch, operation);
  return receiveBranch(batch, operation, admission);
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

function openBranch(batch: RemoteBatch, parting: Operation): void {
  batch.branches.open(parting);
}

async function receiveRenamed(
  batch: RemoteBatch,
  operation: Operation,
  renamed: Operation,
  at?: number,
): Promise<Branched> {
  if (batch.branches.holds(operation)) return 'duplicate';
  const { device, seq } = renamed;
  await batch.index.load([renamed, { device, seq: seq - 1 }]);
  const held = batch.lastSeq(device);
  if (seq > held + 1) return 'gap';
  if (seq === held + 1) {
    const sealed = sealOperation(renamed);
    await batch.read(rootIdsOf(renamed));
    batch.take({ ...sealed, entry: { type: 'operation', operation: sealed.operation } }, null, at);
  }
  // Also when the renamed one came first: what follows in the chain is known by its old name only.
  batch.branches.extend(operation, renamed);
  batch.rawLines.set(`${operation.device} ${hashOperation(operation)}`, JSON.stringify(operation));
  return 'branched';
}

interface Losing {
  readonly operation: Operation;
  readonly logKey: number;
}

/** The chain of this operation keeps the name; what is held from its place on becomes the branch. */
async function takeOver(batch: RemoteBatch, operation: Operation): Promise<Branched> {
  const { device, seq } = operation;
  const losing = await losingFrom(batch, device, seq);
  const dots = new Set<Dot>(losing.map((each) => dotOf(each.operation)));
  const bodies = await bodiesOf(batch, losing);
  if (bodies === undefined) return 'needs-history';
  const { [device]: _, ...hashes } = batch.meta.hashes;
  const before = batch.hashOf(`${device}:${seq - 1}`);
  batch.meta = {
    ...batch.meta,
    vector: { ...batch.meta.vector, [device]: seq - 1 },
    hashes: before === undefined || seq === 1 ? hashes : { ...hashes, [device]: before },
  };
  for (const dot of dots) batch.release(dot);
  batch.applied = batch.applied.filter((each) => !dots.has(dotOf(each)));
  const [first] = losing;
  if (first) {
    openBranch(batch, first.operation);
    batch.meta = noteBranch(batch.meta, device, branchDevice(device, hashOperation(first.operation)), seq);
  }
  for (const { body, history } of bodies)
    batch.keep(
      refoldBody(
        batch,
        body,
        history.filter((each) => !dots.has(dotOf(each))),
      ),
    );
  await batch.read(rootIdsOf(operation));
  const sealed = sealOperation(operation);
  const outcome = batch.take({ ...sealed, entry: { type: 'operation', operation: sealed.operation } }, null);
  for (const each of losing) await giveNewName(batch, each);
  return outcome === 'quarantined' ? 'quarantined' : 'applied';
}

/** The row of the log that has an operation has it under its new name from now on. */
async function giveNewName(batch: RemoteBatch, { operation, logKey }: Losing): Promise<void> {
  const renamed = batch.branches.rename(operation);
  if (renamed === undefined) return;
  batch.renamed.set(hashOperation(operation), renamed);
  await rewrite(batch, logKey, operation, renamed);
  await receiveRenamed(batch, operation, renamed, logKey);
}

async function rewrite(batch: RemoteBatch, logKey: number, operation: Operation, renamed: Operation): Promise<void> {
  const { text: by } = sealOperation(renamed);
  const lines = batch.log.rows.find(({ key }) => key === logKey)?.lines;
  const inBatch = lines?.find(({ text }) => holdsOperation(text, operation));
  if (inBatch) {
    batch.log.replace(logKey, inBatch.text, by);
    return;
  }
  const row = batch.rewritten.get(logKey) ?? (await logRows(batch.space, [logKey]))[0];
  if (!row) return;
  const texts = row.lines.split('\n').map((text) => (holdsOperation(text, operation) ? by : text));
  batch.rewritten.set(logKey, { ...row, key: logKey, lines: texts.join('\n') });
}

function holdsOperation(text: string, { device, seq }: Operation): boolean {
  if (!text.includes(device)) return false;
  const entry = parseEntry(text, 'log');
  return entry.type === 'operation' && entry.operation.device === device && entry.operation.seq === seq;
}

/** What is held of a device from a number on, in its order. */
async function losingFrom(batch: RemoteBatch, device: string, seq: number): Promise<readonly Losing[]> {
  const dots = Array.from({ length: batch.lastSeq(device) - seq + 1 }, (_, index) => ({ device, seq: seq + index }));
  await batch.index.load([...dots, { device, seq: seq - 1 }]);
  const keys = [...new Set(dots.map((each) => batch.index.at(dotOf(each)).logKey))].filter((key) => key !== 0);
  const stored = await logRows(batch.space, keys);
  const found = new Map<Dot, Losing>();
  keys.forEach((logKey, index) => {
    const row = batch.rewritten.get(logKey) ?? stored[index];
    const inBatch = batch.log.rows.find(({ key }) => key === logKey);
    const lines = inBatch ? inBatch.lines.map(({ text }) => text).join('\n') : row?.lines;
    if (lines === undefined) return;
    for (const operation of logRowOperations({ key: logKey, lines, count: 0 }))
      if (operation.device === device && operation.seq >= seq) found.set(dotOf(operation), { operation, logKey });
  });
  // A place that holds a refusal ends nothing: what came after it is known by its old name only.
  return dots.flatMap((each) => (batch.voidings.has(dotOf(each)) ? [] : (found.get(dotOf(each)) ?? [])));
}

interface Touched {
  readonly body: Body;
  readonly history: readonly Operation[];
}

/** Records the losing operations touched, with their histories; undefined when one of these is not whole here. */
async function bodiesOf(batch: RemoteBatch, losing: readonly Losing[]): Promise<readonly Touched[] | undefined> {
  const applied = losing.filter(({ operation }) => !batch.quarantined.has(dotOf(operation)));
  const ids = new Set(applied.flatMap(({ operation }) => rootIdsOf(operation)));
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
