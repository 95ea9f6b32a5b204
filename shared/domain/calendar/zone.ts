/**
 * Whether this runtime knows the zone. Only names are taken: a fixed offset has no summer time. By Intl, so that who only
 * checks a name does not load the arithmetic.
 */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9+_/-]*$/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
