import { journalAppendLimits } from '../../../shared/desktop-api.ts';
import type { JournalEntry } from '../../../shared/desktop-api.ts';
import type { JournalLines, JournalWriter } from '../engine/commit-queue.ts';
import { askDesktop, DesktopError } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';

/** Most of one call, below the limits of the boundary: main reads and hashes a part in a few milliseconds. */
const mostLines = journalAppendLimits.lines - 1_000;
const mostCharacters = journalAppendLimits.characters / 4;

/** The journal in main as the commit queue writes it. An append whose answer was lost is recognised when tried again. */
export function createJournalWriter(port: DesktopPort, space: string): JournalWriter {
  return {
    append: async (lines) => {
      for (const part of splitLines(lines)) await appendPart(port, space, part);
    },
  };
}

async function appendPart(port: DesktopPort, space: string, part: JournalLines): Promise<void> {
  try {
    await askDesktop(port, 'journalAppend', { space, first: part.first, lines: part.texts.join('\n') });
  } catch (error) {
    if (!(error instanceof DesktopError) || error.failure.kind !== 'conflict') throw error;
    const held = await countHeld(port, space, part);
    const texts = part.texts.slice(held);
    if (texts.length > 0)
      await askDesktop(port, 'journalAppend', { space, first: part.first + held, lines: texts.join('\n') });
  }
}

/** How many of the lines the journal holds already; throws when it holds something else in their place. */
async function countHeld(port: DesktopPort, space: string, { first, texts }: JournalLines): Promise<number> {
  let held = 0;
  for await (const entries of readJournal(port, space, first - 1)) {
    for (const { seq, text } of entries) {
      const wanted = texts[seq - first];
      if (wanted === undefined) return held;
      if (wanted !== text) throw new Error(`the journal holds another operation ${seq} than the one to be saved`);
      held = seq - first + 1;
    }
  }
  return held;
}

function* splitLines({ first, texts }: JournalLines): Generator<JournalLines> {
  let start = 0;
  let characters = 0;
  for (const [index, text] of texts.entries()) {
    if (index > start && (index - start >= mostLines || characters + text.length > mostCharacters)) {
      yield { first: first + start, texts: texts.slice(start, index) };
      start = index;
      characters = 0;
    }
    characters += text.length + 1;
  }
  if (start < texts.length) yield { first: first + start, texts: texts.slice(start) };
}

/** All entries after a sequence number, page by page: of the journal in use, or of one put aside. */
export async function* readJournal(
  port: DesktopPort,
  space: string,
  after: number,
  aside?: string,
): AsyncGenerator<readonly JournalEntry[]> {
  for (let last = after; ;) {
    const page = await askDesktop(port, 'journalRead', {
      space,
      after: last,
      limit: 2_000,
      ...(aside === undefined ? {} : { aside }),
    });
    if (page.entries.length > 0) yield page.entries;
    last = page.entries.at(-1)?.seq ?? last;
    if (!page.more) return;
  }
}
