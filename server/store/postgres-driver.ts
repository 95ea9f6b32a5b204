import pg from 'pg';
import { StoreUnavailable, type SqlConnection, type SqlDriver, type SqlRow, type SqlValue } from './sql-driver.ts';
import { Turns } from './turns.ts';

/** PostgreSQL and what speaks its language. Several endpoints may share one database: the row lock keeps them in order. */

/** Class 40 that means "try again", and the codes of a server that is going away or coming up. */
const retried = new Set(['40001', '40P01']);
const unavailable = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET']);
const triesAtMost = 12;
const valuesAtMost = 30_000;

export async function openPostgres(url: string): Promise<SqlDriver> {
  const types = {
    // 20 is BIGINT: positions, times and counts stay below 2^53.
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 ? Number : format === 'binary' ? pg.types.getTypeParser(oid, format) : pg.types.getTypeParser(oid),
  };
  const pool = new pg.Pool({ connectionString: url, max: 12, types, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle is replaced by the pool; what uses one hears of it by its own query.
  pool.on('error', () => undefined);
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw new StoreUnavailable(
      `PostgreSQL cannot be reached: ${error instanceof Error ? error.message : String(error)}. ` +
        'Check the address after --store (postgres://user:password@host:5432/database) and that the server runs.',
      { cause: error },
    );
  }
  return new PostgresDriver(pool);
}

class PostgresDriver implements SqlDriver {
  readonly kind = 'postgres';
  readonly #pool: pg.Pool;
  readonly #turns = new Turns();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Writers wait for the row of the space anyhow: here they do so without a connection that readers need. */
  async write<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value> {
    return await this.#turns.take(async () => await this.#tryUntilDone(work));
  }

  async #tryUntilDone<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#transact('BEGIN ISOLATION LEVEL READ COMMITTED', work);
      } catch (error) {
        if (attempt === triesAtMost || !retried.has(codeOf(error))) throw error;
        await pause(Math.random() * 5 * 2 ** Math.min(attempt, 7));
      }
    }
  }

  async read<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value> {
    return await this.#transact('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
  }

  /** Space of dead rows is given up now, not when the engine gets to it; its log of writes is the administrator's. */
  async scrub(): Promise<void> {
    for (const table of ['entry', 'record', 'cold_segment', 'snapshot_part']) await this.#pool.query(`VACUUM ${table}`);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #transact<Value>(begin: string, work: (connection: SqlConnection) => Promise<Value>): Promise<Value> {
    const client = await this.#connect();
    let broken = false;
    try {
      await client.query(begin);
      const value = await work(new PostgresConnection(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      broken = unavailable.has(codeOf(error));
      if (!broken) await client.query('ROLLBACK').catch(() => (broken = true));
      throw broken ? asUnavailable(error) : error;
    } finally {
      client.release(broken);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw asUnavailable(error);
    }
  }
}

class PostgresConnection implements SqlConnection {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async all(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return (await this.#client.query<Record<string, unknown>>(numberPlaces(sql), [...values])).rows;
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return (await this.#client.query(numberPlaces(sql), [...values])).rowCount ?? 0;
  }

  async insertMany(head: string, rows: readonly (readonly SqlValue[])[], tail = ''): Promise<void> {
    const width = rows[0]?.length ?? 0;
    const step = Math.max(1, Math.min(500, Math.floor(valuesAtMost / Math.max(1, width))));
    for (let first = 0; first < rows.length; first += step) {
      const some = rows.slice(first, first + step);
      const groups = some.map(
        (_, row) => `(${Array.from({ length: width }, (__, at) => `$${row * width + at + 1}`).join(',')})`,
      );
      await this.#client.query(`${head} VALUES ${groups.join(',')} ${tail}`, some.flat());
    }
  }
}

const numbered = new Map<string, string>();

/** `?` to `$1`, `$2`, ...: no statement of ours has a question mark elsewhere. */
function numberPlaces(sql: string): string {
  let known = numbered.get(sql);
  if (known === undefined) {
    let count = 0;
    known = sql.replaceAll('?', () => `$${(count += 1)}`);
    // Lists of values make many texts; what is remembered stays small.
    if (numbered.size < 500) numbered.set(sql, known);
  }
  return known;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function asUnavailable(error: unknown): StoreUnavailable {
  const why = error instanceof Error ? error.message : String(error);
  return new StoreUnavailable(`PostgreSQL does not answer: ${why}`, { cause: error });
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
