import type { Actor } from '../../shared/domain/permissions.ts';
import { chainText, type ChainAttestation } from '../../shared/sync/chain-proof.ts';
import { excerptOf } from '../../shared/sync/entry.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { operationSchema, type Operation } from '../../shared/sync/operation.ts';
import { protocolLimits } from '../../shared/sync/protocol.ts';
import type { PageEnd } from '../../shared/sync/protocol-lines.ts';
import { waitsFor } from '../../shared/sync/quarantine.ts';
import type { RecordState, VersionVector } from '../../shared/sync/record-state.ts';
import { voidingSchema } from '../../shared/sync/voiding.ts';
import { parseState } from '../admission/mirror.ts';
import { sentText } from '../admission/record-trail.ts';
import { countBranches } from '../snapshot/snapshot-book.ts';
import type { EndpointKeys } from '../keys.ts';
import type { LogRow, StoreReader } from '../store/store.ts';
import { decidesWhoSees, maySee, scopeDigest, seesEverything } from './visibility.ts';

/** A page of the log as one reader may see it, as NDJSON. */
export async function writePullPage(
  store: StoreReader,
  keys: EndpointKeys,
  actor: Actor,
  device: string,
  after: number,
  limit: number,
): Promise<string> {
  const space = await store.space();
  const rows = await store.page(after, limit, protocolLimits.pullBytes);
  const refused = await readRefused(store, rows, device);
  const lines = seesEverything(actor)
    ? rows.map((row) => (refused.has(row) ? placeLine(row) : wholeLine(row)))
    : await visibleLines(store, actor, device, rows, refused);
  const end: PageEnd = {
    epoch: space.epoch,
    from: after,
    to: rows.at(-1)?.position ?? after,
    head: space.head,
    held: await readHeld(store),
    scope: scopeDigest(actor, await countBranches(store)),
    attestations: attest(keys, space.id, rows),
  };
  return `${lines.join('')}${JSON.stringify({ end })}\n`;
}

export async function readHeld(store: StoreReader): Promise<VersionVector> {
  const chains = (await store.chains()).filter(({ seq }) => seq > 0);
  return Object.fromEntries(chains.map(({ device, seq }) => [device, seq]));
}

/** Operations held here, but not applied to any state. */
export async function readWaiting(store: StoreReader): Promise<readonly Operation[]> {
  return (await store.waiting()).map((row) => operationSchema.parse(JSON.parse(row.body)));
}

/** The authority's signature on the last entry of each device: with it any desk can bring them back to it. */
function attest(keys: EndpointKeys, space: string, rows: readonly LogRow[]): readonly ChainAttestation[] {
  const chains = new Map<string, LogRow[]>();
  for (const row of rows) {
    const chain = chains.get(row.device);
    if (chain === undefined) chains.set(row.device, [row]);
    else chain.push(row);
  }
  const ends = [...chains.values()].flatMap((chain) =>
    // A push takes less than a page: each stretch that fits into one ends with a signed entry.
    chain.filter((_, index) => index === chain.length - 1 || (index + 1) % protocolLimits.pushOperations === 0),
  );
  return ends.map(({ device, seq, hash }) => ({
    device,
    seq,
    hash,
    signature: keys.sign(chainText(space, { device, seq, hash })),
  }));
}

/** The body is stored as it was pushed: it is sent on without being read. */
function wholeLine(row: LogRow): string {
  const { position, receivedAt, kind, body, seal } = row;
  // Of what was purged the whole is known by its hash only.
  if (row.isPurged)
    return `{"position":${position},"receivedAt":${receivedAt},"excerpt":${body},"hash":${JSON.stringify(row.hash)}}\n`;
  const tail = kind === 'voiding' ? `,"seal":${JSON.stringify(seal)}` : '';
  return `{"position":${position},"receivedAt":${receivedAt},"${kind}":${body}${tail}}\n`;
}

/** Of an operation refused after it was admitted only its place is told: the refusal follows further on. */
function placeLine(row: LogRow): string {
  const { position, receivedAt, hash } = row;
  const operation = operationSchema.parse(JSON.parse(row.body));
  return `${JSON.stringify({ position, receivedAt, excerpt: withoutWrites(operation), hash })}\n`;
}

function withoutWrites(operation: Operation): Operation {
  return { ...operation, command: 'hidden', user: 'hidden', writes: [] };
}

/** Operations of others that no longer have their place because another life of the authority refused them. */
async function readRefused(store: StoreReader, rows: readonly LogRow[], reader: string): Promise<ReadonlySet<LogRow>> {
  const refused = new Set<LogRow>();
  for (const row of rows) {
    if (row.isCurrent || row.kind === 'voiding' || row.device === reader) continue;
    const now = (await store.hashes(row.device, row.seq, row.seq)).get(row.seq);
    if (now === row.hash) refused.add(row);
  }
  return refused;
}

async function visibleLines(
  store: StoreReader,
  actor: Actor,
  device: string,
  rows: readonly LogRow[],
  refused: ReadonlySet<LogRow>,
): Promise<readonly string[]> {
  const operations = new Map<LogRow, Operation>();
  for (const row of rows)
    if (row.kind === 'operation' && !refused.has(row)) operations.set(row, operationSchema.parse(JSON.parse(row.body)));
  const written = [...operations.values()].flatMap((operation) => operation.writes.map(recordKey));
  const view = await View.read(store, actor, written);
  const lines = rows.map((row) => {
    const operation = operations.get(row);
    // Authors get back all they wrote.
    if (row.device === device) return wholeLine(row);
    if (refused.has(row)) return placeLine(row);
    return operation === undefined ? voidingLine(row, view) : operationLine(row, operation, view);
  });
  const turned = [...operations].flatMap(([row, operation]) =>
    operation.writes
      .filter(({ entity, fields }) => decidesWhoSees(entity, Object.keys(fields), actor))
      .map(recordKey)
      .filter((key) => (view.firstPositions.get(key) ?? row.position) < row.position),
  );
  return [...lines, ...(await moveLines(store, view, [...new Set(turned)]))];
}

function operationLine(row: LogRow, operation: Operation, view: View): string {
  const entry = excerptOf(operation, (record) => view.shows(recordKey(record)));
  if (entry.type === 'operation') return wholeLine(row);
  const { position, receivedAt } = row;
  // Of an operation that is hidden whole only its place in the chain is told.
  const writes = entry.type === 'excerpt' ? entry.operation.writes : [];
  const excerpt = writes.length === 0 ? withoutWrites(operation) : { ...operation, writes };
  return `${JSON.stringify({ position, receivedAt, excerpt, hash: row.hash })}\n`;
}

function voidingLine(row: LogRow, view: View): string {
  const voiding = voidingSchema.parse(JSON.parse(row.body));
  const replaced = voiding.replaced.filter((each) => view.shows(recordKey(each)));
  if (replaced.length === voiding.replaced.length) return wholeLine(row);
  const { position, receivedAt } = row;
  return `${JSON.stringify({ position, receivedAt, voiding: { ...voiding, replaced }, seal: null })}\n`;
}

/**
 * Tickets that came into view, with their entries as they are now; and those that went out of it. States must have
 * applied all that the page says is held: a record on which an operation waits is sent after the upgrade that reads it.
 */
async function moveLines(store: StoreReader, view: View, keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const waiting = await readWaiting(store);
  const rows = [...(await store.records(keys)), ...(await store.partsOf(keys))];
  const sent = new Map(rows.map((row) => [row.record, row]));
  const parts = rows.filter(({ partOf }) => partOf !== null).map(parseState);
  const lines: string[] = [];
  for (const key of keys) {
    const state = view.states.get(key);
    if (state === undefined) continue;
    const owned = parts.filter((part) => view.ownerOfPart(part) === key);
    for (const each of [state, ...owned]) {
      if (!view.admits(each)) lines.push(`${JSON.stringify({ leave: { entity: each.entity, id: each.id } })}\n`);
      else if (!waitsFor(waiting, recordKey(each))) {
        const row = sent.get(recordKey(each));
        lines.push(`{"enter":${row === undefined ? JSON.stringify(each) : await sentText(store, row)}}\n`);
      }
    }
  }
  return lines;
}

/** What an actor sees of some records, as the records are now. */
export class View {
  readonly states = new Map<string, RecordState>();
  readonly firstPositions = new Map<string, number>();
  readonly #owners = new Map<string, string>();
  readonly #actor: Actor;

  private constructor(actor: Actor) {
    this.#actor = actor;
  }

  static async read(store: StoreReader, actor: Actor, keys: readonly string[]): Promise<View> {
    const view = new View(actor);
    const rows = await store.records([...new Set(keys)]);
    const owners = rows.flatMap((row) => row.partOf ?? []);
    for (const row of [...(await store.records([...new Set(owners)])), ...rows]) {
      view.states.set(row.record, parseState(row));
      view.firstPositions.set(row.record, row.firstPosition);
      if (row.partOf !== null) view.#owners.set(row.record, row.partOf);
    }
    return view;
  }

  shows(key: string): boolean {
    const state = this.states.get(key);
    return state !== undefined && this.admits(state);
  }

  admits(state: RecordState): boolean {
    return maySee(this.#actor, state, (key) => this.states.get(key));
  }

  ownerOfPart(part: RecordState): string | undefined {
    const key = recordKey(part);
    return this.#owners.get(key) ?? ownerIn(part);
  }
}

function ownerIn(part: RecordState): string | undefined {
  const value = part.fields['ticket']?.heads[0]?.value;
  return typeof value === 'string' ? `ticket/${value}` : undefined;
}
