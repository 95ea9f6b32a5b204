import { parseDot, type Dot } from '../../../shared/sync/operation.ts';
import type { Database } from '../storage/database.ts';
import type { PlacesRow } from '../storage/remote-rows.ts';
import { getRows } from '../storage/raw-rows.ts';

/** Operations of one device in a row of the index. */
const stretch = 64;

/** Where an operation stands in the log: the key of its row, 0 when the log lacks it; and its hash, '' when unknown. */
export interface Place {
  readonly logKey: number;
  readonly hash: string;
}

interface Stretch {
  readonly rows: number[];
  readonly hashes: string[];
}

const nowhere: Place = { logKey: 0, hash: '' };

export function stretchKey(device: string, seq: number): string {
  return `${device}:${Math.floor((seq - 1) / stretch)}`;
}

/** Keys of the stretches from one number to another, in order. */
export function stretchKeys(device: string, from: number, upTo: number): readonly string[] {
  const first = Math.floor((from - 1) / stretch);
  const last = Math.floor((upTo - 1) / stretch);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => `${device}:${first + at}`);
}

/**
 * Finds operations by their dot, which the log alone cannot: it is in order of arrival. Derived from the log; whoever
 * makes one says beforehand what it will look for (`load`) and stores what it changed with what it logged.
 */
export class ChainIndex {
  readonly #database: Database;
  readonly #stretches = new Map<string, Stretch>();
  readonly #changed = new Set<string>();

  constructor(database: Database) {
    this.#database = database;
  }

  async load(dots: Iterable<{ readonly device: string; readonly seq: number }>): Promise<void> {
    const keys = new Set<string>();
    for (const { device, seq } of dots) {
      const key = stretchKey(device, seq);
      if (seq > 0 && !this.#stretches.has(key)) keys.add(key);
    }
    if (keys.size === 0) return;
    const wanted = [...keys];
    const found = await getRows(this.#database, 'places', wanted);
    wanted.forEach((key, index) => {
      const row = found[index];
      this.#stretches.set(key, { rows: [...(row?.rows ?? [])], hashes: [...(row?.hashes ?? [])] });
    });
  }

  at(dot: Dot): Place {
    const { device, seq } = parseDot(dot);
    const found = this.#stretches.get(stretchKey(device, seq));
    const at = (seq - 1) % stretch;
    return found ? { logKey: found.rows[at] ?? 0, hash: found.hashes[at] ?? '' } : nowhere;
  }

  /** Its stretch must have been loaded. */
  put(device: string, seq: number, place: Partial<Place>): void {
    const key = stretchKey(device, seq);
    const found = this.#stretches.get(key);
    if (!found) throw new Error(`the stretch of ${device}:${seq} was not read before it was written`);
    const at = (seq - 1) % stretch;
    while (found.rows.length <= at) {
      found.rows.push(0);
      found.hashes.push('');
    }
    if (place.logKey !== undefined) found.rows[at] = place.logKey;
    if (place.hash !== undefined) found.hashes[at] = place.hash;
    this.#changed.add(key);
  }

  /** Rows to be stored. */
  changedRows(): readonly PlacesRow[] {
    return [...this.#changed].map((key) => {
      const { rows = [], hashes = [] } = this.#stretches.get(key) ?? {};
      return { key, rows: [...rows], hashes: [...hashes] };
    });
  }
}
