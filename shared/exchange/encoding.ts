/** Labels as `TextDecoder` knows them. */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncodingLabel = (typeof textEncodings)[number];

export interface DetectedEncoding {
  readonly label: TextEncodingLabel;
  /** Bytes of the byte order mark, to be skipped. */
  readonly bomBytes: number;
}

const marks: readonly { readonly label: TextEncodingLabel; readonly bytes: readonly number[] }[] = [
  { label: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { label: 'utf-16le', bytes: [0xff, 0xfe] },
  { label: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * Encoding of a file by its first bytes (64 KiB are plenty): byte order mark, else the zero bytes of UTF-16, else UTF-8
 * if it is well-formed, else Windows-1252, which is what Excel writes as plain "CSV" in western Europe.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  const mark = marks.find((each) => each.bytes.every((byte, at) => bytes[at] === byte));
  if (mark) return { label: mark.label, bomBytes: mark.bytes.length };
  return { label: utf16ByZeros(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252'), bomBytes: 0 };
}

/** Western text in UTF-16 has a zero in nearly every second byte; UTF-8 has none at all. */
function utf16ByZeros(bytes: Uint8Array): TextEncodingLabel | undefined {
  const pairs = Math.min(bytes.length, 4_096) >> 1;
  const zeros = (first: number): number => {
    let count = 0;
    for (let pair = 0; pair < pairs; pair += 1) if (bytes[pair * 2 + first] === 0) count += 1;
    return pairs === 0 ? 0 : count / pairs;
  };
  const [even, odd] = [zeros(0), zeros(1)];
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  return even > 0.4 && odd < 0.05 ? 'utf-16be' : undefined;
}

/** Whether the bytes are well-formed UTF-8; a character cut off at the end is forgiven. */
export function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = sequenceLength(first);
    if (length === 0) return false;
    for (let nth = 1; nth < length; nth += 1) {
      const byte = bytes[at + nth];
      if (byte === undefined) return true;
      if (byte < (nth === 1 ? lowestSecond(first) : 0x80)) return false;
      if (byte > (nth === 1 ? highestSecond(first) : 0xbf)) return false;
    }
    at += length;
  }
  return true;
}

/** Bytes of a character by its first byte; 0 when no character begins so. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Overlong forms and surrogates are not UTF-8 (Unicode 3.9, table 3-7). */
function lowestSecond(first: number): number {
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(first: number): number {
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
}
