import { detectEncoding, type TextEncodingLabel } from '../../../shared/exchange/encoding.ts';
import type { FileSource } from './ports.ts';

/** Bytes asked for at once: one message to the main process each. */
const chunkBytes = 1024 * 1024;
const sampleBytes = 64 * 1024;

/** Reading went wrong in the middle of a file. */
export class ReadFailure extends Error {
  readonly kind: 'read-failed' | 'archive-damaged';

  constructor(kind: 'read-failed' | 'archive-damaged', cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.kind = kind;
  }
}

export interface TextPiece {
  readonly text: string;
  readonly encoding: TextEncodingLabel;
  /** Bytes of the file read so far: of a .gz, compressed ones. */
  readonly bytesRead: number;
  /** Bytes of text so far, unpacked. */
  readonly textBytes: number;
  readonly packed: boolean;
  /** Some bytes were no text in this encoding and became U+FFFD. */
  readonly damaged: boolean;
}

/**
 * The text of a file, piece by piece, unpacked when it is a .gz. `given` overrides the encoding found.
 * @throws ReadFailure after the pieces that could be read.
 */
export async function* readText(
  source: FileSource,
  given?: TextEncodingLabel,
): AsyncGenerator<TextPiece, void, undefined> {
  const position = { bytes: 0 };
  const first = await readBytes(source, 0, position);
  const packed = first[0] === 0x1f && first[1] === 0x8b;
  const chunks = packed ? unpack(source, first, position) : followingChunks(source, first, position);
  let decode: Decoder | undefined;
  let waiting: Uint8Array = new Uint8Array();
  let textBytes = 0;
  for await (const chunk of chunks) {
    textBytes += chunk.length;
    if (decode) {
      yield { ...decode(chunk, false), bytesRead: position.bytes, textBytes, packed };
      continue;
    }
    waiting = join(waiting, chunk);
    if (waiting.length < sampleBytes) continue;
    decode = decoderOf(waiting, given);
    const text = waiting.subarray(detectEncoding(waiting).bomBytes);
    yield { ...decode(text, false), bytesRead: position.bytes, textBytes, packed };
  }
  const rest = decode ? new Uint8Array() : waiting.subarray(detectEncoding(waiting).bomBytes);
  yield { ...(decode ?? decoderOf(waiting, given))(rest, true), bytesRead: position.bytes, textBytes, packed };
}

/**
 * Bytes of text in a packed file as its trailer has them (RFC 1952: the size modulo 2^32 of its last member); null
 * when that cannot be the size of the whole.
 */
export async function unpackedBytesOf(source: FileSource): Promise<number | null> {
  if (source.bytes < 18) return null;
  const end = await source.readChunk(source.bytes - 4, 4);
  const size = new DataView(end.buffer, end.byteOffset, end.byteLength).getUint32(0, true);
  return size > source.bytes ? size : null;
}

async function readBytes(source: FileSource, offset: number, position: { bytes: number }): Promise<Uint8Array> {
  try {
    const bytes = await source.readChunk(offset, chunkBytes);
    position.bytes = offset + bytes.length;
    return bytes;
  } catch (error) {
    throw new ReadFailure('read-failed', error);
  }
}

async function* followingChunks(
  source: FileSource,
  first: Uint8Array,
  position: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for (let chunk = first; chunk.length > 0; chunk = await readBytes(source, position.bytes, position)) yield chunk;
}

async function* unpack(source: FileSource, first: Uint8Array, position: { bytes: number }): AsyncGenerator<Uint8Array> {
  const packed = followingChunks(source, first, position);
  const stream = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await packed.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw error instanceof ReadFailure ? error : new ReadFailure('archive-damaged', error);
  } finally {
    // When the consumer stops early; a stream that failed has nothing left to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

type Decoder = (
  bytes: Uint8Array,
  last: boolean,
) => { readonly text: string; readonly encoding: TextEncodingLabel; readonly damaged: boolean };

function decoderOf(sample: Uint8Array, given: TextEncodingLabel | undefined): Decoder {
  const label = given ?? detectEncoding(sample).label;
  if (label === 'utf-8') return utf8Decoder(given !== undefined);
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return (bytes, last) => ({ text: decoder.decode(bytes, { stream: !last }), encoding: label, damaged: false });
}

/**
 * UTF-8 until the first byte that is none. If all before was plain ASCII, the file is Windows-1252 and the sample was
 * too short to tell; otherwise, and when a person said so (`certain`), it is UTF-8 with damage.
 */
function utf8Decoder(certain: boolean): Decoder {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let fallback: { readonly label: TextEncodingLabel; readonly decoder: TextDecoder } | undefined;
  let plain = true;
  let cutOff: Uint8Array = new Uint8Array();
  return (bytes, last) => {
    const all = cutOff.length === 0 ? bytes : join(cutOff, bytes);
    if (!fallback) {
      const end = last ? all.length : completeEnd(all);
      try {
        const text = strict.decode(all.subarray(0, end));
        // Beyond ASCII, UTF-8 takes more bytes than UTF-16 takes units.
        plain &&= text.length === end;
        cutOff = all.slice(end);
        return { text, encoding: 'utf-8', damaged: false };
      } catch {
        const label = plain && !certain ? 'windows-1252' : 'utf-8';
        fallback = { label, decoder: new TextDecoder(label, { ignoreBOM: true }) };
      }
    }
    cutOff = new Uint8Array();
    const text = fallback.decoder.decode(all, { stream: !last });
    return { text, encoding: fallback.label, damaged: fallback.label === 'utf-8' && text.includes('\uFFFD') };
  };
}

/** End of the last whole character. */
function completeEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
