import type { RecordValues } from '../change.ts';

export type ComplianceVerdict = 'compliant' | 'over-quota' | 'non-compliant' | 'unlicensed';

export interface LicenceCompliance {
  readonly verdict: ComplianceVerdict;
  readonly installed: number;
  /** Seats of the licences in force; null when one of them has no limit. */
  readonly purchased: number | null;
  readonly expired: number;
}

/**
 * CMDB-7: installed is at most purchased, and licences that have not begun or have expired do not count. Over quota is
 * allowed where a licence in force says so. `licences` are those for one software, `installed` its installations in use.
 */
export function licenceCompliance(
  licences: readonly RecordValues[],
  installed: number,
  now: number,
): LicenceCompliance {
  const known = licences.filter(({ active }) => active !== false);
  const expired = known.filter(({ expiresAt }) => typeof expiresAt === 'number' && expiresAt < now);
  const inForce = known.filter(
    (each) => !expired.includes(each) && !(typeof each['startsAt'] === 'number' && each['startsAt'] > now),
  );
  const unlimited = inForce.some(
    ({ seats, licenceType }) => seats === undefined || seats === null || licenceType === 'site',
  );
  const purchased = unlimited ? null : inForce.reduce((sum, { seats }) => sum + Number(seats ?? 0), 0);
  const figures = { installed, purchased, expired: expired.length };
  if (installed === 0 || purchased === null || installed <= purchased) return { verdict: 'compliant', ...figures };
  if (known.length === 0) return { verdict: 'unlicensed', ...figures };
  return { verdict: inForce.some(({ overQuota }) => overQuota === true) ? 'over-quota' : 'non-compliant', ...figures };
}
