/** Labels as `TextDecoder` knows them. */
export type TextEncodingLabel = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DetectedEncoding {
  readonly label: TextEncodingLabel;
  /** Bytes of the byte order mark, to be skipped. */
  readonly bomBytes: number;
}

/**
 * Encoding of a file by its first bytes (64 KiB are plenty): byte order mark, else the zero bytes of UTF-16, else UTF-8
 * if it is well-formed, else Windows-1252, which is what Excel writes as plain "CSV" in western Europe.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { label: 'utf-8', bomBytes: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { label: 'utf-16le', bomBytes: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { label: 'utf-16be', bomBytes: 2 };
  const pairs = Math.min(bytes.length, 4_096) >> 1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (bytes[pair * 2] === 0) evenZeros += 1;
    if (bytes[pair * 2 + 1] === 0) oddZeros += 1;
  }
  if (pairs > 0 && oddZeros > pairs * 0.4 && evenZeros < pairs * 0.05) return { label: 'utf-16le', bomBytes: 0 };
  if (pairs > 0 && evenZeros > pairs * 0.4 && oddZeros < pairs * 0.05) return { label: 'utf-16be', bomBytes: 0 };
  return { label: isUtf8(bytes) ? 'utf-8' : 'windows-1252', bomBytes: 0 };
}

/** Whether the bytes are well-formed UTF-8; a character cut off at the end is forgiven. */
export function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    at += 1;
    if (first < 0x80) continue;
    const more = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
    if (more === 0) return false;
    for (let nth = 0; nth < more; nth += 1) {
      const byte = bytes[at];
      if (byte === undefined) return true;
      if (byte < (nth === 0 ? lowestSecond(first) : 0x80) || byte > (nth === 0 ? highestSecond(first) : 0xbf)) return false;
      at += 1;
    }
  }
  return true;
}

/** Overlong forms and surrogates are not UTF-8 (Unicode 3.9, table 3-7). */
function lowestSecond(first: number): number {
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(first: number): number {
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
}
