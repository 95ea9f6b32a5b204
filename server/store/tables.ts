import type { SqlConnection } from './sql-driver.ts';
import { StoreUnavailable } from './sql-driver.ts';

/** Raised with every change of the tables; `steps[n]` brings tables of version n to n + 1. */
const steps: readonly (readonly string[])[] = [
  [
    // `head` is the cursor: it moves under the lock of this row, in the transaction that appends (D10).
    `CREATE TABLE space (
       id TEXT PRIMARY KEY, epoch TEXT NOT NULL, epoch_order BIGINT NOT NULL, head BIGINT NOT NULL,
       min_position BIGINT NOT NULL, numbers BIGINT NOT NULL, system_device TEXT NOT NULL, secret TEXT NOT NULL,
       locked BIGINT NOT NULL, created_at BIGINT NOT NULL)`,
    // A place of a chain may be filled twice, when a fork is settled or an operation refused later: one is current.
    `CREATE TABLE entry (
       space TEXT NOT NULL, position BIGINT NOT NULL, device TEXT NOT NULL, seq BIGINT NOT NULL, hash TEXT NOT NULL,
       kind TEXT NOT NULL, received_at BIGINT NOT NULL, is_current BIGINT NOT NULL, body TEXT NOT NULL, seal TEXT,
       PRIMARY KEY (space, position))`,
    'CREATE INDEX entry_chain ON entry (space, device, seq)',
    `CREATE TABLE entry_record (
       space TEXT NOT NULL, record TEXT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (space, record, position))`,
    `CREATE TABLE chain (
       space TEXT NOT NULL, device TEXT NOT NULL, seq BIGINT NOT NULL, hash TEXT NOT NULL,
       attested BIGINT NOT NULL, PRIMARY KEY (space, device))`,
    `CREATE TABLE record (
       space TEXT NOT NULL, record TEXT NOT NULL, entity TEXT NOT NULL, part_of TEXT, first_position BIGINT NOT NULL,
       position BIGINT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (space, record))`,
    'CREATE INDEX record_entity ON record (space, entity, record)',
    'CREATE INDEX record_part ON record (space, part_of)',
    `CREATE TABLE waiting (
       space TEXT NOT NULL, device TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (space, device, seq))`,
    `CREATE TABLE fork_operation (
       space TEXT NOT NULL, ordinal BIGINT NOT NULL, opens BIGINT NOT NULL, body TEXT NOT NULL,
       PRIMARY KEY (space, ordinal))`,
    `CREATE TABLE official_number (
       space TEXT NOT NULL, number TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (space, number))`,
    `CREATE TABLE account (
       space TEXT NOT NULL, name TEXT NOT NULL, person TEXT, roles TEXT NOT NULL, password TEXT,
       disabled_at BIGINT, created_at BIGINT NOT NULL, PRIMARY KEY (space, name))`,
    `CREATE TABLE enrolment_code (
       space TEXT NOT NULL, hash TEXT NOT NULL, account TEXT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT,
       PRIMARY KEY (space, hash))`,
    `CREATE TABLE device (
       space TEXT NOT NULL, device TEXT NOT NULL, account TEXT NOT NULL, public_key TEXT NOT NULL, name TEXT NOT NULL,
       former_person TEXT, enrolled_at BIGINT NOT NULL, seen_at BIGINT, revoked_at BIGINT,
       PRIMARY KEY (space, device))`,
    `CREATE TABLE refresh_token (
       space TEXT NOT NULL, hash TEXT NOT NULL, family TEXT NOT NULL, device TEXT NOT NULL, generation BIGINT NOT NULL,
       family_began_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, replaced_by TEXT, revoked_at BIGINT,
       PRIMARY KEY (space, hash))`,
    'CREATE INDEX refresh_family ON refresh_token (space, family)',
    `CREATE TABLE snapshot (
       space TEXT NOT NULL, hash TEXT NOT NULL, position BIGINT NOT NULL, created_at BIGINT NOT NULL,
       bytes BIGINT NOT NULL, parts BIGINT NOT NULL, manifest TEXT NOT NULL, PRIMARY KEY (space, hash))`,
    `CREATE TABLE snapshot_part (
       space TEXT NOT NULL, hash TEXT NOT NULL, part BIGINT NOT NULL, body BLOB NOT NULL,
       PRIMARY KEY (space, hash, part))`,
    `CREATE TABLE attachment (
       space TEXT NOT NULL, hash TEXT NOT NULL, bytes BIGINT NOT NULL, received BIGINT NOT NULL, created_at BIGINT NOT NULL,
       PRIMARY KEY (space, hash))`,
  ],
  [
    'DROP TABLE fork_operation',
    // Chains that lost a fork: what each of their entries is known as (I8). No content: a refused one must not be kept.
    `CREATE TABLE branch (
       space TEXT NOT NULL, ordinal BIGINT NOT NULL, name TEXT NOT NULL, device TEXT NOT NULL, parted_at BIGINT NOT NULL,
       renamed_hash TEXT NOT NULL, PRIMARY KEY (space, ordinal))`,
  ],
  [
    // Every greeting names the refusals: found without reading the log.
    "CREATE INDEX entry_voiding ON entry (space) WHERE kind = 'voiding'",
  ],
  ['ALTER TABLE account ADD COLUMN subject TEXT'],
  // What a device wants to be sent; none: all it may see.
  [
    'CREATE TABLE device_scope (space TEXT NOT NULL, device TEXT NOT NULL, wish TEXT NOT NULL, PRIMARY KEY (space, device))',
  ],
  [
    // The tables for snapshots were made before anything was put into them.
    'DROP TABLE snapshot_part',
    'DROP TABLE snapshot',
    `CREATE TABLE snapshot (
       space TEXT NOT NULL, hash TEXT NOT NULL, position BIGINT NOT NULL, made_at BIGINT, used_at BIGINT NOT NULL,
       bytes BIGINT NOT NULL, parts BIGINT NOT NULL, book TEXT NOT NULL, PRIMARY KEY (space, hash))`,
    `CREATE TABLE snapshot_part (
       space TEXT NOT NULL, hash TEXT NOT NULL, part BIGINT NOT NULL, body BLOB NOT NULL,
       PRIMARY KEY (space, hash, part))`,
    'CREATE INDEX record_newest ON record (space, position, record) WHERE part_of IS NULL',
    // An entry with an empty body is cold: its content is in the segment with the greatest first position up to it.
    `CREATE TABLE cold_segment (
       space TEXT NOT NULL, first_position BIGINT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (space, first_position))`,
    'ALTER TABLE entry ADD COLUMN purged BIGINT NOT NULL DEFAULT 0',
    'CREATE TABLE purge (space TEXT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (space, position))',
    `CREATE TABLE backup (
       space TEXT NOT NULL, file TEXT NOT NULL, made_at BIGINT NOT NULL, position BIGINT NOT NULL,
       PRIMARY KEY (space, file))`,
    // Counts the changes of chains: what a process holds in memory of the space is as of one count.
    'ALTER TABLE space ADD COLUMN chain_changes BIGINT NOT NULL DEFAULT 0',
    'CREATE TABLE system_device (space TEXT NOT NULL, device TEXT NOT NULL, PRIMARY KEY (space, device))',
    'INSERT INTO system_device (space, device) SELECT id, system_device FROM space',
  ],
  // What tickets are found by, apart from their states, which would make each look long. Filled at the next start.
  [
    'CREATE TABLE record_words (space TEXT NOT NULL, record TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (space, record))',
  ],
  [
    'DROP TABLE attachment',
    // Which records refer to a blob or once did, so that those who may read it are found.
    `CREATE TABLE blob_reference (
       space TEXT NOT NULL, blob TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (space, blob, record))`,
  ],
  // The history that a record's kind keeps at hand, for desks that begin with a snapshot.
  ['ALTER TABLE record ADD COLUMN trail TEXT', 'CREATE INDEX blob_of_record ON blob_reference (space, record)'],
];

/** Makes the tables or brings them up to this version. Throws when a newer program made them. */
export async function migrateTables(connection: SqlConnection, kind: 'sqlite' | 'postgres'): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS holdfast_version (id BIGINT PRIMARY KEY, version BIGINT NOT NULL)');
  await connection.run('INSERT INTO holdfast_version (id, version) VALUES (1, 0) ON CONFLICT DO NOTHING');
  // The row lock keeps two endpoints that start together from doing it twice.
  const [row] = await connection.all('UPDATE holdfast_version SET version = version WHERE id = 1 RETURNING version');
  const version = Number(row?.['version']);
  if (version > steps.length)
    throw new StoreUnavailable(
      `The store was made by a newer version (tables ${version}, known ${steps.length}). Start the newer endpoint.`,
    );
  for (const statements of steps.slice(version))
    for (const statement of statements)
      await connection.run(kind === 'postgres' ? statement.replaceAll(' BLOB ', ' BYTEA ') : statement);
  await connection.run('UPDATE holdfast_version SET version = ? WHERE id = 1', [steps.length]);
}
