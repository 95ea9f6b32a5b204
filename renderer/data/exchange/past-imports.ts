import { z } from 'zod';
import type { Space } from '../engine/space.ts';
import type { ImportNoteRow } from '../storage/database.ts';
import type { ImportNote, PastImport } from './exchange-api.ts';
import type { ImportReport } from '../../../shared/exchange/import-report.ts';
import { scanLog } from './scan-log.ts';

interface Found {
  at: number;
  user: string;
  operations: number;
  undoneAt: number | null;
}

/** The imports in the log of a space, newest first. No line is parsed: a log has hundreds of thousands. */
export async function listPastImports(space: Space): Promise<readonly PastImport[]> {
  const found = new Map<string, Found>();
  for await (const rows of scanLog(space)) {
    for (const { lines } of rows) if (lines.includes('"command":"import:')) takeLines(lines, found);
  }
  const notes = await space.database.table<unknown, string>('layout').where('name').startsWith(notePrefix).toArray();
  const noteOf = new Map(notes.flatMap((row) => parseNote(row)));
  return [...found]
    .map(([importId, { at, user, operations, undoneAt }]) => ({
      importId,
      at,
      userName: space.state.tables.titleOf('person', user),
      operations,
      undoneAt,
      note: noteOf.get(importId) ?? null,
    }))
    .toSorted((left, right) => right.at - left.at);
}

const notePrefix = 'import:';
/** The parts of an operation's line that a list needs, as `JSON.stringify` writes them: a quote in a text is escaped. */
const importLine = /"command":"import:([0-9A-Za-z-]{1,40}):([a-z]+)/;
const wallTime = /"at":\[(\d+),/;
const author = /"user":"([^"\\]+)"/;

function takeLines(lines: string, found: Map<string, Found>): void {
  for (const line of lines.split('\n')) {
    const [, importId, verb] = importLine.exec(line) ?? [];
    if (importId === undefined) continue;
    const at = Number(wallTime.exec(line)?.[1] ?? 0);
    const known = found.get(importId);
    if (verb === 'undo') {
      if (known) known.undoneAt = at;
      continue;
    }
    if (known) known.operations += 1;
    else found.set(importId, { at, user: author.exec(line)?.[1] ?? '', operations: 1, undoneAt: null });
  }
}

/** Remembers what file an import was of, and what it reported. */
export async function keepImportNote(space: Space, file: string, report: ImportReport): Promise<void> {
  const row: ImportNoteRow = { name: `${notePrefix}${report.importId}`, file, report };
  await space.database.table<ImportNoteRow, string>('layout').put(row);
}

/** Of a stored note only what every version agrees on is checked; one that does not fit is as good as none. */
const noteRow = z.object({
  name: z.string().startsWith(notePrefix),
  file: z.string(),
  report: z.custom<ImportReport>((value) => reportShape.safeParse(value).success),
});
const reportShape = z.object({
  importId: z.string(),
  rowsRead: z.number(),
  records: z.record(z.string(), z.object({ created: z.number(), updated: z.number(), unchanged: z.number() })),
  states: z.record(z.string(), z.number()),
  counts: z.array(z.object({ kind: z.string(), reason: z.string(), count: z.number() })),
  findings: z.array(z.object({ kind: z.string(), reason: z.string(), row: z.number() })),
});

function parseNote(row: unknown): readonly [string, ImportNote][] {
  const parsed = noteRow.safeParse(row);
  if (!parsed.success) return [];
  return [[parsed.data.name.slice(notePrefix.length), { file: parsed.data.file, report: parsed.data.report }]];
}
