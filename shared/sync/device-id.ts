/**
 * Device ids: 10 characters of Crockford base32 (50 random bits), minted once for each installation and space.
 * Invariant: an id never returns. A device that finds operations of its own that it does not know (rolled back or
 * cloned) mints a new one and reads the old ones as another device's.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const idLength = 10;

export const deviceIdPattern: RegExp = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** Mints an id from at least 7 random bytes (the first 50 bits count). */
export function mintDeviceId(random: Uint8Array): string {
  if (random.length < 7) throw new RangeError(`a device id needs 7 random bytes or more, not ${random.length}`);
  let id = '';
  let bits = 0;
  let held = 0;
  for (const byte of random) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < idLength) {
      bits -= 5;
      id += alphabet.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
    if (id.length === idLength) break;
  }
  return id;
}

export function isDeviceId(text: string): boolean {
  return deviceIdPattern.test(text);
}
