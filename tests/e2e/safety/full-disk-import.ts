import type { Page } from '@playwright/test';
import type { ImportFileOutcome } from '../../../renderer/data/exchange/exchange-api.ts';
import type { ListResult, Row } from '../../../renderer/data/data-api.ts';
import type { PageClient } from './page-client.ts';

interface Globals {
  askWorker: (name: string, input: unknown) => Promise<unknown>;
  importOutcome?: unknown;
}

/** A file of tickets whose title and description must agree: half a row would show. */
export interface ImportFile {
  readonly prefix: string;
  readonly rows: number;
  readonly text: string;
}

export function makeImportFile(prefix: string, rows: number): ImportFile {
  const lines = Array.from(
    { length: rows },
    (_, row) => `${prefix}-${row},${prefix} row ${row},${`${prefix} row ${row} `.repeat(12)}`,
  );
  return { prefix, rows, text: ['number,title,description', ...lines, ''].join('\r\n') };
}

/** Begins the import in the page; `importOutcome` reads how it ended. */
export async function beginImport(page: Page, { prefix, text }: ImportFile): Promise<void> {
  await page.evaluate(
    ([name, content]) => {
      const globals = globalThis as unknown as Globals;
      delete globals.importOutcome;
      const blob = new Blob([content]);
      void globals
        .askWorker('importFile', { file: { name, bytes: blob.size, blob }, zone: 'UTC', dryRun: false })
        .then((outcome) => (globals.importOutcome = outcome));
    },
    [`${prefix}.csv`, text] as const,
  );
}

/** Null while it runs, and when the page was loaded again in the middle of it. */
export async function importOutcome(page: Page): Promise<ImportFileOutcome | null> {
  return page.evaluate(() => ((globalThis as unknown as Globals).importOutcome ?? null) as ImportFileOutcome | null);
}

/** Rows of the file that are there; throws when one is there by half or twice. */
export async function countImported(client: PageClient, { prefix, rows }: ImportFile): Promise<number> {
  const found = new Map<string, Row>();
  for (let offset = 0; ;) {
    const page = (await client.call('query', {
      type: 'list',
      entity: 'ticket',
      where: [],
      search: prefix,
      sort: [{ field: 'number', direction: 'ascending' }],
      offset,
      limit: 1_000,
    })) as ListResult;
    for (const row of page.rows) {
      const number = String(row.values['number']);
      if (!number.startsWith(`${prefix}-`)) continue;
      if (found.has(number)) throw new Error(`${number} was imported twice`);
      if (row.values['title'] !== number.replace('-', ' row ')) throw new Error(`${number} is there by half`);
      found.set(number, row);
    }
    offset += page.rows.length;
    if (page.rows.length === 0) break;
  }
  if (found.size > rows) throw new Error(`${found.size} rows of ${rows}`);
  return found.size;
}
