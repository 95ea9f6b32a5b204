import type { Change } from '../domain/change.ts';
import { entities, type EntityKind } from '../domain/entities.ts';
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
  return match?.[1] !== undefined && match[2] !== undefined ? { title: match[1], id: match[2] } : { title: text, id: null };
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
    const titles = new Set<string>();
    const ids = new Set<string>();
    for (const text of texts) {
      if (known.has(text)) continue;
      const given = parseGivenName(text, exact);
      titles.add(text);
      titles.add(given.title);
      if (given.id !== null) ids.add(given.id);
    }
    if (titles.size === 0) return;
    const field = entities[entity].titleField;
    const byTitle = await this.#ports.lookup(entity, field, [...titles]);
    const byMail = entity === 'person' ? await this.#ports.lookup(entity, 'email', [...titles].filter((text) => text.includes('@'))) : undefined;
    const stored = ids.size > 0 ? await this.#ports.read([...ids]) : undefined;
    for (const text of titles) {
      const { title, id } = parseGivenName(text, exact);
      const found = id !== null && stored?.get(id)?.entity === entity ? id : (byTitle.get(text) ?? byMail?.get(text) ?? (id === null ? undefined : byTitle.get(title)));
      if (!known.has(text)) known.set(text, found ?? null);
    }
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
    const id = given.id ?? this.#ports.newId();
    const fields: Record<string, FieldValue> = { [entities[entity].titleField]: given.title, active: true };
    if (entity === 'person' && !exact && /^[^\s@]+@[^\s@]+$/.test(text)) fields['email'] = text;
    const prefix = entities[entity].referencePrefix;
    if (prefix !== null && Object.hasOwn(entities[entity].fields, 'reference')) fields['reference'] = this.#ports.newReference(prefix);
    ids.set(text, id);
    this.#made.add(id);
    this.#created.set(id, { entity, id, create: true, fields });
    this.#report.countRecord(entity, 'created');
    return id;
  }

  /** A person this import made turns out to work on tickets. People who were here before are left as they are. */
  markAgent(id: string): void {
    if (!this.#made.has(id) || this.#agents.has(id)) return;
    this.#agents.add(id);
    const waiting = this.#created.get(id);
    this.#created.set(id, waiting ? { ...waiting, fields: { ...waiting.fields, agent: true } } : { entity: 'person', id, fields: { agent: true } });
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
