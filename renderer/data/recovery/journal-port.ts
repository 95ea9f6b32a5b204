import type { JournalEntry } from '../../../shared/desktop-api.ts';
import type { JournalWriter } from '../engine/commit-queue.ts';
import { askDesktop, DesktopError } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';

/** Most entries of one call, below the limit of the boundary. */
const entriesPerCall = 4_000;

/** The journal in main as the commit queue writes it. An append whose answer was lost is recognised when tried again. */
export function createJournalWriter(port: DesktopPort, space: string): JournalWriter {
  return {
    append: async (entries) => {
      for (let at = 0; at < entries.length; at += entriesPerCall)
        await appendPart(port, space, entries.slice(at, at + entriesPerCall));
    },
  };
}

async function appendPart(port: DesktopPort, space: string, entries: readonly JournalEntry[]): Promise<void> {
  try {
    await askDesktop(port, 'journalAppend', { space, entries: [...entries] });
  } catch (error) {
    if (!(error instanceof DesktopError) || error.failure.kind !== 'conflict') throw error;
    const missing = await notYetWritten(port, space, entries);
    if (missing.length > 0) await askDesktop(port, 'journalAppend', { space, entries: [...missing] });
  }
}

/** Which of the entries the journal lacks; throws when it holds something else in their place. */
async function notYetWritten(
  port: DesktopPort,
  space: string,
  entries: readonly JournalEntry[],
): Promise<readonly JournalEntry[]> {
  const [first] = entries;
  if (!first) return [];
  const { entries: held } = await askDesktop(port, 'journalRead', {
    space,
    after: first.seq - 1,
    limit: entriesPerCall,
  });
  const texts = new Map(held.map((entry) => [entry.seq, entry.text]));
  for (const entry of entries) {
    const text = texts.get(entry.seq);
    if (text !== undefined && text !== entry.text)
      throw new Error(`the journal holds another operation ${entry.seq} than the one to be saved`);
  }
  return entries.filter((entry) => !texts.has(entry.seq));
}

/** All entries after a sequence number, page by page. */
export async function* readJournal(
  port: DesktopPort,
  space: string,
  after: number,
): AsyncGenerator<readonly JournalEntry[]> {
  for (let last = after; ;) {
    const page = await askDesktop(port, 'journalRead', { space, after: last, limit: 2_000 });
    if (page.entries.length > 0) yield page.entries;
    last = page.entries.at(-1)?.seq ?? last;
    if (!page.more) return;
  }
}
