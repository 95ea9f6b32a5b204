/**
 * As much of the peers as the benchmarks call, so that the project type-checks without them installed.
 */
declare module 'rxdb/plugins/core' {
  export interface RxDocument<Row> {
    readonly toJSON: () => Row;
    readonly incrementalPatch: (patch: Partial<Row>) => Promise<unknown>;
  }
  export interface RxQuery<Result> {
    readonly exec: () => Promise<Result>;
    readonly $: { readonly subscribe: (heard: (result: Result) => void) => { readonly unsubscribe: () => void } };
  }
  export interface RxFind {
    readonly selector?: Readonly<Record<string, unknown>>;
    readonly sort?: readonly Readonly<Record<string, 'asc' | 'desc'>>[];
    readonly limit?: number;
  }
  export interface RxCollection<Row> {
    readonly bulkInsert: (rows: readonly Row[]) => Promise<{ readonly error: readonly unknown[] }>;
    readonly insert: (row: Row) => Promise<unknown>;
    readonly find: (query?: RxFind) => RxQuery<RxDocument<Row>[]>;
    readonly findOne: (id: string) => RxQuery<RxDocument<Row> | null>;
    readonly count: (query?: RxFind) => RxQuery<number>;
  }
  export interface RxDatabase<Collections> {
    readonly addCollections: (
      collections: Readonly<Record<keyof Collections, { readonly schema: unknown }>>,
    ) => Promise<Collections>;
    readonly close: () => Promise<unknown>;
  }
  export function createRxDatabase<Collections>(options: {
    readonly name: string;
    readonly storage: unknown;
    readonly multiInstance: boolean;
    readonly eventReduce: boolean;
  }): Promise<RxDatabase<Collections>>;
}

declare module 'rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): unknown;
}

declare module 'pouchdb-browser' {
  export interface PouchRow {
    readonly _id: string;
    readonly _rev?: string;
  }
  class PouchDB {
    static plugin(plugin: unknown): void;
    constructor(name: string, options: { readonly adapter: 'idb'; readonly auto_compaction: boolean });
    bulkDocs(rows: readonly PouchRow[]): Promise<readonly { readonly error?: unknown }[]>;
    get<Row extends PouchRow>(id: string): Promise<Row>;
    createIndex(index: { readonly index: { readonly fields: readonly string[] } }): Promise<unknown>;
    find<Row extends PouchRow>(query: {
      readonly selector: Readonly<Record<string, unknown>>;
      readonly sort?: readonly Readonly<Record<string, 'asc' | 'desc'>>[];
      readonly fields?: readonly string[];
      readonly limit?: number;
    }): Promise<{ readonly docs: readonly Row[] }>;
    close(): Promise<void>;
  }
  export { PouchDB as default };
}

declare module 'pouchdb-find' {
  const plugin: unknown;
  export { plugin as default };
}

declare module '@sqlite.org/sqlite-wasm' {
  export type SqliteValue = string | number | null;
  export interface SqliteStatement {
    readonly bind: (values: readonly SqliteValue[]) => SqliteStatement;
    readonly stepReset: () => SqliteStatement;
    readonly finalize: () => void;
  }
  export interface SqliteDatabase {
    readonly exec: (query: {
      readonly sql: string;
      readonly bind?: readonly SqliteValue[];
      readonly rowMode?: 'object';
      readonly returnValue?: 'resultRows';
    }) => Readonly<Record<string, SqliteValue>>[];
    readonly prepare: (sql: string) => SqliteStatement;
    readonly close: () => void;
  }
  export interface Sqlite {
    readonly version: { readonly libVersion: string };
    readonly installOpfsSAHPoolVfs: (options: {
      readonly initialCapacity: number;
    }) => Promise<{ readonly OpfsSAHPoolDb: new (name: string) => SqliteDatabase }>;
  }
  function openSqlite(): Promise<Sqlite>;
  export { openSqlite as default };
}

declare module 'rxdb/plugins/replication' {
  export interface RxPulled<Row, Checkpoint> {
    readonly documents: readonly Row[];
    readonly checkpoint: Checkpoint | null;
  }
  export function replicateRxCollection<Row, Checkpoint>(options: {
    readonly collection: unknown;
    readonly replicationIdentifier: string;
    readonly live: boolean;
    readonly waitForLeadership: boolean;
    readonly pull: {
      readonly batchSize: number;
      readonly handler: (from: Checkpoint | undefined, limit: number) => Promise<RxPulled<Row, Checkpoint>>;
    };
    readonly push: {
      readonly batchSize: number;
      readonly handler: (
        rows: readonly { readonly newDocumentState: Row; readonly assumedMasterState?: Row }[],
      ) => Promise<readonly Row[]>;
    };
  }): { readonly awaitInitialReplication: () => Promise<void>; readonly cancel: () => Promise<unknown> };
}

declare module 'pouchdb-core' {
  interface Replicated {
    readonly docs_written: number;
  }
  class PouchDB {
    static plugin(plugin: unknown): typeof PouchDB;
    static defaults(options: { readonly prefix: string; readonly adapter: string }): typeof PouchDB;
    constructor(name: string, options?: { readonly adapter: string });
    bulkDocs(rows: readonly { readonly _id: string }[]): Promise<unknown>;
    get(id: string): Promise<{ readonly _id: string }>;
    put(row: { readonly _id: string; readonly title: string }): Promise<unknown>;
    readonly replicate: {
      readonly from: (remote: PouchDB, options: { readonly batch_size: number }) => Promise<Replicated>;
      readonly to: (remote: PouchDB, options: { readonly batch_size: number }) => Promise<Replicated>;
    };
    close(): Promise<void>;
  }
  export { PouchDB as default };
}

declare module 'express' {
  import type { RequestListener } from 'node:http';

  interface Express extends RequestListener {
    readonly use: (path: string, handler: unknown) => void;
  }
  function express(): Express;
  export { express as default };
}

declare module 'express-pouchdb' {
  import type PouchDB from 'pouchdb-core';

  function expressPouchdb(
    pouch: typeof PouchDB,
    options: { readonly mode: 'minimumForPouchDB'; readonly configPath: string; readonly logPath: string },
  ): unknown;
  export { expressPouchdb as default };
}
