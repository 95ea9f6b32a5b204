/**
 * What the store asks of a database. All SQL is written once, in the part that SQLite and PostgreSQL share: `?` stands for
 * a value, no sequences, no triggers, `ON CONFLICT`, `RETURNING`; so that engines which speak PostgreSQL's language
 * (YugabyteDB, CockroachDB, Citus) run it unchanged (D10).
 */
export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlConnection {
  all(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Number of rows changed. */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /**
   * `head` VALUES (...), (...) `tail`: one statement or many, whatever is fastest here. All rows are equally long.
   * `head` is e.g. `INSERT INTO entry (space, position)`, `tail` e.g. `ON CONFLICT DO NOTHING`.
   */
  insertMany(head: string, rows: readonly (readonly SqlValue[])[], tail?: string): Promise<void>;
}

export interface SqlDriver {
  readonly kind: 'sqlite' | 'postgres';
  /**
   * One transaction that writes, durable when the promise resolves. `work` may run again after a serialisation failure:
   * it must have no effect outside of the connection before the promise resolves.
   */
  write<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value>;
  /** One transaction that sees a single moment and only reads. */
  read<Value>(work: (connection: SqlConnection) => Promise<Value>): Promise<Value>;
  /** Overwrites or drops what is no longer part of any row, where the engine can be told to. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/** The database cannot be reached or is not ours; the message says what to do. */
export class StoreUnavailable extends Error {}
