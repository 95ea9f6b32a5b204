import type { Operation } from '../../../shared/sync/operation.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { MetaRow } from '../storage/database.ts';

/**
 * A desk's own operations are numbered through, whatever ids it has had: a device that was cloned or rolled back goes on
 * under a new id, with sequence numbers from 1. So "waits for the network" stays one comparison of two numbers.
 */
type Own = Pick<MetaRow, 'device' | 'former' | 'vector'>;

/** Number of an operation among the desk's own, from 1; 0 for another's. */
export function ownNumber(meta: Own, { device, seq }: Pick<Operation, 'device' | 'seq'>): number {
  if (device === meta.device) return ownBase(meta) + seq;
  for (const { device: before, last, base, branch } of meta.former ?? []) {
    if (before === device) return seq <= last && (branch === undefined || seq < branch.partedAt) ? base + seq : 0;
    if (branch?.device === device) return base + branch.partedAt - 1 + seq;
  }
  return 0;
}

/** How many operations the desk has written. */
export function ownTotal(meta: Own): number {
  return ownBase(meta) + seqOf(meta.vector, meta.device);
}

export function isOwnDevice(meta: Own, device: string): boolean {
  if (device === meta.device) return true;
  return meta.former?.some((each) => each.device === device || each.branch?.device === device) === true;
}

/** A clone has kept the name of a device this desk had: what was written here from the parting on has another. */
export function noteBranch(meta: MetaRow, device: string, branch: string, partedAt: number): MetaRow {
  const former = meta.former?.map((each) =>
    each.device === device && each.branch === undefined && partedAt <= each.last
      ? { ...each, branch: { device: branch, partedAt } }
      : each,
  );
  return former === undefined ? meta : { ...meta, former };
}

/** The desk goes on under a new id. */
export function renewDevice(meta: MetaRow, device: string): MetaRow {
  if (device === meta.device) return meta;
  const last = seqOf(meta.vector, meta.device);
  if (last === 0) return { ...meta, device };
  return { ...meta, device, former: [...(meta.former ?? []), { device: meta.device, last, base: ownBase(meta) }] };
}

function ownBase({ former = [] }: Own): number {
  const last = former.at(-1);
  return last ? last.base + last.last : 0;
}

/** The operation that has a number among the desk's own, by the name it is known by here. */
export function ownDotAt(meta: Own, number: number): { readonly device: string; readonly seq: number } | undefined {
  for (const { device, last, base, branch } of meta.former ?? []) {
    const seq = number - base;
    if (seq > last) continue;
    if (branch === undefined || seq < branch.partedAt) return { device, seq };
    return { device: branch.device, seq: seq - branch.partedAt + 1 };
  }
  const seq = number - ownBase(meta);
  return seq >= 1 && seq <= seqOf(meta.vector, meta.device) ? { device: meta.device, seq } : undefined;
}
