import { encodePushLine } from '../../../shared/sync/protocol-lines.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Entry } from '../../../shared/sync/entry.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { logRowEntries, parseOperation } from '../storage/operation-lines.ts';
import { readJournal } from '../recovery/journal-port.ts';
import { ChainIndex } from './chain-index.ts';
import { logRows } from './find-operation.ts';
import { indexRest } from './index-log.ts';

/** One line of a push, with its place in its chain. */
export interface ChainLine {
  readonly seq: number;
  readonly hash: string;
  /** As `encodePushLine` writes it, with its line feed. */
  readonly text: string;
  readonly isOperation: boolean;
}

/** Entries of a chain read at once. */
const linesPerRead = 500;

/** Where operations may be read from when the log lacks them: the journal of the device in use. */
export interface JournalPlace {
  readonly port: DesktopPort;
  readonly space: string;
}

/**
 * A device's chain from a number up to another, as lines of a push; ends where the log has nothing that may be pushed
 * (an excerpt, or what only a snapshot stood for).
 */
export async function* chainLines(
  space: Space,
  device: string,
  from: number,
  upTo: number,
  journal: JournalPlace | null,
): AsyncGenerator<ChainLine, void, undefined> {
  for (let first = from; first <= upTo; first += linesPerRead) {
    const last = Math.min(upTo, first + linesPerRead - 1);
    const lines = await readLines(space, device, first, last);
    for (let seq = first; seq <= last; seq += 1) {
      const line = lines.get(seq);
      if (line) yield line;
      else if (journal && device === space.state.meta.device) {
        yield* journalLines(journal, seq, upTo);
        return;
      } else return;
    }
  }
}

async function readLines(
  space: Space,
  device: string,
  first: number,
  last: number,
): Promise<ReadonlyMap<number, ChainLine>> {
  const index = new ChainIndex(space.database);
  await indexRest(space, index);
  const dots = Array.from({ length: last - first + 1 }, (_, at) => ({ device, seq: first + at }));
  await index.load(dots);
  const keys = [...new Set(dots.map((dot) => index.at(dotOf(dot)).logKey))].filter((key) => key !== 0);
  const { voidings } = space.state.remote;
  const lines = new Map<number, ChainLine>();
  for (const row of await logRows(space, keys)) {
    if (!row) continue;
    const texts = row.lines.split('\n').filter((text) => text !== '');
    for (const [at, entry] of logRowEntries(row).entries()) {
      const place = entry.type === 'voiding' ? entry.voiding : entry.operation;
      if (place.device !== device || place.seq < first || place.seq > last) continue;
      const dot = dotOf(place);
      const text = lineText(entry, texts[at] ?? '', voidings.get(dot));
      const { hash } = index.at(dot);
      if (text !== null)
        lines.set(place.seq, { seq: place.seq, hash, text, isOperation: !text.startsWith('{"voiding"') });
    }
  }
  return lines;
}

type Refusal = ReturnType<Space['state']['remote']['voidings']['get']>;

/** Null for what may not be pushed. What was refused is its refusal, whatever the log has in its place. */
function lineText(entry: Entry, stored: string, refusal: Refusal): string | null {
  if (refusal) {
    const { voiding, seal } = refusal;
    return encodePushLine({ type: 'entry', entry: { type: 'voiding', voiding }, seal });
  }
  return entry.type === 'operation' ? `${stored}\n` : null;
}

async function* journalLines(
  { port, space }: JournalPlace,
  from: number,
  upTo: number,
): AsyncGenerator<ChainLine, void, undefined> {
  let wanted = from;
  for await (const entries of readJournal(port, space, from - 1)) {
    for (const { seq, text } of entries) {
      if (seq !== wanted || seq > upTo) return;
      yield {
        seq,
        hash: hashOperation(parseOperation(text, `journal entry ${seq}`)),
        text: `${text}\n`,
        isOperation: true,
      };
      wanted += 1;
    }
  }
}
