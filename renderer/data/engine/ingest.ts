import { admitLink, linkOf } from '../../../shared/sync/admission.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { Body } from '../storage/body.ts';
import { LogFiller, logRow } from '../storage/operation-lines.ts';
import type { OperationLine } from '../storage/operation-lines.ts';
import { applyOperation, rootIdOf } from './apply-operation.ts';
import { advanceMeta, countLogged, countReferences } from './build-operation.ts';
import type { Space } from './space.ts';
import { ownNumber } from './own-number.ts';
import { appliedBy } from './remote-state.ts';
import { showBodies, type SpaceState } from './space-state.ts';

export interface Ingested {
  readonly applied: number;
  readonly duplicates: number;
  /** Operations that could not be taken, with the reason: nothing is dropped silently. */
  readonly refused: readonly { readonly dot: Dot; readonly reason: string }[];
  /** Numbers that `takeGaps` stepped over: operations that nobody here has any more. */
  readonly skipped: number;
}

export interface IngestOptions {
  /** Operations already held by state (a snapshot) are still written to the log, so that history is whole again. */
  readonly logHeld: boolean;
  /** An operation that is missing does not keep back those after it: only for what nobody else can send. */
  readonly takeGaps?: boolean;
}

/**
 * Takes operations that exist already: the journal at recovery, other devices later. They are merged, logged and shown,
 * and never fire an effect (D7). Callers hold the turn. Resolves when the database holds them.
 */
export async function ingest(space: Space, lines: readonly OperationLine[], options: IngestOptions): Promise<Ingested> {
  const { state } = space;
  const bodies = await state.store.read(lines.flatMap((line) => line.operation.writes.map((write) => rootIdOf(write))));
  const stored = new Set(bodies.keys());
  const refused: { dot: Dot; reason: string }[] = [];
  const changed = new Set<string>();
  const log = new LogFiller(state.meta.lastLogKey + 1);
  let { meta } = state;
  let applied = 0;
  let skipped = 0;
  const forked = new Set<string>();
  for (const raw of lines) {
    const line = named(raw, state);
    const { operation } = line;
    const link = linkOf(operation);
    const lastDot = `${operation.device}:${meta.vector[operation.device] ?? 0}`;
    const verdict = admitLink(link, meta.vector, (dot) =>
      dot === lastDot ? meta.hashes[operation.device] : undefined,
    );
    const held = verdict === 'duplicate';
    const stepsOver = verdict === 'gap' && options.takeGaps === true && !forked.has(operation.device);
    if (verdict !== 'next' && !stepsOver && !(held && options.logHeld)) {
      if (!held) {
        refused.push({ dot: dotOf(operation), reason: verdict });
        forked.add(operation.device);
      }
      continue;
    }
    if (stepsOver) skipped += operation.seq - seqOf(meta.vector, operation.device) - 1;
    const logKey = log.add(line);
    const place = { logKey, ownNumber: ownNumber(meta, operation) };
    for (const id of applyOperation(operation, place, appliedBy(state.remote, meta.vector), bodies)) changed.add(id);
    meta = held ? countLogged(meta, logKey) : advanceMeta(meta, operation, logKey, link.hash);
    if (operation.device === meta.device) meta = countReferences(meta, operation);
    if (!held) applied += 1;
  }
  state.meta = meta;
  const newest = [...changed].map((id) => bodies.get(id)).filter((body): body is Body => body !== undefined);
  showBodies(state, newest);
  const { rows } = log;
  if (rows.length > 0)
    await space.queue.add({
      log: rows.map(logRow),
      journal: null,
      bodies: newest.filter((body) => stored.has(body.id)),
      segments: newest.filter((body) => !stored.has(body.id)),
      meta,
    });
  const logged = rows.reduce((sum, row) => sum + row.lines.length, 0);
  return { applied, duplicates: lines.length - logged - refused.length, refused, skipped };
}

/** An operation of a chain that lost a fork is known under the name of its branch (shared/sync/fork.ts). */
function named(line: OperationLine, { remote }: SpaceState): OperationLine {
  const renamed = remote.branches.rename(line.operation);
  return renamed === undefined ? line : sealOperation(renamed);
}
