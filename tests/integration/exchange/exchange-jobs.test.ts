import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataCalls, Facet, RecordView } from '../../../renderer/data/data-api.ts';
import type { DataService } from '../../../renderer/data/data-service.ts';
import { ExchangeJobs } from '../../../renderer/data/exchange-jobs.ts';
import type { ExportedList, JobState } from '../../../renderer/data/exchange/exchange-api.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { looksLikeFormula } from '../../../shared/exchange/formula-escape.ts';
import { createCsvReader } from '../../../shared/exchange/csv-reader.ts';
import { createFileDesktop, type FileDesktop } from '../../helpers/exchange/file-desktop.ts';
import { listTickets, openService, run } from '../../helpers/open-service.ts';

interface Desk {
  readonly desktop: FileDesktop;
  readonly service: DataService;
  readonly jobs: ExchangeJobs;
}

let spaces = 0;
async function openDesk(demo = false, device?: string): Promise<Desk> {
  const desktop = createFileDesktop(device);
  const { service } = await openService(desktop, `exchange-${(spaces += 1)}`, Math.random, demo);
  let now = 1_800_000_000_000;
  const newId = (): string => crypto.randomUUID();
  return { desktop, service, jobs: new ExchangeJobs(service, { now: () => (now += 50), newId }) };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function importText(
  { desktop, jobs }: Desk,
  text: string | Uint8Array,
  change: Partial<DataCalls['importFile']['input']> = {},
): Promise<DataCalls['importFile']['output']> {
  const file = desktop.put('file.csv', typeof text === 'string' ? utf8(text) : text);
  return jobs.importFile({ file, zone: 'UTC', dryRun: false, ...change });
}

const all = (entity: EntityKind): ExportedList => ({ entity, where: [], search: '', sort: [] });

async function exportAll(
  { desktop, jobs }: Desk,
  entity: EntityKind,
  of: 'records' | 'entries' = 'records',
  fields: readonly string[] | null = null,
): Promise<Uint8Array> {
  const handle = desktop.save('out.csv');
  const outcome = await jobs.exportList({ handle, name: 'out.csv', list: all(entity), of, fields });
  expect(outcome).toMatchObject({ cancelled: false, failure: null });
  return desktop.saved.get('out.csv') ?? new Uint8Array();
}

const digestOf = async ({ service }: Desk, entity: EntityKind): Promise<string> =>
  (await service.contentDigest({ entity })).digest;

const table = (rows: number): string =>
  `Number,Short description,State,Caller\n${Array.from({ length: rows }, (_, row) => `INC${row},Lamp ${row},New,Jane ${row % 7}\n`).join('')}`;

describe('export of a list', () => {
  it(
    'of everything, imported into an empty space, gives the content of the records again',
    { timeout: 60_000 },
    async () => {
      const from = await openDesk(true);
      const to = await openDesk(false, 'J3V9Q2M7TA');
      // In this order every record is there before another names it, but tickets and their problems name each other.
      const kinds = [
        'site',
        'person',
        'queue',
        'service',
        'asset',
        'cab-meeting',
        'change',
        'ticket',
        'problem',
      ] as const;
      const unknown: unknown[] = [];
      for (const [place, kind] of [...kinds, 'ticket' as const].entries()) {
        const { failure, report } = await importText(to, await exportAll(from, kind));
        expect(failure).toBeNull();
        expect({ kind, ...report }).toMatchObject({ kind, rowsRefused: 0 });
        if (place === kinds.indexOf('ticket')) unknown.push(...(report?.findings ?? []));
        else expect(report?.findings).toEqual([]);
      }
      // A problem is never made of its name alone.
      expect(unknown.length).toBeGreaterThan(0);
      for (const finding of unknown) expect(finding).toMatchObject({ column: 'problem', reason: 'no-such-record' });
      const comments = await importText(to, await exportAll(from, 'ticket', 'entries'));
      expect(comments.report?.records['ticket-entry']?.created).toBeGreaterThan(100);
      // Of a problem its notes are left out: an export of entries is one of tickets' comments so far.
      for (const kind of kinds.filter((each) => each !== 'person' && each !== 'problem'))
        expect(await digestOf(to, kind), kind).toBe(await digestOf(from, kind));
      // The empty space has one person of its own: the one at this desk.
      expect((await to.service.contentDigest({ entity: 'person' })).records).toBe(
        (await from.service.contentDigest({ entity: 'person' })).records + 1,
      );
      const again = await importText(to, await exportAll(from, 'ticket'));
      expect(again.report).toMatchObject({ steps: 0, records: { ticket: { created: 0, updated: 0 } } });
    },
  );

  it('keeps any text to the letter and writes no cell that a spreadsheet would run', { timeout: 60_000 }, async () => {
    // NUL is never stored (cleanText): what an import reads of it is the replacement character.
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }).map((each) => each.replaceAll('\0', '\u{FFFD}')),
      fc.constantFrom(
        '=1+1',
        '@SUM(A1)',
        '+1',
        "'=1",
        '\t=1',
        '-1;=2',
        '"a","b"',
        'a\r\nb',
        ' {id}',
        'a {b}',
        '\uFEFFx',
        '\\e',
        '|',
      ),
    );
    const title = text.filter((each) => each.trim() !== '');
    const ticket = fc.record({ title, description: text, category: text, tags: fc.array(title, { maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(ticket, { minLength: 1, maxLength: 6 }), async (tickets) => {
        const from = await openDesk();
        const me = from.service.space.state.meta.user;
        const created = tickets.map(({ tags, ...fields }, index) => ({
          command: 'import:x:create',
          user: me,
          changes: [
            {
              entity: 'ticket' as const,
              id: `t-${index}`,
              create: true as const,
              fields: {
                type: 'incident',
                state: 'new',
                impact: '3',
                urgency: '3',
                priority: '5',
                reference: `INC-X-${index}`,
                caller: me,
                ...fields,
                ...Object.fromEntries(tags.map((tag) => [`tags/${tag}`, true])),
              },
            },
          ],
        }));
        await from.service.space.writeBulk(created);
        const bytes = await exportAll(from, 'ticket');
        const reader = createCsvReader({ delimiter: ',' });
        const csv = new TextDecoder().decode(bytes);
        const cells = [...reader.push(csv), ...reader.end()].flatMap((record) => record.cells);
        expect(cells.filter(looksLikeFormula)).toEqual([]);
        const to = await openDesk();
        const { report } = await importText(to, bytes);
        expect(report).toMatchObject({ rowsRefused: 0, rowsWithRefusedCells: 0, rowsChanged: 0 });
        expect(await digestOf(to, 'ticket')).toBe(await digestOf(from, 'ticket'));
      }),
      { numRuns: 30 },
    );
  });

  it('of some columns writes those alone, with the time of the last change', async () => {
    const desk = await openDesk();
    await run(desk.service, 'ticket.create', { fields: { type: 'incident', title: 'One' } });
    const text = new TextDecoder().decode(await exportAll(desk, 'ticket', 'records', ['state', 'title', 'updatedAt']));
    const [header, line] = text.split('\r\n');
    expect(header).toBe('kind,id,state,title,updatedAt');
    expect(line).toMatch(/^ticket,[^,]+,new,One,20\d\d-.*Z$/);
  });

  it('that cannot be written leaves no file and says why', async () => {
    const desk = await openDesk();
    desk.desktop.failWrites = true;
    const handle = desk.desktop.save('full.csv');
    const outcome = await desk.jobs.exportList({
      handle,
      name: 'full.csv',
      list: all('person'),
      of: 'records',
      fields: null,
    });
    expect(outcome.failure).toMatchObject({ kind: 'write-failed' });
    expect([...desk.desktop.saved.keys()]).toEqual([]);
  });
});

describe('undo of an import', () => {
  it('takes back all of it and can be run again without harm', async () => {
    const desk = await openDesk();
    const before = await digestOf(desk, 'ticket');
    const { report } = await importText(desk, table(700));
    const importId = report?.importId ?? '';
    expect((await listTickets(desk.service)).total).toBe(700);
    const counted = await desk.jobs.undoImport({ importId, dryRun: true });
    expect(counted).toMatchObject({ deleted: 707, restored: 0, keptRecords: 0, failure: null });
    expect((await listTickets(desk.service)).total).toBe(700);
    expect(await desk.jobs.undoImport({ importId, dryRun: false })).toMatchObject({ deleted: 707, keptRecords: 0 });
    expect((await listTickets(desk.service)).total).toBe(0);
    expect(await digestOf(desk, 'ticket')).toBe(before);
    expect(await desk.jobs.undoImport({ importId, dryRun: false })).toMatchObject({
      deleted: 0,
      restored: 0,
      keptRecords: 0,
    });
    expect((await importText(desk, table(700))).report?.records.ticket?.created).toBe(700);
  });

  it('keeps what somebody has worked on since, and who that points to', async () => {
    const desk = await openDesk();
    const { report } = await importText(desk, table(20));
    const rows = (await listTickets(desk.service)).rows;
    const edited = rows.find((row) => row.values['number'] === 'INC3');
    const noted = rows.find((row) => row.values['number'] === 'INC4');
    await run(desk.service, 'ticket.edit', { id: edited?.id, fields: { description: 'Typed since' } });
    await run(desk.service, 'ticket.comment', { id: noted?.id, audience: 'comment', body: 'Said since' });
    const outcome = await desk.jobs.undoImport({ importId: report?.importId ?? '', dryRun: false });
    // Two tickets, and the two people who called.
    expect(outcome).toMatchObject({ deleted: 23, keptRecords: 4 });
    const left = await listTickets(desk.service);
    expect(left.rows.map((row) => row.values['number']).toSorted()).toEqual(['INC3', 'INC4']);
    const view = (await desk.service.answer({ type: 'record', id: edited?.id ?? '' })) as RecordView;
    expect(view.titles['caller']).toBe('Jane 3');
    const callers = (await desk.service.answer({
      type: 'facet',
      entity: 'person',
      field: 'name',
      where: [],
    })) as Facet[];
    expect(callers.map(({ value }) => value)).toEqual(expect.arrayContaining(['Jane 3', 'Jane 4']));
    expect(callers.map(({ value }) => value)).not.toContain('Jane 5');
  });

  it('gives back what it changed on a record that was there, but not what was changed since', async () => {
    const desk = await openDesk();
    await importText(desk, 'number,title,category,impact\nA,Old title,Old category,3\n');
    const second = await importText(desk, 'number,title,category,impact\nA,New title,New category,1\n');
    const [row] = (await listTickets(desk.service)).rows;
    await run(desk.service, 'ticket.edit', { id: row?.id, fields: { category: 'Third category' } });
    const outcome = await desk.jobs.undoImport({ importId: second.report?.importId ?? '', dryRun: false });
    expect(outcome).toMatchObject({ deleted: 0, restored: 1, keptFields: 1 });
    const [after] = (await listTickets(desk.service)).rows;
    expect(after?.values).toMatchObject({ title: 'Old title', category: 'Third category', impact: '3', priority: '5' });
  });

  it('stands in the list of past imports, with its file and report', async () => {
    const desk = await openDesk();
    const one = await importText(desk, table(3));
    await importText(desk, 'number,title\nX,Later\n');
    await desk.jobs.undoImport({ importId: one.report?.importId ?? '', dryRun: false });
    const past = await desk.jobs.pastImports();
    expect(past).toHaveLength(2);
    expect(past[1]).toMatchObject({ importId: one.report?.importId, userName: 'Me', note: { file: 'file.csv' } });
    expect(past[1]?.undoneAt).toBeGreaterThan(0);
    expect(past[0]).toMatchObject({ operations: 1, undoneAt: null });
  });
});

describe('jobs', () => {
  it('run one at a time, are seen by every window, and stop when asked', async () => {
    const desk = await openDesk();
    const states: (JobState | null)[] = [];
    desk.jobs.watch('page', (state) => states.push(state));
    const running = importText(desk, table(5_000));
    expect((await importText(desk, table(1))).failure).toEqual({ kind: 'busy' });
    expect((await desk.jobs.undoImport({ importId: 'x', dryRun: false })).failure).toEqual({ kind: 'busy' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    desk.jobs.cancel();
    const { report } = await running;
    expect(report).toMatchObject({ cancelled: true });
    expect(states.some((state) => state?.kind === 'import' && state.name === 'file.csv')).toBe(true);
    expect(states.at(-1)).toBeNull();
    const stored = (await listTickets(desk.service)).total;
    expect(stored).toBe(report?.records.ticket?.created ?? 0);
    await desk.jobs.undoImport({ importId: report?.importId ?? '', dryRun: false });
    expect((await listTickets(desk.service)).total).toBe(0);
  });

  it('preview says which rows and cells an import would refuse, and reckons the rows of a packed file', async () => {
    const desk = await openDesk();
    const text = 'Number,Short description,State,Caller\n,No key,New,Jane\nINC1,Good,Sideways,Jane\n';
    const file = desk.desktop.put('bad.csv', utf8(text));
    const preview = await desk.jobs.previewImport({ file, zone: 'UTC' });
    if (!preview.ok) throw new Error(preview.failure.kind);
    expect(preview.value.findings.map(({ row, reason, column }) => [row, reason, column])).toEqual([
      [1, 'no-key', 'Number'],
      [2, 'not-a-choice', 'State'],
    ]);
    expect(preview.value.rowCount).toEqual({ rows: 2, isExact: true });
    expect(preview.value.samples[3]).toEqual(['Jane']);
    const { gzipSync } = await import('node:zlib');
    const packed = desk.desktop.put('big.csv.gz', gzipSync(utf8(table(40_000))));
    const big = await desk.jobs.previewImport({ file: packed, zone: 'UTC' });
    if (!big.ok) throw new Error(big.failure.kind);
    expect(Math.abs((big.value.rowCount?.rows ?? 0) / 40_000 - 1)).toBeLessThan(0.2);
  });

  it('read a file in the encoding and with the separator a person names', async () => {
    const desk = await openDesk();
    const bytes = new Uint8Array(Buffer.from('number|title\nA|Gr\xf6\xdfe, klein\n', 'latin1'));
    const form = { delimiter: '|', encoding: 'windows-1252' } as const;
    expect((await importText(desk, bytes, { form })).failure).toBeNull();
    expect((await listTickets(desk.service)).rows[0]?.values['title']).toBe('Größe, klein');
  });
});
