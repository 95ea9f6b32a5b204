/**
 * UUIDv7 (RFC 9562): 48 bits of wall time in ms, then 74 random bits. Ids of one device sort roughly by creation.
 * Invariant: uniqueness rests on chance alone; the time in an id is never trusted for order.
 */
const greatestMs = 2 ** 48 - 1;

/** Makes an id from wall time (ms since 1970) and 10 random bytes. */
export function makeUuid7(ms: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError(`a UUIDv7 needs 10 random bytes, not ${random.length}`);
  if (!Number.isInteger(ms) || ms < 0 || ms > greatestMs)
    throw new RangeError(`a UUIDv7 needs a whole ms time from 0 to ${greatestMs}, not ${ms}`);
  const [a = 0, b = 0, c = 0, ...rest] = random;
  const time = ms.toString(16).padStart(12, '0');
  const version = hex([0x70 | (a & 0x0f), b]);
  const variant = hex([0x80 | (c & 0x3f), rest[0] ?? 0]);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hex(rest.slice(1, 7))}`;
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
