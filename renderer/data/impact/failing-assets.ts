import { healthFromTicket } from '../../../shared/domain/impact/ticket-health.ts';
import type { Tables } from '../storage/tables.ts';
import { judgeValues, referredRows } from './referred-rows.ts';

/** Rows of assets that open incidents say are down or degraded, with how many incidents each has. */
export interface FailingAssets {
  readonly down: readonly number[];
  readonly degraded: readonly number[];
  readonly incidents: ReadonlyMap<number, number>;
}

export function readFailingAssets(tables: Tables): FailingAssets {
  const tickets = tables.of('ticket');
  const assetOf = referredRows(tickets, 'asset', tables.of('asset'));
  const read = ['type', 'state', 'urgency', 'major'].map((name) => [name, tickets.columns.get(name)] as const);
  // Most tickets are finished, and what they say is known without looking closer.
  const isOpen = judgeValues(
    tickets,
    'state',
    (state) => state !== 'closed' && state !== 'resolved' && state !== 'canceled',
  );
  const worst = new Map<number, 'warning' | 'incident'>();
  const incidents = new Map<number, number>();
  for (let row = 0; row < tickets.size; row += 1) {
    const asset = assetOf(row);
    if (asset < 0 || !isOpen(row) || tickets.isDeleted(row)) continue;
    const health = healthFromTicket(Object.fromEntries(read.map(([name, column]) => [name, column?.get(row) ?? null])));
    if (health === 'operational') continue;
    incidents.set(asset, (incidents.get(asset) ?? 0) + 1);
    if (worst.get(asset) !== 'incident') worst.set(asset, health);
  }
  const rowsWith = (health: string): readonly number[] =>
    [...worst].flatMap(([asset, found]) => (found === health ? [asset] : []));
  return { down: rowsWith('incident'), degraded: rowsWith('warning'), incidents };
}
