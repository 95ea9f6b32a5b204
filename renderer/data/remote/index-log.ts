import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { Space } from '../engine/space.ts';
import type { LogRow } from '../storage/database.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import { ChainIndex } from './chain-index.ts';

/** Rows of the log indexed in one turn: a command never waits longer for it than for another command. */
const rowsPerTurn = 100;

/** Brings the index up to the log, some rows at a time. What is written meanwhile is left to the next call. */
export async function indexLog(space: Space): Promise<void> {
  const { lastLogKey } = space.state.meta;
  while ((space.state.meta.placesUpTo ?? 0) < lastLogKey) {
    await space.inTurn(async () => {
      const from = space.state.meta.placesUpTo ?? 0;
      const index = new ChainIndex(space.database);
      const upTo = await addRows(space, index, from, Math.min(from + rowsPerTurn, space.state.meta.lastLogKey));
      space.state.meta = { ...space.state.meta, placesUpTo: upTo };
      await space.queue.add({
        log: [],
        journal: null,
        bodies: [],
        segments: [],
        remote: { put: { places: index.changedRows() }, deleted: {} },
        relaxed: true,
        meta: space.state.meta,
      });
    });
  }
}

/** Within a turn: indexes what has been logged since. Returns the key of the last row. */
export async function indexRest(space: Space, index: ChainIndex): Promise<number> {
  const { placesUpTo = 0, lastLogKey } = space.state.meta;
  return placesUpTo < lastLogKey ? addRows(space, index, placesUpTo, lastLogKey) : lastLogKey;
}

interface Line {
  readonly device: string;
  readonly seq: number;
  readonly previousHash: string;
  /** Null for an operation: the next one names it, or it must be computed. */
  readonly hash: string | null;
  readonly logKey: number;
  readonly text: string;
}

async function addRows(space: Space, index: ChainIndex, after: number, upTo: number): Promise<number> {
  const { unwritten } = space.state;
  const stored = await space.database.ops.where('key').between(after, upTo, false, true).toArray();
  const rows = new Map<number, LogRow>(stored.map((row) => [row.key ?? 0, row]));
  for (const [key, row] of unwritten) if (key > after && key <= upTo) rows.set(key, row);
  const lines = [...rows].flatMap(([key, row]) =>
    row.lines.split('\n').flatMap((text) => (text === '' ? [] : [readLine(text, key)])),
  );
  await index.load(lines);
  const last = new Map<string, Line>();
  for (const line of lines) {
    const { device, seq, logKey, hash } = line;
    index.put(device, seq, hash === null ? { logKey } : { logKey, hash });
    const before = last.get(device);
    if (before?.seq === seq - 1) index.put(device, seq - 1, { hash: line.previousHash });
    else if (before) putHash(index, before);
    last.set(device, line);
  }
  for (const line of last.values()) putHash(index, line);
  return upTo;
}

function putHash(index: ChainIndex, { device, seq, hash, text, logKey }: Line): void {
  if (hash === null) index.put(device, seq, { hash: hashOperation(parseOperation(text, `log row ${logKey}`)) });
}

interface Mark {
  readonly device: string;
  readonly seq: number;
  readonly previousHash: string;
  readonly hash?: string;
}

/** Only what the index needs; a log has hundreds of thousands of lines. */
function readLine(text: string, logKey: number): Line {
  const parsed = JSON.parse(text) as Mark & { readonly voiding?: Mark; readonly excerpt?: Mark };
  const mark = parsed.voiding ?? parsed.excerpt ?? parsed;
  const hash = parsed.voiding?.hash ?? (parsed.excerpt ? (parsed.hash ?? '') : null);
  return { device: mark.device, seq: mark.seq, previousHash: mark.previousHash, hash, logKey, text };
}
