import type * as sqliteModule from '@photostructure/sqlite';
import { createRequire, isBuiltin } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable, type SqlConnection, type SqlDriver, type SqlRow, type SqlValue } from './sql-driver.ts';
import { Turns } from './turns.ts';

/**
 * The embedded store: one file in WAL mode with an fsync for every commit. One connection writes, one transaction after
 * the other; others read what was last committed.
 */
type Sqlite = typeof sqliteModule;
type DatabaseSync = InstanceType<Sqlite['DatabaseSync']>;
type StatementSync = ReturnType<DatabaseSync['prepare']>;

const scrubsAtMost = 20;
/** Readers kept open; more are opened while these are busy and closed afterwards. */
const idleReaders = 4;

export async function openSqlite(directory: string): Promise<SqlDriver> {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const sqlite = await loadSqlite();
  const lock = takeLock(sqlite, directory);
  try {
    return new SqliteDriver(sqlite, path.join(directory, 'endpoint.sqlite'), lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** The engine built into the runtime where there is one, else the package with the same interface. */
async function loadSqlite(): Promise<Sqlite> {
  const require = createRequire(import.meta.url);
  // The name is not a literal, so that no bundler looks for it.
  const builtin = ['node', 'sqlite'].join(':');
  if (isBuiltin(builtin)) return require(builtin) as Sqlite;
  try {
    return await import('@photostructure/sqlite');
  } catch (error) {
    throw new StoreUnavailable(
      'This Node has no SQLite of its own, and the package @photostructure/sqlite is not here. ' +
        'Use Node 22.13 or newer, or install the package beside the endpoint.',
      { cause: error },
    );
  }
}

/**
 * Holds the directory for this process. The lock is the operating system's, on a database of its own: it ends with the
 * process, however that ends, and leaves nothing to clean up.
 */
function takeLock(sqlite: Sqlite, directory: string): DatabaseSync {
  const lock = new sqlite.DatabaseSync(path.join(directory, 'endpoint.lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new StoreUnavailable(
      `Another endpoint works on ${directory}. Stop it first, or give this one another directory (--data).`,
      { cause: error },
    );
  }
}

class SqliteDriver implements SqlDriver {
  readonly kind = 'sqlite';
  readonly #sqlite: Sqlite;
  readonly #file: string;
  readonly #lock: DatabaseSync;
  readonly #writer: SqliteConnection;
  readonly #readers: SqliteConnection[] = [];
  readonly #turns = new Turns();

  constructor(sqlite: Sqlite, file: string, lock: DatabaseSync) {
    this.#sqlite = sqlite;
    this.#file = file;
    this.#lock = lock;
    this.#writer = this.#open();
  }

  async write<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value> {
    return await this.#turns.take(async () => await transact(this.#writer, 'BEGIN IMMEDIATE', work));
  }

  async read<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value> {
    const reader = this.#readers.pop() ?? this.#open();
    try {
      return await transact(reader, 'BEGIN', work);
    } finally {
      if (this.#readers.length < idleReaders) this.#readers.push(reader);
      else reader.close();
    }
  }

  /** Deleted content is overwritten as it is deleted (`secure_delete`); what the write-ahead log still has goes here. */
  async scrub(): Promise<void> {
    for (let attempt = 1; attempt <= scrubsAtMost; attempt += 1) {
      const rows = await this.#turns.take(async () => await this.#writer.all('PRAGMA wal_checkpoint(TRUNCATE)'));
      if (rows[0]?.['busy'] === 0) return;
      // Readers of an older moment still need it.
      await pause(attempt * 20);
    }
  }

  async close(): Promise<void> {
    await this.#turns.take(() => {
      for (const reader of this.#readers.splice(0)) reader.close();
      this.#writer.close();
      this.#lock.close();
      return Promise.resolve();
    });
  }

  #open(): SqliteConnection {
    const database = new this.#sqlite.DatabaseSync(this.#file);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;' +
        'PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON',
    );
    return new SqliteConnection(database);
  }
}

async function transact<Value>(
  connection: SqliteConnection,
  begin: string,
  work: (connection: SqlConnection) => Promise<Value>,
): Promise<Value> {
  connection.exec(begin);
  try {
    const value = await work(connection);
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

/** After a full disk or a read error the engine has rolled back already; what counts is the error before. */
function rollBack(connection: SqliteConnection): void {
  try {
    connection.exec('ROLLBACK');
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('no transaction is active')) throw error;
  }
}

class SqliteConnection implements SqlConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  all(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return settle(() => this.#prepare(sql).all(...values) as SqlRow[]);
  }

  run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return settle(() => this.#prepare(sql).run(...values).changes);
  }

  insertMany(head: string, rows: readonly (readonly SqlValue[])[], tail = ''): Promise<void> {
    return settle(() => {
      const [first] = rows;
      if (first === undefined) return;
      const statement = this.#prepare(`${head} VALUES (${first.map(() => '?').join(', ')}) ${tail}`);
      for (const row of rows) statement.run(...row);
    });
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The engine answers at once; what it throws becomes a rejection, as with any other database. */
function settle<Value>(work: () => Value): Promise<Value> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
