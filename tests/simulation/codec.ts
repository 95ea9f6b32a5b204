import { parseBatch, parseOperation, encodeOperation } from '../../shared/sync/op-batch.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import { encodeSnapshot, parseSnapshot, type Snapshot } from '../../shared/sync/snapshot.ts';
import { sha256Hex } from '../../shared/sync/digest.ts';
import { Violation } from './violation.ts';

/** Encoding and parsing by the core, each text only once a world: worlds read the same bytes over and over. */
export class Codec {
  readonly #lines = new Map<string, Operation | null>();
  readonly #batches = new Map<string, readonly Operation[] | null>();
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #hashes = new Map<string, string>();
  readonly #texts = new WeakMap<Operation, string>();

  encode(operation: Operation): string {
    let text = this.#texts.get(operation);
    if (text === undefined) {
      text = encodeOperation(operation);
      this.#texts.set(operation, text);
      // Most lines are known by the object they were made from; the rest go through the parser.
      if (operation.seq % 8 !== 1) this.#lines.set(text, operation);
    }
    return text;
  }

  /** Null for a line that is damaged. */
  line(text: string): Operation | null {
    let operation = this.#lines.get(text);
    if (operation === undefined) {
      const parsed = parseOperation(text);
      operation = parsed.ok ? parsed.value : null;
      this.#lines.set(text, operation);
    }
    return operation;
  }

  batch(text: string): readonly Operation[] | null {
    let operations = this.#batches.get(text);
    if (operations === undefined) {
      const lines = text.endsWith('\n')
        ? text
            .slice(0, -1)
            .split('\n')
            .map((line) => this.line(line))
        : [];
      const whole = lines.filter((line) => line !== null);
      const parsed =
        this.#batches.size % 8 === 0 ? parseBatch(text) : { ok: whole.length === lines.length, value: whole };
      operations = parsed.ok && whole.length === parsed.value.length ? whole : null;
      this.#batches.set(text, operations);
    }
    return operations;
  }

  /** A snapshot as another replica reads it: through its bytes. */
  snapshot(snapshot: Snapshot): Snapshot {
    const text = encodeSnapshot(snapshot);
    let copy = this.#snapshots.get(text);
    if (copy === undefined) {
      const parsed = parseSnapshot(text);
      if (!parsed.ok) throw new Violation('I5', `own snapshot does not parse: ${parsed.failure.message}`);
      copy = parsed.value;
      this.#snapshots.set(text, copy);
    }
    return copy;
  }

  hash(text: string): string {
    let hash = this.#hashes.get(text);
    if (hash === undefined) {
      hash = sha256Hex(text);
      this.#hashes.set(text, hash);
    }
    return hash;
  }
}
