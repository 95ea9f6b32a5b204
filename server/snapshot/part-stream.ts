import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { digestOf, type SnapshotBook } from './snapshot-book.ts';

const zip = promisify(gzip);
/** A part that a desk can show before it has the next one, and that fits into memory many times. */
const recordsAtMost = 2_000;
const charactersAtMost = 4 * 1024 * 1024;

export type KeepPart = (place: number, body: Uint8Array) => Promise<void>;

/** Records that belong together in order of reading. Holds one part in memory, no more. */
export class PartStream {
  readonly parts: SnapshotBook['parts'] = [];
  readonly #firstPlace: number;
  readonly #keep: KeepPart;
  #lines: string[] = [];
  #characters = 0;

  /** `firstPlace`: parts are stored from there on. */
  constructor(firstPlace: number, keep: KeepPart) {
    this.#firstPlace = firstPlace;
    this.#keep = keep;
  }

  /** Lines that stay in one part: a record and the entries of its log, as JSON. */
  async add(lines: readonly string[]): Promise<void> {
    const characters = lines.reduce((sum, line) => sum + line.length + 1, 0);
    const full = this.#lines.length + lines.length > recordsAtMost || this.#characters + characters > charactersAtMost;
    if (full) await this.end();
    this.#lines.push(...lines);
    this.#characters += characters;
  }

  async end(): Promise<void> {
    const lines = this.#lines;
    if (lines.length === 0) return;
    this.#lines = [];
    this.#characters = 0;
    const body = await zip(`${lines.join('\n')}\n`);
    const place = this.#firstPlace + this.parts.length;
    await this.#keep(place, body);
    this.parts.push({ place, records: lines.length, bytes: body.length, digest: digestOf(body) });
  }
}
