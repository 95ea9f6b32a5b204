/**
 * JSON with one form for one value: keys in code unit order, no white space, fields that are undefined left out.
 * Invariant: equal values give equal text on every device and version, so that text can be hashed and compared.
 * Throws on what JSON cannot say (functions, NaN, infinities, bigints): a caller that meets one has a bug.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    entries.sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
  }
  throw new TypeError(
    `canonical JSON has no form for ${typeof value === 'number' ? value : typeof value}; pass plain JSON values`,
  );
}
