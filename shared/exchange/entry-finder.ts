import { entityDefinition, type EntityKind } from '../domain/entities.ts';
import type { ImportPorts } from './import-step.ts';
import type { PlannedRow } from './plan-row.ts';
import type { ReferenceFinder } from './reference-finder.ts';

/** Knows which entries of a log are there already. They are stored with the record they belong to and never change. */
export class EntryFinder {
  /** The field that names the record an entry belongs to. */
  readonly rootField: string;
  readonly #references: ReferenceFinder;
  readonly #ports: ImportPorts;
  #known = new Set<string>();

  constructor(entity: EntityKind, references: ReferenceFinder, ports: ImportPorts) {
    const definition = entityDefinition(entity);
    const root = Object.entries(definition?.fields ?? {}).find(
      ([, field]) => field.type === 'reference' && field.to === definition?.partOf,
    );
    if (!root) throw new Error(`${entity} has no field that refers to ${String(definition?.partOf)}`);
    [this.rootField] = root;
    this.#references = references;
    this.#ports = ports;
  }

  async prefetch(rows: readonly PlannedRow[]): Promise<void> {
    const roots = new Set(rows.flatMap((row) => this.#references.idOf(row, this.rootField) ?? []));
    this.#known = new Set(roots.size === 0 ? [] : await this.#ports.entriesOf([...roots]));
  }

  /** Whether the entry is new; from now on it is known. */
  add(id: string): boolean {
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    return true;
  }
}
