import type { FieldValue } from '../../../shared/sync/operation.ts';

/** What a ticket must look like: the fields that were written, and its work notes in their order. */
export interface Expected {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly notes: readonly string[];
}

/** Tickets by id, as they are once the action is done. */
type Effects = ReadonlyMap<string, Expected>;

export interface Verdict {
  readonly lost: readonly string[];
  readonly half: readonly string[];
  /** Actions not acknowledged that are there all the same, whole. */
  readonly kept: number;
}

/**
 * What was acknowledged and what was under way, kept by the process that kills. Each ticket has at most one action
 * under way, so that what must be there is exact: everything acknowledged, and of each open action all or nothing.
 */
export class Ledger {
  readonly #known = new Map<string, Expected>();
  readonly #open = new Set<Effects>();
  /** New tickets that were refused. */
  readonly #refused = new Set<string>();
  acknowledged = 0;
  /** Wall time (ms) of the last acknowledgement. */
  acknowledgedAt = 0;

  get ids(): readonly string[] {
    const open = [...this.#open].flatMap((effects) => [...effects.keys()]);
    return [...new Set([...this.#known.keys(), ...this.#refused, ...open])];
  }

  known(id: string): Expected | undefined {
    return this.#known.get(id);
  }

  /** @returns one to be called when the action was acknowledged, one when it was refused: nothing of it may be there */
  begin(effects: Effects): { readonly acknowledge: () => void; readonly refuse: () => void } {
    for (const other of this.#open)
      for (const id of effects.keys()) if (other.has(id)) throw new Error(`two actions at once on ${id}`);
    this.#open.add(effects);
    return {
      acknowledge: () => {
        this.#open.delete(effects);
        for (const [id, expected] of effects) this.#known.set(id, expected);
        this.acknowledged += 1;
        this.acknowledgedAt = Date.now();
      },
      refuse: () => {
        this.#open.delete(effects);
        for (const id of effects.keys()) if (!this.#known.has(id)) this.#refused.add(id);
      },
    };
  }

  /** Compares with what is there, and takes it from here: open actions are settled as they were found. */
  settle(found: ReadonlyMap<string, Expected | null>): Verdict {
    const half: string[] = [];
    const lost: string[] = [];
    let kept = 0;
    const inOpen = new Set<string>();
    for (const effects of this.#open) {
      for (const id of effects.keys()) inOpen.add(id);
      const isAfter = [...effects].every(([id, expected]) => isEqual(found.get(id), expected));
      const isBefore = [...effects.keys()].every((id) => isEqual(found.get(id), this.#known.get(id)));
      if (isAfter) {
        kept += 1;
        for (const [id, expected] of effects) this.#known.set(id, expected);
      } else if (!isBefore)
        half.push(describe([...effects.keys()].map((id) => [this.#known.get(id), effects.get(id), found.get(id)])));
    }
    this.#open.clear();
    for (const id of this.#refused) if (found.get(id)) half.push(`refused, and there all the same: ${id}`);
    for (const [id, expected] of this.#known)
      if (!inOpen.has(id) && !isEqual(found.get(id), expected)) lost.push(describe([[expected, found.get(id)]]));
    return { lost, half, kept };
  }
}

function isEqual(found: Expected | null | undefined, expected: Expected | undefined): boolean {
  if (!found || !expected) return !found && !expected;
  return (
    JSON.stringify(found.notes) === JSON.stringify(expected.notes) &&
    Object.entries(expected.fields).every(([field, value]) => (found.fields[field] ?? null) === (value ?? null))
  );
}

function describe(parts: readonly (readonly unknown[])[]): string {
  return parts.map((part) => part.map((each) => JSON.stringify(each)).join(' ≠ ')).join('; ');
}
