import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { runExport } from '../../../renderer/data/exchange/export-job.ts';
import { runImport, type ImportOutcome } from '../../../renderer/data/exchange/import-job.ts';
import type { FileSource, ImportJobPorts, JobProgress } from '../../../renderer/data/exchange/ports.ts';
import { previewImport } from '../../../renderer/data/exchange/preview-import.ts';
import { combineDigests, digestRecord, recordName } from '../../../shared/domain/content-digest.ts';
import type { Mapping } from '../../../shared/exchange/mapping.ts';
import { MemorySpace } from '../../helpers/exchange/memory-space.ts';

function fileOf(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): FileSource {
  return {
    name: 'file.csv',
    bytes: bytes.length,
    readChunk: (offset, length) => Promise.resolve(bytes.slice(offset, offset + Math.min(length, most))),
  };
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

let space: MemorySpace;
let progress: JobProgress[];
let time: number;
beforeEach(() => {
  space = new MemorySpace();
  progress = [];
  time = 0;
});

function ports(change: Partial<ImportJobPorts> = {}): ImportJobPorts {
  return {
    ...space.ports,
    now: () => (time += 100),
    progress: (each) => progress.push(each),
    cancelled: () => false,
    commitSteps: (steps) => {
      space.commit(steps);
      return Promise.resolve();
    },
    ...change,
  };
}

async function mappingOf(source: FileSource): Promise<Mapping> {
  const preview = await previewImport(source, { zone: 'UTC' });
  if (!preview.ok) throw new Error(preview.failure.kind);
  return preview.value.mapping;
}

async function importFile(
  source: FileSource,
  change: {
    readonly ports?: Partial<ImportJobPorts>;
    readonly importId?: string;
    readonly dryRun?: boolean;
    readonly mapping?: Mapping;
  } = {},
): Promise<ImportOutcome> {
  const mapping = change.mapping ?? (await mappingOf(source));
  return runImport(
    source,
    { importId: change.importId ?? 'one', mapping, user: 'importer', dryRun: change.dryRun ?? false },
    ports(change.ports),
  );
}

const table = (rows: number): string =>
  `Number,Short description,State,Caller\n${Array.from({ length: rows }, (_, row) => `INC${row},Größe ${row} 😀,New,Jane ${row % 7}\n`).join('')}`;
const titles = (): unknown[] => space.all('ticket').map(({ values }) => values['title']);

describe('import job', () => {
  it('reads a file in chunks that cut characters and rows', async () => {
    const { report, failure } = await importFile(fileOf(utf8(table(3_000)), 1_001));
    expect(failure).toBeNull();
    expect(report).toMatchObject({
      rowsRead: 3_000,
      rowsRefused: 0,
      records: { ticket: { created: 3_000 }, person: { created: 7 } },
    });
    expect(titles()[2_999]).toBe('Größe 2999 😀');
  });

  it('unpacks a .gz', async () => {
    const { report } = await importFile(fileOf(gzipSync(utf8(table(2_500))), 777));
    expect(report.records.ticket?.created).toBe(2_500);
    expect(titles()[0]).toBe('Größe 0 😀');
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ['UTF-8 with mark', (text) => utf8(`\uFEFF${text}`)],
    ['UTF-16 LE with mark', (text) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['UTF-16 BE with mark', (text) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())],
    ['UTF-16 LE without mark', (text) => new Uint8Array(Buffer.from(text, 'utf16le'))],
  ])('reads %s', async (_, encode) => {
    await importFile(fileOf(encode(table(30)), 501));
    expect(titles()[7]).toBe('Größe 7 😀');
  });

  it('falls back to Windows-1252, even when the first byte that needs it comes late', async () => {
    const plain = `Number,Short description,State,Caller\n${'INC,plain,New,Jane\n'.repeat(6_000)}`;
    const bytes = new Uint8Array([...utf8(plain), ...Buffer.from('INC9,Gr\xf6\xdfe \x80,New,Jane\n', 'latin1')]);
    await importFile(fileOf(bytes, 50_000));
    expect(titles()).toContain('Größe €');
  });

  it('keeps UTF-8 with a broken byte and says so', async () => {
    const bytes = new Uint8Array([...utf8(table(3_000)), ...Buffer.from('INC9999,bad \xff byte,New,Jane\n', 'latin1')]);
    const { report } = await importFile(fileOf(bytes, 50_000));
    expect(titles()).toContain('bad \uFFFD byte');
    expect(titles()).toContain('Größe 9 😀');
    expect(report.counts.map(({ reason }) => reason)).toContain('bytes-not-in-encoding');
  });

  it('tells progress that ends at the end', async () => {
    await importFile(fileOf(utf8(table(3_000)), 10_000));
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.at(-1)).toMatchObject({ rows: 3_000, done: progress.at(-1)?.total });
    expect(progress.map(({ rows }) => rows)).toEqual(
      progress.map(({ rows }) => rows).toSorted((left, right) => left - right),
    );
    expect(progress.at(-1)?.rowsPerSecond).toBeGreaterThan(0);
  });

  it('stops when cancelled, between batches, with everything saved so far in the report', async () => {
    const { report } = await importFile(fileOf(utf8(table(5_000)), 20_000), {
      ports: { cancelled: () => space.all('ticket').length >= 2_000 },
    });
    expect(report.cancelled).toBe(true);
    expect(report.records.ticket?.created).toBeLessThan(5_000);
    expect(space.all('ticket').length).toBe(2_000);
    expect(space.steps.every((step) => step.command.startsWith('import:one:'))).toBe(true);
  });

  it('goes on where it was stopped when it is run again', async () => {
    const file = fileOf(utf8(table(5_000)));
    await importFile(file, { ports: { cancelled: () => space.all('ticket').length >= 2_000 } });
    const { report } = await importFile(file, { importId: 'two' });
    expect(report.records.ticket).toEqual({ created: 3_000, updated: 0, unchanged: 2_000 });
  });

  it('ends with the reason when the space takes no more', async () => {
    const { failure } = await importFile(fileOf(utf8(table(5_000))), {
      ports: {
        commitSteps: (steps) => {
          if (space.all('ticket').length >= 1_000) return Promise.reject(new Error('the disk is full'));
          space.commit(steps);
          return Promise.resolve();
        },
      },
    });
    expect(failure).toEqual({ kind: 'write-failed', detail: 'the disk is full' });
    expect(space.all('ticket').length).toBe(1_000);
  });

  it('imports what came before a file breaks off, and says that it did', async () => {
    const packed = gzipSync(utf8(table(20_000)));
    const { report, failure } = await importFile(fileOf(packed.subarray(0, packed.length - 2_000), 4_000));
    expect(failure?.kind).toBe('archive-damaged');
    expect(report.records.ticket?.created).toBeGreaterThan(5_000);
    const broken: FileSource = {
      ...fileOf(utf8(table(3_000))),
      readChunk: (offset) =>
        offset === 0
          ? Promise.resolve(utf8(table(3_000)).slice(0, 60_000))
          : Promise.reject(new Error('the stick was pulled')),
    };
    const mapping = await mappingOf(fileOf(utf8(table(30))));
    expect((await importFile(broken, { mapping, importId: 'two' })).failure).toEqual({
      kind: 'read-failed',
      detail: 'the stick was pulled',
    });
  });

  it('refuses an empty file and a mapping for another file', async () => {
    const mapping = await mappingOf(fileOf(utf8(table(3))));
    expect((await importFile(fileOf(utf8('')), { mapping })).failure).toEqual({ kind: 'empty-file' });
    expect((await importFile(fileOf(utf8('a,b\n1,2\n')), { mapping })).failure).toEqual({
      kind: 'mapping-does-not-fit',
      detail: 'no-such-column Number',
    });
    expect(space.steps).toEqual([]);
  });

  it('changes nothing in a dry run', async () => {
    const { report } = await importFile(fileOf(utf8(table(2_000))), { dryRun: true });
    expect(report).toMatchObject({ dryRun: true, records: { ticket: { created: 2_000 } } });
    expect(space.records.size).toBe(0);
  });
});

describe('preview', () => {
  it('shows the first rows with a verdict for each cell, and what the dates are', async () => {
    const preview = await previewImport(
      fileOf(utf8('Number;State;Opened\nINC1;-100;29/2/2016 10:00\nINC2;New;1/3/2016 11:00\n')),
      { zone: 'Europe/Berlin' },
    );
    expect(preview.ok && preview.value).toMatchObject({
      delimiter: ';',
      encoding: 'utf-8',
      header: ['Number', 'State', 'Opened'],
      problems: [],
      dates: { Opened: { format: 'd/m/yyyy', equallyLikely: [] } },
    });
    expect(preview.ok && preview.value.verdicts.map((row) => row.map((verdict) => verdict?.kind))).toEqual([
      ['accepted', 'refused', 'accepted'],
      ['accepted', 'accepted', 'accepted'],
    ]);
  });

  it('reads no more of a large file than it shows', async () => {
    let read = 0;
    const bytes = utf8(table(60_000));
    await previewImport(
      {
        ...fileOf(bytes),
        readChunk: (offset, length) => {
          read += 1;
          return Promise.resolve(bytes.slice(offset, offset + length));
        },
      },
      { zone: 'UTC' },
    );
    expect(read).toBe(1);
  });
});

const digestOf = (of: MemorySpace): string =>
  combineDigests(
    [...of.records.values()].map((record) =>
      digestRecord(record, (id) => {
        const found = of.records.get(id);
        return found && recordName(found);
      }),
    ),
  );

describe('export job', () => {
  it('writes a file that imports to the same records', async () => {
    await importFile(fileOf(utf8(table(1_200))));
    const digest = digestOf(space);
    const before = new Map(space.all('ticket').map(({ id, values }) => [id, { ...values }]));
    const written: Uint8Array[] = [];
    const records = space.all('ticket').map(({ id, entity, values }) => ({ id, entity, values }));
    const outcome = await runExport({
      now: () => (time += 10),
      progress: (each) => progress.push(each),
      cancelled: () => false,
      entity: 'ticket',
      fields: null,
      total: records.length,
      page: (offset, limit) => Promise.resolve(records.slice(offset, offset + limit)),
      nameReference: (_, id) => {
        const title = space.title(id);
        return title === undefined ? undefined : { title, unique: true };
      },
      write: (bytes) => {
        written.push(bytes);
        return Promise.resolve();
      },
    });
    expect(outcome).toEqual({ records: 1_200, cancelled: false, failure: null });
    const people = space.all('person');
    space = new MemorySpace();
    space.commit(
      people.map(({ entity, id, values }) => ({
        at: 0,
        user: 'importer',
        command: 'x',
        changes: [{ entity, id, create: true as const, fields: values }],
      })),
    );
    const { report } = await importFile(fileOf(new Uint8Array(Buffer.concat(written)), 9_999));
    expect(report).toMatchObject({
      rowsRefused: 0,
      rowsChanged: 0,
      rowsWithRefusedCells: 0,
      records: { ticket: { created: 1_200 } },
    });
    expect(new Map(space.all('ticket').map(({ id, values }) => [id, values]))).toEqual(before);
    expect(digestOf(space)).toBe(digest);
  });
});

const log = new URL('../../../../shared/data/servicenow-incident-log.csv.gz', import.meta.url);
describe.skipIf(!existsSync(log))('the whole log of a real ServiceNow (skipped without the data folder)', () => {
  it(
    'becomes 12,532 incidents with 72,069 updates of history, in the states of the file',
    { timeout: 60_000 },
    async () => {
      const source = fileOf(new Uint8Array(readFileSync(log)));
      const { report, failure } = await importFile(source);
      expect(failure).toBeNull();
      expect(report).toMatchObject({
        rowsRead: 72_069,
        rowsRefused: 0,
        rowsWithRefusedCells: 2,
        states: { closed: 12_531, new: 1 },
        records: { ticket: { created: 12_532, updated: 0, unchanged: 0 } },
      });
      expect(space.all('ticket').reduce((sum, ticket) => sum + ticket.steps.length, 0)).toBe(72_069);
      const again = await importFile(source, { importId: 'two' });
      expect(again.report).toMatchObject({
        steps: 0,
        records: { ticket: { created: 0, updated: 0, unchanged: 12_532 } },
      });
    },
  );
});
