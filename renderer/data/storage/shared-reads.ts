import type { Database, StoredRows, StoreName } from './database.ts';
import { getRows } from './raw-rows.ts';

/** Reads of one store; those who ask for a row that is on its way get the same one (a record and its history, say). */
export class SharedReads<Name extends StoreName> {
  readonly #database: Database;
  readonly #name: Name;
  readonly #underWay = new Map<number | string, Promise<StoredRows[Name] | undefined>>();

  constructor(database: Database, name: Name) {
    this.#database = database;
    this.#name = name;
  }

  /** Rows in the order of the keys; undefined where there is none. */
  async read(keys: readonly (number | string)[]): Promise<readonly (StoredRows[Name] | undefined)[]> {
    const wanted = keys.filter((key) => !this.#underWay.has(key));
    if (wanted.length > 0) {
      const reading = getRows(this.#database, this.#name, wanted);
      wanted.forEach((key, index) => {
        const row = reading.then((rows) => rows[index]);
        this.#underWay.set(key, row);
        const forget = (): void => void this.#underWay.delete(key);
        row.then(forget, forget);
      });
    }
    return Promise.all(keys.map((key) => this.#underWay.get(key) ?? Promise.resolve(undefined)));
  }
}
