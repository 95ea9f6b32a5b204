import type { BlobQuota } from '../blobs/uploads.ts';
import { openPostgres } from './postgres-driver.ts';
import type { SqlDriver } from './sql-driver.ts';
import { SqlReader } from './sql-reader.ts';
import { textOf } from './sql-rows.ts';
import { SqlWriter } from './sql-writer.ts';
import { openSqlite } from './sqlite-driver.ts';
import type { NewSpace, Store, StoreReader, StoreWriter } from './store.ts';
import { migrateTables } from './tables.ts';

/** Where an endpoint keeps its space: a directory of its own, or a PostgreSQL database. */
export type StorePlace = (
  { readonly kind: 'sqlite'; readonly directory: string } | { readonly kind: 'postgres'; readonly url: string }
) & {
  /** Where contents of attachments are kept: beside an embedded space unless said otherwise; else there are none. */
  readonly blobs?: { readonly directory?: string | undefined; readonly quota?: BlobQuota };
};

export async function openDriver(place: StorePlace): Promise<SqlDriver> {
  return place.kind === 'sqlite' ? await openSqlite(place.directory) : await openPostgres(place.url);
}

/**
 * Opens the store, makes its tables when they are missing, and the space when there is none yet. Throws
 * `StoreUnavailable` with what to do when it cannot be had.
 */
export async function openStore(driver: SqlDriver, newSpace: () => NewSpace): Promise<Store> {
  try {
    const id = await driver.write(async (connection) => {
      await migrateTables(connection, driver.kind);
      const [held] = await connection.all('SELECT id FROM space');
      if (held !== undefined) return textOf(held, 'id');
      const made = newSpace();
      await connection.run(
        `INSERT INTO space (id, epoch, epoch_order, head, min_position, numbers, system_device, secret, locked, created_at)
         VALUES (?, ?, 1, 0, 0, 0, ?, ?, 0, ?)`,
        [made.id, made.epoch, made.systemDevice, made.secret, made.createdAt],
      );
      await connection.run('INSERT INTO system_device (space, device) VALUES (?, ?)', [made.id, made.systemDevice]);
      return made.id;
    });
    return new SqlStore(driver, id);
  } catch (error) {
    await driver.close();
    throw error;
  }
}

class SqlStore implements Store {
  readonly #driver: SqlDriver;
  readonly #space: string;

  constructor(driver: SqlDriver, space: string) {
    this.#driver = driver;
    this.#space = space;
  }

  async write<Value>(work: (store: StoreWriter) => Promise<Value>): Promise<Value> {
    return await this.#driver.write(async (connection) => await work(await SqlWriter.lock(connection, this.#space)));
  }

  async read<Value>(work: (store: StoreReader) => Promise<Value>): Promise<Value> {
    return await this.#driver.read(async (connection) => await work(new SqlReader(connection, this.#space)));
  }

  async scrub(): Promise<void> {
    await this.#driver.scrub();
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }
}
