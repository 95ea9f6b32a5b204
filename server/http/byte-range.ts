/**
 * The one range of bytes a `Range` header asks for (RFC 9110, 14.2): first and last byte. Null when the whole is to be sent:
 * no header, another unit, several ranges. `none` when nothing of it exists.
 */
export function readRange(
  header: string | undefined,
  bytes: number,
): { readonly start: number; readonly end: number } | 'none' | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  if (first === '') {
    const wanted = Math.min(Number(last), bytes);
    return wanted === 0 ? 'none' : { start: bytes - wanted, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= bytes ? 'none' : { start, end };
}
