/**
 * JSON with one form for one value: keys in code unit order, no white space, fields that are undefined left out.
 * Invariant: equal values give equal text on every device and version, so that text can be hashed and compared.
 * Throws on what JSON cannot say (functions, NaN, infinities, bigints): a caller that meets one has a bug.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    let text = '';
    for (const [key, each] of Object.entries(value).sort(byKey)) {
      if (each !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(each)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(
    `canonical JSON has no form for ${typeof value === 'number' ? value : typeof value}; pass plain JSON values`,
  );
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
