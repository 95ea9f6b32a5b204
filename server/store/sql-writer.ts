import { blobsIn } from '../blobs/blob-references.ts';
import type { SqlConnection, SqlValue } from './sql-driver.ts';
import { SqlReader } from './sql-reader.ts';
import { inPieces, numberOf, placesFor } from './sql-rows.ts';
import type {
  AccountRow,
  ChainRow,
  CodeRow,
  DeviceRow,
  BranchRow,
  NewEntry,
  RecordRow,
  RefreshRow,
  StoreWriter,
  WordsRow,
} from './store.ts';

/** The writing half. It exists only while its transaction holds the space's row. */
export class SqlWriter extends SqlReader implements StoreWriter {
  #head: number;

  private constructor(connection: SqlConnection, spaceId: string, head: number) {
    super(connection, spaceId);
    this.#head = head;
  }

  /** Takes the lock of the row: whoever comes after waits here until this transaction ends. */
  static async lock(connection: SqlConnection, spaceId: string): Promise<SqlWriter> {
    const [row] = await connection.all('UPDATE space SET locked = locked + 1 WHERE id = ? RETURNING head', [spaceId]);
    if (typeof row?.['head'] !== 'number') throw new Error(`store: there is no space ${spaceId}`);
    return new SqlWriter(connection, spaceId, row['head']);
  }

  async append(entries: readonly NewEntry[]): Promise<number> {
    const first = this.#head + 1;
    await this.insert(
      'entry',
      'position, device, seq, hash, kind, received_at, is_current, body, seal',
      entries.map((entry, index) => [
        first + index,
        entry.device,
        entry.seq,
        entry.hash,
        entry.kind,
        entry.receivedAt,
        1,
        entry.body,
        entry.seal,
      ]),
    );
    const touched = entries.flatMap((entry, index) =>
      [...new Set(entry.records)].map((record): SqlValue[] => [record, first + index]),
    );
    await this.insert('entry_record', 'record, position', touched);
    this.#head += entries.length;
    await this.connection.run('UPDATE space SET head = ? WHERE id = ?', [this.#head, this.spaceId]);
    return this.#head;
  }

  async putChains(chains: readonly ChainRow[]): Promise<number> {
    await this.insert(
      'chain',
      'device, seq, hash, attested',
      chains.map(({ device, seq, hash, attested }) => [device, seq, hash, attested]),
      'ON CONFLICT (space, device) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, attested = excluded.attested',
    );
    const [row] = await this.connection.all(
      'UPDATE space SET chain_changes = chain_changes + 1 WHERE id = ? RETURNING chain_changes',
      [this.spaceId],
    );
    return row === undefined ? 0 : numberOf(row, 'chain_changes');
  }

  async putRecords(records: readonly RecordRow[]): Promise<void> {
    await this.insert(
      'record',
      'record, entity, part_of, first_position, position, state, trail',
      records.map((row) => [row.record, row.entity, row.partOf, row.firstPosition, row.position, row.state, row.trail]),
      `ON CONFLICT (space, record) DO UPDATE SET part_of = excluded.part_of, position = excluded.position,
       state = excluded.state, trail = excluded.trail`,
    );
    // Only added to: whether a record still refers to a blob, its state says.
    await this.insert(
      'blob_reference',
      'blob, record',
      records.flatMap((row) => blobsIn(row.state).map((hash): SqlValue[] => [hash, row.record])),
      'ON CONFLICT DO NOTHING',
    );
  }

  async putWords(rows: readonly WordsRow[]): Promise<void> {
    const values = rows.map(({ record, words }) => [record, words]);
    const update = 'ON CONFLICT (space, record) DO UPDATE SET words = excluded.words';
    await this.insert('record_words', 'record, words', values, update);
  }

  async dropRecords(keys: readonly string[]): Promise<void> {
    for (const piece of inPieces(keys))
      for (const table of ['record', 'record_words'])
        await this.connection.run(`DELETE FROM ${table} WHERE space = ? AND record IN ${placesFor(piece)}`, [
          this.spaceId,
          ...piece,
        ]);
  }

  async forgetTrails(keys: readonly string[]): Promise<void> {
    for (const piece of inPieces(keys))
      await this.connection.run(`UPDATE record SET trail = NULL WHERE space = ? AND record IN ${placesFor(piece)}`, [
        this.spaceId,
        ...piece,
      ]);
  }

  async retire(device: string, seq: number, upTo = Number.MAX_SAFE_INTEGER): Promise<void> {
    await this.connection.run(
      'UPDATE entry SET is_current = 0 WHERE space = ? AND device = ? AND seq >= ? AND seq <= ? AND is_current = 1',
      [this.spaceId, device, seq, upTo],
    );
  }

  async putWaiting(device: string, seq: number): Promise<void> {
    await this.insert('waiting', 'device, seq', [[device, seq]], 'ON CONFLICT DO NOTHING');
  }

  async dropWaiting(device: string, seq: number): Promise<void> {
    await this.remove('waiting', 'device = ? AND seq = ?', [device, seq]);
  }

  async putBranches(rows: readonly BranchRow[], before: number): Promise<void> {
    await this.insert(
      'branch',
      'ordinal, name, device, parted_at, renamed_hash',
      rows.map(([name, { device, partedAt, renamedHash }], index) => [
        before + index + 1,
        name,
        device,
        partedAt,
        renamedHash,
      ]),
    );
  }

  async putNumbers(given: number, numbers: readonly { number: string; record: string }[]): Promise<void> {
    await this.insert(
      'official_number',
      'number, record',
      numbers.map(({ number, record }) => [number, record]),
      'ON CONFLICT DO NOTHING',
    );
    await this.connection.run('UPDATE space SET numbers = ? WHERE id = ?', [given, this.spaceId]);
  }

  async beginEpoch(epoch: string, systemDevice: string, skippedNumbers: number): Promise<void> {
    await this.connection.run(
      `UPDATE space SET epoch = ?, system_device = ?, epoch_order = epoch_order + 1, numbers = numbers + ? WHERE id = ?`,
      [epoch, systemDevice, skippedNumbers, this.spaceId],
    );
    await this.insert('system_device', 'device', [[systemDevice]], 'ON CONFLICT DO NOTHING');
  }

  async putAccount(row: AccountRow): Promise<void> {
    await this.insert(
      'account',
      'name, person, roles, password, disabled_at, subject, created_at',
      [[row.name, row.person, row.roles.join(','), row.password, row.disabledAt, row.subject, row.createdAt]],
      `ON CONFLICT (space, name) DO UPDATE SET person = excluded.person, roles = excluded.roles,
       password = excluded.password, disabled_at = excluded.disabled_at, subject = excluded.subject`,
    );
  }

  async putDevice(row: DeviceRow): Promise<void> {
    await this.insert(
      'device',
      'device, account, public_key, name, former_person, enrolled_at, seen_at, revoked_at',
      [
        [
          row.device,
          row.account,
          row.publicKey,
          row.name,
          row.formerPersons.join('\n'),
          row.enrolledAt,
          row.seenAt,
          row.revokedAt,
        ],
      ],
      `ON CONFLICT (space, device) DO UPDATE SET account = excluded.account, public_key = excluded.public_key,
       name = excluded.name, former_person = excluded.former_person, enrolled_at = excluded.enrolled_at,
       seen_at = excluded.seen_at, revoked_at = excluded.revoked_at`,
    );
  }

  async putScopeWish(device: string, wish: string | undefined): Promise<void> {
    await this.remove('device_scope', 'device = ?', [device]);
    if (wish !== undefined) await this.insert('device_scope', 'device, wish', [[device, wish]]);
  }

  async putCode({ hash, account, expiresAt, usedAt }: CodeRow): Promise<void> {
    await this.insert(
      'enrolment_code',
      'hash, account, expires_at, used_at',
      [[hash, account, expiresAt, usedAt]],
      'ON CONFLICT (space, hash) DO UPDATE SET used_at = excluded.used_at',
    );
  }

  async putRefreshToken(row: RefreshRow): Promise<void> {
    await this.insert(
      'refresh_token',
      'hash, family, device, generation, family_began_at, expires_at, replaced_by, revoked_at',
      [
        [
          row.hash,
          row.family,
          row.device,
          row.generation,
          row.familyBeganAt,
          row.expiresAt,
          row.replacedBy,
          row.revokedAt,
        ],
      ],
      'ON CONFLICT (space, hash) DO UPDATE SET replaced_by = excluded.replaced_by, revoked_at = excluded.revoked_at',
    );
  }

  async revokeFamily(family: string, at: number): Promise<void> {
    await this.connection.run(
      'UPDATE refresh_token SET revoked_at = ? WHERE space = ? AND family = ? AND revoked_at IS NULL',
      [at, this.spaceId, family],
    );
  }

  async revokeTokensOf(device: string, at: number): Promise<void> {
    await this.connection.run(
      'UPDATE refresh_token SET revoked_at = ? WHERE space = ? AND device = ? AND revoked_at IS NULL',
      [at, this.spaceId, device],
    );
  }

  async dropExpired(at: number): Promise<void> {
    await this.remove('enrolment_code', 'expires_at < ?', [at]);
    await this.remove('refresh_token', 'expires_at < ?', [at]);
  }

  private async insert(
    table: string,
    columns: string,
    rows: readonly (readonly SqlValue[])[],
    tail?: string,
  ): Promise<void> {
    const whole = rows.map((row) => [this.spaceId, ...row]);
    await this.connection.insertMany(`INSERT INTO ${table} (space, ${columns})`, whole, tail);
  }

  private async remove(table: string, where: string, values: readonly SqlValue[]): Promise<void> {
    await this.connection.run(`DELETE FROM ${table} WHERE space = ? AND ${where}`, [this.spaceId, ...values]);
  }
}
