import { assetStatuses, type AssetStatus } from './asset-words.ts';

/**
 * What may follow what (CMDB-3). Disposed is final: the record and its reference stay, so that a label found in a
 * drawer years later still says what it was on.
 */
export const statusMoves: Readonly<Record<AssetStatus, readonly AssetStatus[]>> = {
  planned: ['in-stock', 'implementation', 'production', 'retired', 'disposed'],
  'in-stock': ['planned', 'implementation', 'production', 'repair', 'missing', 'retired', 'disposed'],
  implementation: ['in-stock', 'production', 'repair', 'missing', 'retired'],
  production: ['in-stock', 'maintenance', 'repair', 'missing', 'retired'],
  maintenance: ['in-stock', 'production', 'repair', 'missing', 'retired'],
  repair: ['in-stock', 'production', 'missing', 'retired', 'disposed'],
  missing: ['in-stock', 'production', 'retired', 'disposed'],
  retired: ['in-stock', 'production', 'missing', 'disposed'],
  disposed: [],
};

/** The status of a record; undefined when it has none, or one of a newer version. */
export function readStatus(value: unknown): AssetStatus | undefined {
  return assetStatuses.find((status) => status === value);
}

/** Whether a configuration item may go from one status to another. One without a status may take any. */
export function mayFollow(before: unknown, after: unknown): boolean {
  const [from, to] = [readStatus(before), readStatus(after)];
  return from === undefined || to === undefined || from === to || statusMoves[from].includes(to);
}

/** CMDB-4: only what is in production, or taken care of there, carries others. One without a status counts as such. */
export function isProductive(status: unknown): boolean {
  return status === null || status === undefined || status === 'production' || status === 'maintenance';
}
