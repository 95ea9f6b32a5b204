import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { isShown, valuesOf } from '../engine/derive-row.ts';
import type { Body } from '../storage/body.ts';
import { recordKinds } from '../storage/tables.ts';

/** What a word is worth where it stands: references and the like, title, texts, notes. */
export const fieldWeights: readonly number[] = [3, 2.5, 1, 0.7];
/** Raised when other texts of a record are indexed: an index of another version is built anew. */
export const textsVersion = 1;

const notSearched: ReadonlySet<EntityKind> = new Set(['setting', 'asset-relation', 'holiday', 'recurrence-dismissal']);

/** Kinds a person looks for. */
export const searchedKinds: readonly EntityKind[] = recordKinds.filter((kind) => !notSearched.has(kind));

/** Every text of a record by the fields of the index; null for a record that is not there or not looked for. */
export function recordTexts(body: Body): readonly string[] | null {
  const definition = entityDefinition(body.entity);
  if (!definition || !searchedKinds.includes(body.entity as EntityKind) || !isShown(body.state)) return null;
  const texts: readonly [string[], string[], string[], string[]] = [[], [], [], []];
  const [keys, title, long, notes] = texts;
  for (const [name, type, value] of textsOf(body.entity, valuesOf(body.state))) {
    if (name === definition.titleField) title.push(value);
    else if (type.multiline === true) long.push(value);
    else keys.push(value);
  }
  for (const entry of body.entries) {
    if (!isShown(entry)) continue;
    for (const [, , value] of textsOf(entry.entity, valuesOf(entry))) notes.push(value);
  }
  return texts.map((each) => each.join('\n'));
}

/** Texts to show where a word stands, the likeliest first. */
export function shownTexts(body: Body): readonly string[] {
  const [, , long = '', notes = ''] = recordTexts(body) ?? [];
  const [keys = ''] = recordTexts(body) ?? [];
  return [long, notes, keys].filter((text) => text !== '');
}

function* textsOf(
  kind: string,
  values: RecordValues,
): Generator<readonly [name: string, type: { readonly multiline?: boolean }, value: string]> {
  const definition = entityDefinition(kind);
  for (const [field, value] of Object.entries(values)) {
    const slash = field.indexOf('/');
    const type = definition?.fields[slash < 0 ? field : field.slice(0, slash)];
    if (type?.type !== 'text' || value === null) continue;
    if (slash >= 0) yield [field, type, field.slice(slash + 1)];
    else if (typeof value === 'string') yield [field, type, value];
  }
}
