import type { Operation } from '../../shared/sync/operation.ts';
import type { Voiding } from '../../shared/sync/voiding.ts';
import type { Chance } from './chance.ts';
import type { Codec } from './codec.ts';

interface StoredFile {
  text: string;
  /** What the text says, once it was looked at; undefined before. */
  content: FolderContent | null | undefined;
  /** Per reader, how many more listings it stays unseen (late). */
  readonly unseen: Map<string, number>;
}

export type FolderContent = { readonly operations: readonly Operation[] } | { readonly voiding: Voiding };

const segmentName = /^([0-9A-Z]{10})\/(\d+)-(\d+)\.([0-9a-f]{16})\.ndjson$/;
const voidName = /^([0-9A-Z]{10})\/void-(\d+)\.([0-9a-f]{16})\.json$/;

/**
 * A shared folder: files appear late or cut, go missing, are copied by sync tools; no listing is complete. A file
 * counts only if its name is one of ours and its checksum agrees. Absence means nothing.
 */
export class Folder {
  readonly #files = new Map<string, StoredFile>();
  readonly #codec: Codec;

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  segment(device: string, operations: readonly Operation[]): { readonly name: string; readonly text: string } {
    const body = operations.map((operation) => `${this.#codec.encode(operation)}\n`).join('');
    const hash = this.#codec.hash(body);
    const name = `${device}/${operations[0]?.seq ?? 0}-${operations.at(-1)?.seq ?? 0}.${hash.slice(0, 16)}.ndjson`;
    return { name, text: `${hash}\n${body}` };
  }

  voidFile(voiding: Voiding): { readonly name: string; readonly text: string } {
    const body = `${JSON.stringify(voiding)}\n`;
    const hash = this.#codec.hash(body);
    return { name: `${voiding.device}/void-${voiding.seq}.${hash.slice(0, 16)}.json`, text: `${hash}\n${body}` };
  }

  write(name: string, text: string): void {
    this.#files.set(name, { text, content: undefined, unseen: new Map() });
  }
  remove(name: string): void {
    this.#files.delete(name);
  }
  cut(name: string, chance: Chance): void {
    const file = this.#files.get(name);
    if (file !== undefined) this.write(name, file.text.slice(0, chance.below(file.text.length)));
  }
  flipBit(name: string, chance: Chance): void {
    const file = this.#files.get(name);
    if (file === undefined || file.text.length === 0) return;
    const at = chance.below(file.text.length);
    this.write(
      name,
      file.text.slice(0, at) + String.fromCharCode(file.text.charCodeAt(at) ^ 1) + file.text.slice(at + 1),
    );
  }
  copy(name: string): void {
    const file = this.#files.get(name);
    if (file !== undefined) this.write(name.replace(/(\.\w+)$/, ' (conflicted copy)$1'), file.text);
  }
  settle(): void {
    for (const file of this.#files.values()) file.unseen.clear();
  }

  /** What one reader sees: names in any order, late files not yet, never its own directory late. */
  list(reader: string, ownDirectory: string, chance: Chance, lateRate: number): readonly string[] {
    const seen: string[] = [];
    for (const [name, file] of this.#files) {
      const left = file.unseen.get(reader) ?? (chance.happens(lateRate) ? 1 + chance.below(5) : 0);
      file.unseen.set(reader, Math.max(0, left - 1));
      if (left === 0 || name.startsWith(`${ownDirectory}/`)) seen.push(name);
    }
    return chance.shuffle(seen);
  }

  /** What a file holds; null when it is none of ours, or cut, or damaged: try again next time. */
  read(name: string): FolderContent | null {
    const file = this.#files.get(name);
    if (file === undefined) return null;
    if (file.content === undefined) file.content = this.#parse(name, file.text);
    return file.content;
  }

  #parse(name: string, text: string): FolderContent | null {
    const isSegment = segmentName.test(name);
    if (!isSegment && !voidName.test(name)) return null;
    const lineEnd = text.indexOf('\n');
    const body = text.slice(lineEnd + 1);
    if (lineEnd < 0 || this.#codec.hash(body) !== text.slice(0, lineEnd)) return null;
    if (!isSegment) return { voiding: this.#voiding(body) };
    const operations = this.#codec.batch(body);
    return operations === null ? null : { operations };
  }

  #voiding(body: string): Voiding {
    return JSON.parse(body) as Voiding;
  }
}
