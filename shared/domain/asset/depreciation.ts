import type { DepreciationMethod } from './asset-words.ts';

/** What the value of an asset is reckoned from. Amounts in hundredths of the currency. */
export interface Depreciable {
  readonly cost: number;
  readonly residualValue: number;
  /** Months. */
  readonly usefulLife: number;
  readonly method: DepreciationMethod;
  /** Date from which it is depreciated (ms). */
  readonly since: number;
}

/** Whole months from one instant to another, by the UTC calendar; 31 January to 28 February is one. */
export function monthsBetween(from: number, to: number): number {
  const [start, end] = [new Date(from), new Date(to)];
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  return end.getUTCDate() < Math.min(start.getUTCDate(), lastDay) ? months - 1 : months;
}

/**
 * CMDB-6: book value at an instant, in whole hundredths. Straight line: equal parts a month. Declining balance: twice
 * the straight rate of what is left, a month at a time. Never below what remains at the end, which it is then.
 */
export function bookValue({ cost, residualValue, usefulLife, method, since }: Depreciable, at: number): number {
  const floor = Math.min(residualValue, cost);
  const months = Math.max(0, monthsBetween(since, at));
  if (usefulLife <= 0 || months >= usefulLife) return floor;
  const value =
    method === 'straight-line'
      ? cost - ((cost - floor) * months) / usefulLife
      : cost * Math.max(0, 1 - 2 / usefulLife) ** months;
  return Math.max(floor, Math.round(value));
}
