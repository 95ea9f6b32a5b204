/** Bytes that grow: numbers as 7 bits a byte, texts as numbers. */
export class ByteWriter {
  #bytes = new Uint8Array(4_096);
  length = 0;

  #room(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }

  /** A whole number from 0 to 2^32 - 1. */
  number(value: number): void {
    this.#room(5);
    let rest = value >>> 0;
    while (rest > 127) {
      this.#bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  text(value: string): void {
    this.number(value.length);
    for (let at = 0; at < value.length; at += 1) this.number(value.charCodeAt(at));
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

/** Reads what ByteWriter wrote; throws RangeError where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.#bytes[this.at];
      if (byte === undefined || shift > 28 || (shift === 28 && byte > 15))
        throw new RangeError(`the bytes end or do not fit at ${this.at}`);
      this.at += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
      shift += 7;
    }
  }

  text(): string {
    const length = this.number();
    if (length > this.#bytes.length - this.at) throw new RangeError(`a text of ${length} does not fit at ${this.at}`);
    let value = '';
    for (let index = 0; index < length; index += 1) value += String.fromCharCode(this.number());
    return value;
  }

  bytes(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new RangeError(`${length} bytes do not fit at ${this.at}`);
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO 3309). */
export function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 255] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
