import { elementsOf } from '../../../shared/domain/set-elements.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { isShown, valuesOf } from '../engine/derive-row.ts';
import type { BodyStore } from '../storage/body-store.ts';
import type { Tables } from '../storage/tables.ts';
import type { KnownErrorMatch, KnownErrorsQuery } from './problem-api.ts';

/**
 * Which known errors touch what. The items of one are a set, which columns do not hold: the bodies are read when they are
 * first asked for, and again after a known error has changed. There are few of them.
 */
export class KnownErrorIndex {
  readonly #tables: Tables;
  readonly #store: () => BodyStore;
  #read: { readonly version: string; readonly values: ReadonlyMap<string, RecordValues> } | null = null;

  constructor(tables: Tables, store: () => BodyStore) {
    this.#tables = tables;
    this.#store = store;
  }

  async matches({ asset, service, limit }: KnownErrorsQuery): Promise<readonly KnownErrorMatch[]> {
    const known = await this.#published();
    const found = [...known].flatMap(([id, values]): readonly KnownErrorMatch[] => {
      const byAsset = asset !== null && elementsOf(values, 'assets').includes(asset);
      if (!byAsset && (service === null || values['service'] !== service)) return [];
      const text = (field: string): string => String(values[field] ?? '');
      return [
        {
          id,
          name: text('name'),
          reference: text('reference'),
          workaround: text('workaround'),
          solution: text('solution'),
          by: byAsset ? 'asset' : 'service',
        },
      ];
    });
    return found
      .sort((left, right) => left.by.localeCompare(right.by) || left.name.localeCompare(right.name))
      .slice(0, limit);
  }

  async #published(): Promise<ReadonlyMap<string, RecordValues>> {
    const table = this.#tables.of('known-error');
    const version = `${table.size}.${table.version}`;
    if (this.#read?.version === version) return this.#read.values;
    const ids: string[] = [];
    for (let row = 0; row < table.size; row += 1) {
      const { status, active } = table.valuesAt(row);
      if (status === 'published' && active !== false && !table.isDeleted(row)) ids.push(table.idAt(row));
    }
    const bodies = await this.#store().read(ids);
    const values = new Map<string, RecordValues>();
    for (const [id, body] of bodies) if (isShown(body.state)) values.set(id, valuesOf(body.state));
    this.#read = { version, values };
    return values;
  }
}
