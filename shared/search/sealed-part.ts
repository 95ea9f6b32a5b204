import { Scratch, type IndexPart, type VisitPosting } from './index-part.ts';
import { ByteReader, ByteWriter, checksum } from './varint.ts';

export interface SealedContent {
  readonly fields: number;
  readonly ids: readonly string[];
  readonly lengths: Uint32Array;
  /** Ascending by code units. */
  readonly terms: readonly string[];
  /** Where the postings of each term begin, and at the end where the last ends. */
  readonly starts: Uint32Array;
  /** For each term: records as steps, count, positions as steps; see PostingWriter. */
  readonly postings: Uint8Array;
}

/** Records that do not change any more but for being removed: compact, in the form in which they are stored. */
export class SealedPart implements IndexPart {
  readonly content: SealedContent;
  readonly ids: readonly string[];
  readonly terms: readonly string[];
  readonly lengths: Uint32Array;
  readonly removed: Uint8Array;
  readonly #records: ReadonlyMap<string, number>;
  readonly #scratch = new Scratch();

  constructor(content: SealedContent) {
    this.content = content;
    this.ids = content.ids;
    this.terms = content.terms;
    this.lengths = content.lengths;
    this.removed = new Uint8Array(content.ids.length);
    this.#records = new Map(content.ids.map((id, record) => [id, record]));
  }

  recordOf(id: string): number | undefined {
    return this.#records.get(id);
  }

  termAt(term: string): number {
    let low = 0;
    let high = this.terms.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.terms[middle] ?? '';
      if (found === term) return middle;
      if (found < term) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  read(termIndex: number, visit: VisitPosting): void {
    const { starts, postings: bytes } = this.content;
    const end = starts[termIndex + 1] ?? 0;
    let at = starts[termIndex] ?? 0;
    const number = (): number => {
      let byte = bytes[at++] ?? 0;
      if (byte < 128) return byte;
      let value = byte & 127;
      for (let shift = 7; byte > 127 && at < end; shift += 7) {
        byte = bytes[at++] ?? 0;
        value |= (byte & 127) << shift;
      }
      return value >>> 0;
    };
    for (let record = -1; ;) {
      if (at >= end) return;
      record += number() + 1;
      const count = number();
      const positions = this.#scratch.grow(count);
      let position = 0;
      for (let index = 0; index < count; index += 1) {
        position += number();
        positions[index] = position;
      }
      visit(record, positions, count);
    }
  }
}

/** Writes the postings of one term after the other. Records must ascend within a term. */
export class PostingWriter {
  readonly #bytes = new ByteWriter();
  readonly #starts: number[] = [];
  readonly #terms: string[] = [];
  #last = -1;

  begin(term: string): void {
    this.#terms.push(term);
    this.#starts.push(this.#bytes.length);
    this.#last = -1;
  }

  /** A term that turned out to have no postings is taken back. */
  end(): void {
    if (this.#starts.at(-1) !== this.#bytes.length) return;
    this.#terms.pop();
    this.#starts.pop();
  }

  put(record: number, positions: Uint32Array, count: number): void {
    this.#bytes.number(record - this.#last - 1);
    this.#last = record;
    this.#bytes.number(count);
    let last = 0;
    for (let index = 0; index < count; index += 1) {
      const position = positions[index] ?? 0;
      this.#bytes.number(position - last);
      last = position;
    }
  }

  done(): Pick<SealedContent, 'terms' | 'starts' | 'postings'> {
    const starts = Uint32Array.from([...this.#starts, this.#bytes.length]);
    return { terms: this.#terms, starts, postings: this.#bytes.done() };
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const mark = 0x48665331;

/** One blob: mark, checksum, counts, ids, lengths, terms (each by what it adds to the one before), postings. */
export function encodePart({ fields, ids, lengths, terms, starts, postings }: SealedContent): Uint8Array {
  const body = new ByteWriter();
  body.number(fields);
  body.number(ids.length);
  for (const id of ids) {
    const isUuid = uuid.test(id);
    body.number(isUuid ? 1 : 0);
    if (isUuid) body.bytes(Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => parseInt(pair, 16)));
    else body.text(id);
  }
  for (let at = 0; at < ids.length * fields; at += 1) body.number(lengths[at] ?? 0);
  body.number(terms.length);
  let before = '';
  terms.forEach((term, index) => {
    let shared = 0;
    while (shared < term.length && term[shared] === before[shared]) shared += 1;
    body.number(shared);
    body.text(term.slice(shared));
    body.number((starts[index + 1] ?? 0) - (starts[index] ?? 0));
    before = term;
  });
  body.number(postings.length);
  body.bytes(postings);
  const bytes = body.done();
  const whole = new ByteWriter();
  whole.number(mark);
  whole.number(checksum(bytes));
  whole.bytes(bytes);
  return whole.done();
}

/** Null for bytes that are damaged or of another form. */
export function decodePart(bytes: Uint8Array): SealedPart | null {
  try {
    const head = new ByteReader(bytes);
    if (head.number() !== mark) return null;
    const sum = head.number();
    const body = bytes.subarray(head.at);
    if (checksum(body) !== sum) return null;
    return new SealedPart(readContent(new ByteReader(body)));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readContent(reader: ByteReader): SealedContent {
  const fields = reader.number();
  const size = reader.number();
  const ids: string[] = [];
  for (let record = 0; record < size; record += 1) ids.push(reader.number() === 1 ? readUuid(reader) : reader.text());
  const lengths = new Uint32Array(size * fields);
  for (let at = 0; at < lengths.length; at += 1) lengths[at] = reader.number();
  const count = reader.number();
  const terms: string[] = [];
  const starts = new Uint32Array(count + 1);
  let before = '';
  for (let index = 0; index < count; index += 1) {
    const shared = reader.number();
    before = before.slice(0, shared) + reader.text();
    terms.push(before);
    starts[index + 1] = (starts[index] ?? 0) + reader.number();
  }
  return { fields, ids, lengths, terms, starts, postings: reader.bytes(reader.number()) };
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function readUuid(reader: ByteReader): string {
  const text = Array.from(reader.bytes(16), (byte) => hex[byte] ?? '').join('');
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
