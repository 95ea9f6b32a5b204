import type { ChainAttestation } from '../../../shared/sync/chain-proof.ts';
import { protocolLimits, type HelloAnswer } from '../../../shared/sync/protocol.ts';
import { encodePushLine } from '../../../shared/sync/protocol-lines.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { isOwnDevice } from '../engine/own-number.ts';
import type { Space } from '../engine/space.ts';
import { chainLines, type ChainLine, type JournalPlace } from './chain-lines.ts';
import { indexLog } from './index-log.ts';
import { readAttestations } from './attestations.ts';
import { branchLines } from './branch-lines.ts';
import type { PushBatch } from './remote-store.ts';

/** Left for the signature that the shell adds to a batch, in bytes. */
const signatureBytes = 1_024;

type Limits = HelloAnswer['limits'];

/**
 * Everything the endpoint lacks. Signatures of other chains go first: an operation may replace what is not there yet,
 * if somebody vouches that it exists. Then this desk's own chains, then those of others as far as they are signed.
 */
export async function* outgoing(
  space: Space,
  hello: HelloAnswer,
  journal: JournalPlace | null,
): AsyncGenerator<PushBatch, void, undefined> {
  await indexLog(space);
  const { meta, remote } = space.state;
  const others = Object.entries(meta.vector).filter(
    ([device, seq]) => !isOwnDevice(meta, device) && seq > seqOf(hello.held, device),
  );
  const relays = await readAttestations(space, hello, others);
  const limits = withinProtocol(hello.limits);
  const newest = [...relays.values()].flatMap((ends) => ends.at(-1) ?? []);
  const unknown = newest.filter(({ device, seq }) => seq > seqOf(hello.attested, device));
  yield* markBatches(
    unknown.map((attestation) => encodePushLine({ type: 'attestation', attestation })),
    limits,
  );
  for (const { device, from } of ownChains(space, hello))
    yield* ownBatches(device, chainLines(space, device, from, seqOf(meta.vector, device), journal), limits);
  for await (const chain of branchLines(space, hello)) yield* ownBatches(chain.device, chain.lines, limits);
  for (const [device, ends] of relays) yield* relayBatches(space, device, seqOf(hello.held, device) + 1, ends, limits);
  const known = new Set(hello.voided);
  const sealed = [...remote.voidings.values()].filter(
    ({ dot, seal }) => seal !== null && !known.has(dot) && isHeldThere(hello, dot),
  );
  yield* markBatches(
    sealed.map(({ voiding, seal }) => encodePushLine({ type: 'entry', entry: { type: 'voiding', voiding }, seal })),
    limits,
  );
}

/** A refusal in the middle of what the endpoint holds; others go in their place of their chain. */
function isHeldThere(hello: HelloAnswer, dot: string): boolean {
  const colon = dot.lastIndexOf(':');
  return Number(dot.slice(colon + 1)) <= seqOf(hello.held, dot.slice(0, colon));
}

/** This desk's chains, oldest id first, from where the endpoint must have them. */
function ownChains(space: Space, hello: HelloAnswer): readonly { readonly device: string; readonly from: number }[] {
  const { meta, remote } = space.state;
  const devices = [...(meta.former ?? []).map(({ device }) => device), meta.device];
  return devices.flatMap((device) => {
    const partedAt = remote.branches.forks.get(device);
    const theirs = Object.hasOwn(hello.forks, device) ? hello.forks[device] : undefined;
    const from = partedAt !== undefined && theirs?.seq !== partedAt ? partedAt : seqOf(hello.held, device) + 1;
    return from <= seqOf(meta.vector, device) ? [{ device, from }] : [];
  });
}

/** A chain of this desk's own: the shell signs the end of each batch. */
async function* ownBatches(
  device: string,
  lines: AsyncIterable<ChainLine>,
  limits: Limits,
): AsyncGenerator<PushBatch, void, undefined> {
  for await (const group of groupLines(lines, limits, signatureBytes)) {
    const last = group.at(-1);
    if (last) yield batchOf(group, '', { device, seq: last.seq, hash: last.hash });
  }
}

/** Another device's chain, stretch by stretch, each with the signature that vouches for it. */
async function* relayBatches(
  space: Space,
  device: string,
  from: number,
  ends: readonly ChainAttestation[],
  limits: Limits,
): AsyncGenerator<PushBatch, void, undefined> {
  let first = from;
  for (const end of ends) {
    const signature = encodePushLine({ type: 'attestation', attestation: end });
    const groups: (readonly ChainLine[])[] = [];
    for await (const group of groupLines(chainLines(space, device, first, end.seq, null), limits, signature.length))
      groups.push(group);
    const [only] = groups;
    // A stretch that fits into no push, or of which a part is missing here, is left to its author.
    if (!only || groups.length > 1 || only.at(-1)?.seq !== end.seq) return;
    yield batchOf(only, signature, null);
    first = end.seq + 1;
  }
}

/** Lines that are no operations: signatures and refusals are far smaller than what a push may hold. */
function* markBatches(lines: readonly string[], { pushOperations, pushBytes }: Limits): Generator<PushBatch> {
  let part = '';
  let count = 0;
  for (const line of lines) {
    if (count > 0 && (count >= pushOperations || part.length + line.length > pushBytes)) {
      yield { lines: part, operations: 0, end: null };
      part = '';
      count = 0;
    }
    part += line;
    count += 1;
  }
  if (count > 0) yield { lines: part, operations: 0, end: null };
}

function batchOf(group: readonly ChainLine[], signature: string, end: PushBatch['end']): PushBatch {
  const lines = `${signature}${group.map(({ text }) => text).join('')}`;
  return { lines, operations: group.filter(({ isOperation }) => isOperation).length, end };
}

/** Lines in groups that fit into a push beside something of `beside` bytes. One that never fits goes alone. */
async function* groupLines(
  lines: AsyncIterable<ChainLine>,
  { pushOperations, pushBytes }: Limits,
  beside: number,
): AsyncGenerator<readonly ChainLine[], void, undefined> {
  const encoder = new TextEncoder();
  let group: ChainLine[] = [];
  let bytes = beside;
  for await (const line of lines) {
    const size = encoder.encode(line.text).length;
    if (group.length > 0 && (group.length >= pushOperations || bytes + size > pushBytes)) {
      yield group;
      group = [];
      bytes = beside;
    }
    group.push(line);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

function withinProtocol(limits: Limits): Limits {
  return {
    ...limits,
    pushOperations: Math.max(1, Math.min(limits.pushOperations, protocolLimits.pushOperations)),
    pushBytes: Math.min(limits.pushBytes, protocolLimits.pushBytes),
  };
}
