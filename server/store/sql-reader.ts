import { SqlArchive } from './sql-archive.ts';
import type { SqlConnection, SqlRow, SqlValue } from './sql-driver.ts';
import {
  asAccountRow,
  asChainRow,
  asCodeRow,
  asDeviceRow,
  asLogRow,
  asRecordRow,
  asRefreshRow,
  asSpaceRow,
  inPieces,
  logColumns,
  numberOf,
  placesFor,
  recordColumns,
  textOf,
} from './sql-rows.ts';
import type {
  AccountRow,
  ChainRow,
  CodeRow,
  DeviceRow,
  BranchRow,
  LogRow,
  RecordRow,
  RefreshRow,
  SpaceRow,
  StoreReader,
} from './store.ts';

/** Rows fetched at once while a page fills: what a page does not take is not read from disk. */
const pageStep = 250;

/** The reading half of the store. Every statement names the space, so that a database may hold many. */
export class SqlReader implements StoreReader {
  protected readonly connection: SqlConnection;
  protected readonly spaceId: string;
  readonly archive: SqlArchive;

  constructor(connection: SqlConnection, spaceId: string) {
    this.connection = connection;
    this.spaceId = spaceId;
    this.archive = new SqlArchive(connection, spaceId);
  }

  async space(): Promise<SpaceRow> {
    const [row] = await this.connection.all('SELECT * FROM space WHERE id = ?', [this.spaceId]);
    if (row === undefined) throw new Error(`store: there is no space ${this.spaceId}`);
    return asSpaceRow(row);
  }

  async page(after: number, limit: number, bytes: number): Promise<readonly LogRow[]> {
    const rows: LogRow[] = [];
    let taken = 0;
    while (rows.length < limit) {
      const from = rows.at(-1)?.position ?? after;
      const step = Math.min(pageStep, limit - rows.length);
      const found = await this.select('entry', logColumns, 'position > ? ORDER BY position LIMIT ?', [from, step]);
      for (const row of found.map(asLogRow)) {
        if (rows.length > 0 && taken + row.body.length > bytes) return await this.archive.thaw(rows);
        taken += row.body.length;
        rows.push(row);
      }
      if (found.length < step) break;
    }
    return await this.archive.thaw(rows);
  }

  async chains(devices?: readonly string[]): Promise<readonly ChainRow[]> {
    if (devices === undefined)
      return (await this.select('chain', 'device, seq, hash, attested', '1 = 1', [])).map(asChainRow);
    return (await this.selectIn('chain', 'device, seq, hash, attested', 'device', devices)).map(asChainRow);
  }

  async chainFrom(device: string, seq: number, upTo = Number.MAX_SAFE_INTEGER): Promise<readonly LogRow[]> {
    const rows = await this.select(
      'entry',
      logColumns,
      'device = ? AND seq >= ? AND seq <= ? AND is_current = 1 ORDER BY seq',
      [device, seq, upTo],
    );
    return await this.#log(rows);
  }

  async hashes(device: string, from: number, upTo: number): Promise<ReadonlyMap<number, string>> {
    const rows = await this.select('entry', 'seq, hash', 'device = ? AND seq >= ? AND seq <= ? AND is_current = 1', [
      device,
      from,
      upTo,
    ]);
    return new Map(rows.map((row) => [numberOf(row, 'seq'), textOf(row, 'hash')]));
  }

  async records(keys: readonly string[]): Promise<readonly RecordRow[]> {
    return (await this.selectIn('record', recordColumns, 'record', keys)).map(asRecordRow);
  }

  async recordsAfter(key: string, limit: number): Promise<readonly RecordRow[]> {
    const rows = await this.select('record', recordColumns, 'record > ? ORDER BY record LIMIT ?', [key, limit]);
    return rows.map(asRecordRow);
  }

  async hasWords(): Promise<boolean> {
    return (await this.select('record_words', 'record', '1 = 1 LIMIT 1', [])).length > 0;
  }

  async findWords(words: readonly string[], before: string | null, limit: number): Promise<readonly string[]> {
    const conditions = words.map(() => `words LIKE ? ESCAPE '!'`);
    const patterns = words.map((word) => `%${word.replaceAll(/[!%_]/g, '!$&')}%`);
    const place = before === null ? [] : ['record < ?'];
    const where = [...place, ...conditions].join(' AND ');
    const values = [...(before === null ? [] : [before]), ...patterns, limit];
    const rows = await this.select('record_words', 'record', `${where} ORDER BY record DESC LIMIT ?`, values);
    return rows.map((row) => textOf(row, 'record'));
  }

  async recordsOf(entity: string): Promise<readonly RecordRow[]> {
    return (await this.select('record', recordColumns, 'entity = ?', [entity])).map(asRecordRow);
  }

  async partsOf(keys: readonly string[]): Promise<readonly RecordRow[]> {
    return (await this.selectIn('record', recordColumns, 'part_of', keys)).map(asRecordRow);
  }

  async operationsOn(key: string): Promise<readonly LogRow[]> {
    return await this.#log(
      await this.connection.all(
        `SELECT ${prefixed} FROM entry_record r JOIN entry e ON e.space = r.space AND e.position = r.position
         LEFT JOIN waiting w ON w.space = e.space AND w.device = e.device AND w.seq = e.seq
         WHERE r.space = ? AND r.record = ? AND e.is_current = 1 AND e.kind = 'operation' AND w.seq IS NULL`,
        [this.spaceId, key],
      ),
    );
  }

  async everyOperationOn(key: string): Promise<readonly LogRow[]> {
    return await this.#log(
      await this.connection.all(
        `SELECT ${prefixed} FROM entry_record r JOIN entry e ON e.space = r.space AND e.position = r.position
         WHERE r.space = ? AND r.record = ? AND e.kind = 'operation' ORDER BY e.position`,
        [this.spaceId, key],
      ),
    );
  }

  async history(key: string, before: number, limit: number): Promise<readonly LogRow[]> {
    const rows = await this.connection.all(
      `SELECT ${prefixed} FROM entry_record r JOIN entry e ON e.space = r.space AND e.position = r.position
       WHERE r.space = ? AND r.record = ? AND r.position < ? AND e.kind = 'operation' AND e.is_current = 1
       ORDER BY r.position DESC LIMIT ?`,
      [this.spaceId, key, before === 0 ? Number.MAX_SAFE_INTEGER : before, limit],
    );
    return await this.#log(rows);
  }

  async voidings(): Promise<readonly LogRow[]> {
    return (await this.select('entry', logColumns, "kind = 'voiding' AND is_current = 1", [])).map(asLogRow);
  }

  async waiting(): Promise<readonly LogRow[]> {
    return await this.#log(
      await this.connection.all(
        // CROSS JOIN: SQLite takes the tables in this order, else it reads the log to find what is mostly nothing.
        `SELECT ${prefixed} FROM waiting w CROSS JOIN entry e
         WHERE w.space = ? AND e.space = w.space AND e.device = w.device AND e.seq = w.seq AND e.is_current = 1`,
        [this.spaceId],
      ),
    );
  }

  async branches(): Promise<readonly BranchRow[]> {
    const rows = await this.select('branch', 'name, device, parted_at, renamed_hash', '1 = 1 ORDER BY ordinal', []);
    return rows.map((row) => [
      textOf(row, 'name'),
      {
        device: textOf(row, 'device'),
        partedAt: numberOf(row, 'parted_at'),
        renamedHash: textOf(row, 'renamed_hash'),
      },
    ]);
  }

  async systemDevices(): Promise<ReadonlySet<string>> {
    const rows = await this.select('system_device', 'device', '1 = 1', []);
    return new Set(rows.map((row) => textOf(row, 'device')));
  }

  async takenNumbers(numbers: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.selectIn('official_number', 'number', 'number', numbers);
    return new Set(rows.map((row) => textOf(row, 'number')));
  }

  async accounts(): Promise<readonly AccountRow[]> {
    return (await this.select('account', '*', '1 = 1 ORDER BY name', [])).map(asAccountRow);
  }

  async account(name: string): Promise<AccountRow | undefined> {
    return (await this.select('account', '*', 'name = ?', [name])).map(asAccountRow)[0];
  }

  async devices(): Promise<readonly DeviceRow[]> {
    return (await this.select('device', '*', '1 = 1 ORDER BY enrolled_at, device', [])).map(asDeviceRow);
  }

  async device(device: string): Promise<DeviceRow | undefined> {
    return (await this.select('device', '*', 'device = ?', [device])).map(asDeviceRow)[0];
  }

  async scopeWish(device: string): Promise<string | undefined> {
    return (await this.select('device_scope', 'wish', 'device = ?', [device])).map((row) => textOf(row, 'wish'))[0];
  }

  async code(hash: string): Promise<CodeRow | undefined> {
    return (await this.select('enrolment_code', '*', 'hash = ?', [hash])).map(asCodeRow)[0];
  }

  async refreshToken(hash: string): Promise<RefreshRow | undefined> {
    return (await this.select('refresh_token', '*', 'hash = ?', [hash])).map(asRefreshRow)[0];
  }

  async recordsWithBlob(hash: string): Promise<readonly RecordRow[]> {
    const rows = await this.select('blob_reference', 'record', 'blob = ?', [hash]);
    return await this.records(rows.map((row) => textOf(row, 'record')));
  }

  async blobsOf(keys: readonly string[]): Promise<readonly string[]> {
    const rows = await this.selectIn('blob_reference', 'blob', 'record', keys);
    return [...new Set(rows.map((row) => textOf(row, 'blob')))];
  }

  async blobsOfRecords(): Promise<readonly string[]> {
    const rows = await this.select('blob_reference', 'DISTINCT blob', '1 = 1', []);
    return rows.map((row) => textOf(row, 'blob'));
  }

  async #log(rows: readonly SqlRow[]): Promise<readonly LogRow[]> {
    return await this.archive.thaw(rows.map(asLogRow));
  }

  protected async select(
    table: string,
    columns: string,
    where: string,
    values: readonly SqlValue[],
  ): Promise<readonly SqlRow[]> {
    return await this.connection.all(`SELECT ${columns} FROM ${table} WHERE space = ? AND ${where}`, [
      this.spaceId,
      ...values,
    ]);
  }

  protected async selectIn(
    table: string,
    columns: string,
    column: string,
    values: readonly string[],
  ): Promise<readonly SqlRow[]> {
    const rows: SqlRow[] = [];
    for (const piece of inPieces(values))
      rows.push(...(await this.select(table, columns, `${column} IN ${placesFor(piece)}`, piece)));
    return rows;
  }
}

const prefixed = logColumns
  .split(', ')
  .map((column) => `e.${column}`)
  .join(', ');
