import type { Commit } from '../engine/commit-queue.ts';
import { showBodies } from '../engine/space-state.ts';
import type { Body } from '../storage/body.ts';
import { logRow } from '../storage/operation-lines.ts';
import type { BranchRow } from '../storage/remote-rows.ts';
import type { RemoteBatch } from './remote-batch.ts';

/** New records of one batch from which on they are packed into segments at once. */
const worthASegment = 16;

/**
 * Shows a batch and makes it durable in one transaction, all of it together with the cursor (I6). Relaxed: what a power
 * cut takes back, the endpoint sends again.
 */
export async function commitBatch(batch: RemoteBatch, durability: 'relaxed' | 'strict' = 'relaxed'): Promise<void> {
  const { state, queue } = batch.space;
  const { voidings, quarantined, refused, branches } = batch;
  // References may have been given meanwhile (an import plans outside the turn): none is ever given twice (D1).
  const meta = { ...batch.meta, references: state.meta.references };
  const branchesChanged = branchRows(batch);
  const refusedChanged = batch.put.refused.length > 0;
  state.meta = meta;
  state.remote = { voidings, quarantined, refused, branches };
  const newest = [...batch.changed].flatMap((id) => batch.bodies.get(id) ?? []);
  const fresh = newest.filter((body) => !batch.stored.has(body.id));
  const inBulk = fresh.length >= worthASegment;
  const segments: readonly Body[] = inBulk ? fresh : [];
  const bodies = inBulk ? newest.filter((body) => batch.stored.has(body.id)) : newest;
  const commit: Commit = {
    log: [...batch.rewritten.values(), ...batch.log.rows.map(logRow)],
    journal: null,
    bodies,
    segments,
    remote: {
      put: {
        ...batch.put,
        quarantine: batch.put.quarantine.filter(({ dot }) => quarantined.has(dot)),
        voidings: batch.put.voidings.filter(({ dot }) => voidings.has(dot)),
        refused: batch.put.refused.filter(({ dot }) => refused.has(dot)),
        places: batch.index.changedRows(),
        branches: branchesChanged,
      },
      deleted: {
        quarantine: batch.released,
        voidings: batch.unvoided,
        refused: batch.unrefused,
        scope: batch.unscoped,
      },
    },
    ...(durability === 'relaxed' ? { relaxed: true } : {}),
    meta,
  };
  for (const body of newest) state.cache.pin(body.id);
  for (const row of commit.log) state.unwritten.set(row.key, row);
  showBodies(state, newest);
  if (refusedChanged) state.watches.refresh(({ type }) => type === 'refused');
  await queue.add(commit);
  for (const body of newest) state.cache.unpin(body.id);
  for (const row of commit.log) state.unwritten.delete(row.key);
}

/** What the branch book has that is not stored, with the raw texts to be passed on. */
function branchRows({ branches, rawLines, space }: RemoteBatch): readonly BranchRow[] {
  const known = space.state.remote.branches.entries;
  if (branches.entries.size === known.size) return [];
  return [...branches.entries].flatMap(([key, branch]) =>
    known.has(key) ? [] : [{ key, ...branch, line: rawLines.get(key) ?? null }],
  );
}
