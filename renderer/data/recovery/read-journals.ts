import type { Operation } from '../../../shared/sync/operation.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { askDesktop } from '../desktop-port.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import type { OperationLine } from '../storage/operation-lines.ts';
import { readJournal } from './journal-port.ts';

/** A page of a journal's operations in order, and how many of its lines hold none that can be read. */
export interface OperationPage {
  readonly lines: readonly OperationLine[];
  readonly unreadable: number;
}

/** The journal in use, after a sequence number. */
export async function* readOwnOperations(
  port: DesktopPort,
  space: string,
  after: number,
): AsyncGenerator<OperationPage> {
  for await (const entries of readJournal(port, space, after)) yield parsePage(entries);
}

/**
 * Every journal there is: those put aside, then the one in use. A line comes once, also when a journal was written
 * again after damage and both copies are there; of two different operations with one dot, the later journal's is given
 * and the other counts as unreadable.
 */
export async function* readAllOperations(port: DesktopPort, space: string): AsyncGenerator<OperationPage> {
  const aside = await askDesktop(port, 'journalsAside', { space });
  const { device } = await askDesktop(port, 'journalOpen', { space });
  const byDevice = new Map<string, string[]>();
  for (const journal of aside) {
    const owner = journal.device ?? journal.name;
    byDevice.set(owner, [...(byDevice.get(owner) ?? []), journal.name]);
  }
  for (const [owner, names] of byDevice)
    if (owner !== device) yield* mergePages(names.map((name) => readJournal(port, space, 0, name)));
  const own = (byDevice.get(device) ?? []).map((name) => readJournal(port, space, 0, name));
  yield* mergePages([...own, readJournal(port, space, 0)]);
}

type Entries = readonly { readonly seq: number; readonly text: string }[];

/** Several journals of one device, merged by number. */
async function* mergePages(sources: readonly AsyncGenerator<Entries>[]): AsyncGenerator<OperationPage> {
  const [only] = sources;
  if (sources.length === 1 && only) {
    for await (const entries of only) yield parsePage(entries);
    return;
  }
  const readers = sources.map((source) => new Reader(source));
  const mostLines = 2_000;
  for (let ended = false; !ended;) {
    const page: { seq: number; text: string }[] = [];
    let differing = 0;
    while (page.length < mostLines) {
      const heads = await Promise.all(readers.map((reader) => reader.head()));
      const seq = Math.min(...heads.map((head) => head?.seq ?? Number.POSITIVE_INFINITY));
      const [newest, ...others] = heads.filter((head) => head?.seq === seq).toReversed();
      if (!newest) {
        ended = true;
        break;
      }
      page.push(newest);
      differing += others.filter((other) => other?.text !== newest.text).length;
      for (const [index, head] of heads.entries()) if (head?.seq === seq) readers[index]?.take();
    }
    const parsed = parsePage(page);
    yield { lines: parsed.lines, unreadable: parsed.unreadable + differing };
  }
}

class Reader {
  readonly #source: AsyncGenerator<Entries>;
  #page: Entries = [];
  #at = 0;

  constructor(source: AsyncGenerator<Entries>) {
    this.#source = source;
  }

  async head(): Promise<Entries[number] | undefined> {
    while (this.#at >= this.#page.length) {
      const next = await this.#source.next();
      if (next.done === true) return undefined;
      this.#page = next.value;
      this.#at = 0;
    }
    return this.#page[this.#at];
  }

  take(): void {
    this.#at += 1;
  }
}

function parsePage(entries: Entries): OperationPage {
  const lines: OperationLine[] = [];
  let unreadable = 0;
  for (const { seq, text } of entries) {
    const operation = parse(text, seq);
    if (operation) lines.push({ operation, text });
    else unreadable += 1;
  }
  return { lines, unreadable };
}

/** Null when it holds no operation: counted and shown on the recovery screen; the file itself is left as it is. */
function parse(text: string, seq: number): Operation | null {
  try {
    return parseOperation(text, `journal entry ${seq}`);
  } catch {
    return null;
  }
}
