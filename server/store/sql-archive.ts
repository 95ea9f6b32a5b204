import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { ArchiveWriter, BackupRow, RecordMark, SnapshotRow } from './archive.ts';
import type { SqlConnection } from './sql-driver.ts';
import { asBackupRow, asLogRow, asRecordRow, asSnapshotRow, logColumns, recordColumns, textOf } from './sql-rows.ts';
import type { LogRow, RecordRow } from './store.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Contents of a segment by position. */
const segmentSchema = z.array(z.tuple([z.int(), z.string()]));

interface Segment {
  readonly first: number;
  readonly bodies: ReadonlyMap<number, string>;
}

/** The past of a space in SQL. Used within the transaction of its reader or writer. */
export class SqlArchive implements ArchiveWriter {
  readonly #connection: SqlConnection;
  readonly #space: string;
  /** The segment read last: histories and pages read them in order. */
  #segment: Segment | null = null;

  constructor(connection: SqlConnection, space: string) {
    this.#connection = connection;
    this.#space = space;
  }

  async snapshots(): Promise<readonly SnapshotRow[]> {
    const rows = await this.#connection.all(
      `SELECT hash, position, made_at, used_at, bytes, parts FROM snapshot WHERE space = ?
       ORDER BY position DESC, used_at DESC`,
      [this.#space],
    );
    return rows.map(asSnapshotRow);
  }

  async snapshotBook(hash: string): Promise<string | undefined> {
    const [row] = await this.#connection.all('SELECT book FROM snapshot WHERE space = ? AND hash = ?', [
      this.#space,
      hash,
    ]);
    return row === undefined ? undefined : textOf(row, 'book');
  }

  async snapshotPart(hash: string, part: number): Promise<Uint8Array | undefined> {
    const [row] = await this.#connection.all(
      'SELECT body FROM snapshot_part WHERE space = ? AND hash = ? AND part = ?',
      [this.#space, hash, part],
    );
    return row?.['body'] instanceof Uint8Array ? row['body'] : undefined;
  }

  async recordsNewestFirst(before: RecordMark | null, limit: number): Promise<readonly RecordRow[]> {
    const { position, record } = before ?? { position: Number.MAX_SAFE_INTEGER, record: '' };
    const rows = await this.#connection.all(
      `SELECT ${recordColumns} FROM record WHERE space = ? AND part_of IS NULL AND (position, record) < (?, ?)
       ORDER BY position DESC, record DESC LIMIT ?`,
      [this.#space, position, record, limit],
    );
    return rows.map(asRecordRow);
  }

  async ownersOfParts(after: string, limit: number): Promise<readonly string[]> {
    const rows = await this.#connection.all(
      'SELECT DISTINCT part_of FROM record WHERE space = ? AND part_of > ? ORDER BY part_of LIMIT ?',
      [this.#space, after, limit],
    );
    return rows.map((row) => textOf(row, 'part_of'));
  }

  async purges(): Promise<readonly LogRow[]> {
    const columns = logColumns
      .split(', ')
      .map((column) => `e.${column}`)
      .join(', ');
    const rows = await this.#connection.all(
      `SELECT ${columns} FROM purge p JOIN entry e ON e.space = p.space AND e.position = p.position
       WHERE p.space = ? ORDER BY p.position`,
      [this.#space],
    );
    return await this.thaw(rows.map(asLogRow));
  }

  async backups(): Promise<readonly BackupRow[]> {
    const rows = await this.#connection.all(
      'SELECT file, made_at, position FROM backup WHERE space = ? ORDER BY made_at DESC, file',
      [this.#space],
    );
    return rows.map(asBackupRow);
  }

  /** Entries with their contents, also of those that went cold. */
  async thaw(rows: readonly LogRow[]): Promise<readonly LogRow[]> {
    if (rows.every(({ body }) => body !== '')) return rows;
    const thawed: LogRow[] = [];
    for (const row of rows) thawed.push(row.body === '' ? { ...row, body: await this.#coldBody(row.position) } : row);
    return thawed;
  }

  async beginSnapshot(hash: string, now: number): Promise<void> {
    await this.#connection.run(
      `INSERT INTO snapshot (space, hash, position, made_at, used_at, bytes, parts, book)
       VALUES (?, ?, 0, NULL, ?, 0, 0, '')`,
      [this.#space, hash, now],
    );
  }

  async putSnapshotPart(hash: string, part: number, body: Uint8Array, now: number): Promise<void> {
    await this.#connection.insertMany('INSERT INTO snapshot_part (space, hash, part, body)', [
      [this.#space, hash, part, body],
    ]);
    await this.touchSnapshot(hash, now);
  }

  async endSnapshot(hash: string, row: SnapshotRow, book: string): Promise<void> {
    await this.dropSnapshot(row.hash);
    await this.#connection.run('UPDATE snapshot_part SET hash = ? WHERE space = ? AND hash = ?', [
      row.hash,
      this.#space,
      hash,
    ]);
    await this.#connection.run(
      `UPDATE snapshot SET hash = ?, position = ?, made_at = ?, used_at = ?, bytes = ?, parts = ?, book = ?
       WHERE space = ? AND hash = ?`,
      [row.hash, row.position, row.madeAt, row.usedAt, row.bytes, row.parts, book, this.#space, hash],
    );
  }

  async touchSnapshot(hash: string, at: number): Promise<void> {
    await this.#connection.run('UPDATE snapshot SET used_at = ? WHERE space = ? AND hash = ?', [at, this.#space, hash]);
  }

  async dropSnapshot(hash: string): Promise<void> {
    await this.#connection.run('DELETE FROM snapshot_part WHERE space = ? AND hash = ?', [this.#space, hash]);
    await this.#connection.run('DELETE FROM snapshot WHERE space = ? AND hash = ?', [this.#space, hash]);
  }

  async coolDown(rows: readonly LogRow[]): Promise<void> {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return;
    // Refusals stay: every greeting names them.
    const operations = rows.filter(({ kind }) => kind === 'operation');
    await this.#putSegment({
      first: first.position,
      bodies: new Map(operations.map(({ position, body }) => [position, body])),
    });
    await this.#connection.run(
      `UPDATE entry SET body = '' WHERE space = ? AND position >= ? AND position <= ? AND kind = 'operation'`,
      [this.#space, first.position, last.position],
    );
    await this.#connection.run('UPDATE space SET min_position = ? WHERE id = ?', [last.position, this.#space]);
  }

  async replaceBodies(bodies: ReadonlyMap<number, string>): Promise<void> {
    const segments = new Map<number, Map<number, string>>();
    for (const [position, body] of bodies) {
      const warm = await this.#connection.run(
        `UPDATE entry SET body = ?, purged = 1 WHERE space = ? AND position = ? AND body <> ''`,
        [body, this.#space, position],
      );
      if (warm > 0) continue;
      await this.#connection.run('UPDATE entry SET purged = 1 WHERE space = ? AND position = ?', [
        this.#space,
        position,
      ]);
      const segment = await this.#segmentOf(position);
      const changed = segments.get(segment.first) ?? new Map(segment.bodies);
      changed.set(position, body);
      segments.set(segment.first, changed);
    }
    for (const [first, changed] of segments) await this.#putSegment({ first, bodies: changed });
    this.#segment = null;
  }

  async putPurge(position: number): Promise<void> {
    await this.#connection.run('INSERT INTO purge (space, position) VALUES (?, ?) ON CONFLICT DO NOTHING', [
      this.#space,
      position,
    ]);
  }

  async putBackup({ file, madeAt, position }: BackupRow): Promise<void> {
    await this.#connection.run(
      `INSERT INTO backup (space, file, made_at, position) VALUES (?, ?, ?, ?)
       ON CONFLICT (space, file) DO UPDATE SET made_at = excluded.made_at, position = excluded.position`,
      [this.#space, file, madeAt, position],
    );
  }

  async dropBackup(file: string): Promise<void> {
    await this.#connection.run('DELETE FROM backup WHERE space = ? AND file = ?', [this.#space, file]);
  }

  async #coldBody(position: number): Promise<string> {
    const body = (await this.#segmentOf(position)).bodies.get(position);
    if (body === undefined) throw new Error(`store: the content of entry ${position} is in no segment`);
    return body;
  }

  async #segmentOf(position: number): Promise<Segment> {
    if (this.#segment?.bodies.has(position) === true) return this.#segment;
    const [row] = await this.#connection.all(
      `SELECT first_position, body FROM cold_segment WHERE space = ? AND first_position <= ?
       ORDER BY first_position DESC LIMIT 1`,
      [this.#space, position],
    );
    if (!(row?.['body'] instanceof Uint8Array) || typeof row['first_position'] !== 'number')
      throw new Error(`store: the content of entry ${position} is in no segment`);
    const bodies = new Map(segmentSchema.parse(JSON.parse((await unzip(row['body'])).toString())));
    this.#segment = { first: row['first_position'], bodies };
    return this.#segment;
  }

  async #putSegment({ first, bodies }: Segment): Promise<void> {
    const body = await zip(JSON.stringify([...bodies]));
    await this.#connection.insertMany(
      'INSERT INTO cold_segment (space, first_position, body)',
      [[this.#space, first, body]],
      'ON CONFLICT (space, first_position) DO UPDATE SET body = excluded.body',
    );
  }
}
