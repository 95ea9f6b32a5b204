import type { Change } from '../domain/change.ts';
import { entities, type EntityKind } from '../domain/entities.ts';
import type { EntityDefinition } from '../domain/field.ts';
import { missingFields } from '../domain/validate-write.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { ImportPorts } from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';

/** `Title {id}`: how our own export names a record whose title is not its alone. */
const withId = /^([\s\S]*) \{([^{}\s]{1,64})\}$/;

export function hasIdForm(title: string): boolean {
  return withId.test(title);
}

export interface GivenName {
  readonly title: string;
  readonly id: string | null;
}

export function parseGivenName(text: string, exact: boolean): GivenName {
  const match = exact ? withId.exec(text) : null;
  return match?.[1] !== undefined && match[2] !== undefined
    ? { title: match[1], id: match[2] }
    : { title: text, id: null };
}

/** Whether a record of the kind can be made of its name alone: a person or a site can, a problem or a change cannot. */
function standsByName(definition: EntityDefinition): boolean {
  return missingFields(definition, { [definition.titleField]: 'a name' }).length === 0;
}

/**
 * The people, queues, sites and so on that a file names, each found or created once. All roles of a person share one
 * namespace: a caller who is also an assignee is one record.
 */
export class RecordDirectory {
  readonly #ports: ImportPorts;
  readonly #report: ReportBuilder;
  /** Ids by name, of each kind; null for a name that was looked up and is not there. */
  readonly #ids = new Map<EntityKind, Map<string, string | null>>();
  readonly #agents = new Set<string>();
  readonly #made = new Set<string>();
  #created = new Map<string, Change>();

  constructor(ports: ImportPorts, report: ReportBuilder) {
    this.#ports = ports;
    this.#report = report;
  }

  /** Looks up names not met before, in one question per kind. */
  async prefetch(entity: EntityKind, texts: Iterable<string>, exact: boolean): Promise<void> {
    const known = this.#idsOf(entity);
    const wanted = [...new Set(texts)].filter((text) => !known.has(text));
    if (wanted.length === 0) return;
    const given = wanted.map((text) => ({ text, ...parseGivenName(text, exact) }));
    const titles = [...new Set(given.flatMap(({ text, title }) => [text, title]))];
    const byTitle = await this.#ports.lookup(entity, entities[entity].titleField, titles);
    const byMail = await this.#byMail(entity, titles);
    const stored = await this.#existing(
      entity,
      given.flatMap(({ id }) => id ?? []),
    );
    for (const { text, title, id } of given) {
      const byName = byTitle.get(text) ?? byMail.get(text);
      known.set(text, id === null ? (byName ?? null) : stored.has(id) ? id : (byName ?? byTitle.get(title) ?? null));
    }
  }

  async #byMail(entity: EntityKind, texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const addresses = entity === 'person' ? texts.filter((text) => text.includes('@')) : [];
    return addresses.length === 0 ? new Map() : this.#ports.lookup('person', 'email', addresses);
  }

  async #existing(entity: EntityKind, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const stored = await this.#ports.read(ids);
    return new Set([...stored.values()].filter((record) => record.entity === entity).map(({ id }) => id));
  }

  /** Id of the record named; created unless `create` is false. Names must have been prefetched. */
  find(entity: EntityKind, text: string, create: boolean, exact = false): string | undefined {
    const ids = this.#idsOf(entity);
    const known = ids.get(text);
    if (known !== undefined && known !== null) return known;
    if (!create) return undefined;
    const given = parseGivenName(text, exact);
    // A reference that led nowhere in the space it was exported from leads nowhere here, too.
    if (given.title === '' && given.id !== null) return given.id;
    if (!standsByName(entities[entity])) return undefined;
    const id = given.id ?? this.#ports.newId();
    ids.set(text, id);
    this.#made.add(id);
    this.#created.set(id, { entity, id, create: true, fields: this.#fieldsOf(entity, given.title, exact) });
    this.#report.countRecord(entity, 'created');
    return id;
  }

  #fieldsOf(entity: EntityKind, title: string, exact: boolean): Readonly<Record<string, FieldValue>> {
    const fields: Record<string, FieldValue> = { [entities[entity].titleField]: title, active: true };
    if (entity === 'person' && !exact && /^[^\s@]+@[^\s@]+$/.test(title)) fields['email'] = title;
    const prefix = entities[entity].referencePrefix;
    if (prefix !== null && Object.hasOwn(entities[entity].fields, 'reference')) {
      fields['reference'] = this.#ports.newReference(prefix);
    }
    return fields;
  }

  /** A person this import made turns out to work on tickets. People who were here before are left as they are. */
  markAgent(id: string): void {
    if (!this.#made.has(id) || this.#agents.has(id)) return;
    this.#agents.add(id);
    const waiting = this.#created.get(id);
    this.#created.set(
      id,
      waiting
        ? { ...waiting, fields: { ...waiting.fields, agent: true } }
        : { entity: 'person', id, fields: { agent: true } },
    );
  }

  /** A record of the file itself, so that later rows find it by its title. */
  remember(entity: EntityKind, title: string, id: string): void {
    this.#idsOf(entity).set(title, id);
  }

  #idsOf(entity: EntityKind): Map<string, string | null> {
    let ids = this.#ids.get(entity);
    if (!ids) this.#ids.set(entity, (ids = new Map()));
    return ids;
  }

  /** What was created since the last call: to be committed before what points to it. */
  takeChanges(): Change[] {
    const changes = [...this.#created.values()];
    this.#created = new Map();
    return changes;
  }
}
