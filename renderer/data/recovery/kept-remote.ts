import { z } from 'zod';
import { voidingSchema } from '../../../shared/sync/voiding.ts';
import { dotSchema } from '../../../shared/sync/protocol.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { askDesktop } from '../desktop-port.ts';
import { renewDevice } from '../engine/own-number.ts';
import { unlinked } from '../engine/remote-state.ts';
import type { Space } from '../engine/space.ts';
import type { FormerDevice, MetaRow } from '../storage/database.ts';
import { putRows } from '../storage/raw-rows.ts';
import { readRemote } from './read-remote.ts';

const formerSchema = z.object({
  device: z.string(),
  last: z.int(),
  base: z.int(),
  branch: z.object({ device: z.string(), partedAt: z.int() }).exactOptional(),
});

/** The part of a snapshot's head that is of the exchange with endpoints. */
export const keptRemoteSchema = z.object({
  /** Space at the endpoint; '' while there is none. */
  space: z.string(),
  scope: z.string(),
  clockOffset: z.int().nullable(),
  isFiltered: z.boolean(),
  leaving: z.array(z.string()),
  acknowledgedSeq: z.int().nullable(),
  former: z.array(formerSchema),
  voidings: z.array(z.object({ dot: dotSchema, voiding: voidingSchema, seal: z.string().nullable() })),
  quarantine: z.array(z.object({ dot: dotSchema, line: z.string() })),
  refused: z.array(
    z.object({
      dot: dotSchema,
      code: z.string(),
      entity: z.string(),
      id: z.string(),
      field: z.string().nullable(),
      expected: z.string(),
      line: z.string(),
      refusedAt: z.number(),
    }),
  ),
  branches: z.array(
    z.object({
      key: z.string(),
      device: z.string(),
      partedAt: z.int(),
      renamedHash: z.string(),
      line: z.string().nullable(),
    }),
  ),
  halfTaken: z
    .object({
      hash: z.string(),
      next: z.int(),
      parts: z.int(),
      isFirst: z.boolean(),
      isGivenUp: z.boolean().exactOptional(),
    })
    .exactOptional(),
});
type KeptRemote = z.infer<typeof keptRemoteSchema>;

/** What bodies do not say: refusals, what waits for an upgrade, forks, and how records came into scope. */
export async function keepRemote({ state, database }: Space): Promise<{ readonly remote?: KeptRemote }> {
  const { meta, remote } = state;
  if (meta.remote === undefined && meta.former === undefined) return {};
  const { space, scope, clockOffset, isFiltered, leaving, halfTaken } = meta.remote ?? unlinked;
  const [quarantine, branches] = await Promise.all([database.quarantine.toArray(), database.branches.toArray()]);
  return {
    remote: {
      space,
      scope,
      clockOffset,
      isFiltered,
      branches,
      leaving: [...leaving],
      ...(halfTaken === undefined ? {} : { halfTaken }),
      acknowledgedSeq: meta.acknowledgedSeq,
      former: [...(meta.former ?? [])],
      voidings: [...remote.voidings.values()].map((row) => ({ ...row, voiding: voidingSchema.parse(row.voiding) })),
      quarantine: quarantine.map(({ dot, line }) => ({ dot, line })),
      refused: [...remote.refused.values()],
    },
  };
}

/** `meta` as the snapshot's head has it, with the rest of what it says. `device` is the one it was taken under. */
export async function restoreRemote(
  space: Space,
  meta: MetaRow,
  device: string,
  kept: KeptRemote | undefined,
): Promise<MetaRow> {
  const { former = [], acknowledgedSeq = null } = kept ?? {};
  const renewed = renewDevice(
    { ...meta, device, acknowledgedSeq, ...(former.length > 0 ? { former } : {}) },
    meta.device,
  );
  if (!kept) return renewed;
  const { voidings, quarantine, refused, branches, halfTaken } = kept;
  // The log row that holds a waiting operation comes again with the pages.
  const waiting = quarantine.map((row) => ({ ...row, logKey: 0 }));
  const remote = { ...unlinked, space: kept.space, scope: kept.scope, clockOffset: kept.clockOffset };
  const after: MetaRow = {
    ...renewed,
    remote: {
      ...remote,
      isFiltered: kept.isFiltered,
      leaving: kept.leaving,
      ...(halfTaken === undefined ? {} : { halfTaken }),
    },
  };
  await space.queue.exclusive(() =>
    putRows(space.database, { voidings, quarantine: waiting, refused, branches, meta: [after] }, 'strict'),
  );
  space.state.remote = await readRemote(space.database);
  return after;
}

/** Ids this desk had before, as the journals put aside tell. */
export async function formerDevices(meta: MetaRow, space: string, port: DesktopPort): Promise<MetaRow> {
  const last = new Map<string, number>();
  for (const { device, lastSeq } of await askDesktop(port, 'journalsAside', { space }))
    if (device !== null && device !== meta.device) last.set(device, Math.max(lastSeq, last.get(device) ?? 0));
  const former: FormerDevice[] = [];
  let base = 0;
  for (const [device, seq] of last) {
    if (seq === 0) continue;
    former.push({ device, last: seq, base });
    base += seq;
  }
  return former.length === 0 ? meta : { ...meta, former };
}
