import { entities, type EntityKind } from '../domain/entities.ts';
import type { FieldDefinition } from '../domain/field.ts';
import { detectDateFormat } from './date-format.ts';
import type { ColumnMapping, Mapping, MappingTarget, PresetName } from './mapping.ts';
import { genericTicket, serviceNowIncident, serviceNowUpdate } from './presets.ts';
import { isEntityKind } from './value-text.ts';

export interface MappingContext {
  /** Zone of the desk: the likeliest for times without one. */
  readonly zone: string;
  /** Kind of record to import; ticket unless the file or the person says otherwise. */
  readonly entity?: EntityKind;
  readonly preset?: PresetName;
}

const ignore: MappingTarget = { to: 'ignore' };

/** The mapping a file most likely needs, from its header and a few rows. A person may change every part of it. */
export function suggestMapping(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  context: MappingContext,
): Mapping {
  const preset = context.preset ?? recognisePreset(header);
  const entity = (preset === 'holdfast' ? kindOf(header, sample) : undefined) ?? context.entity ?? 'ticket';
  const columns = dropRepeats(header.map((column) => ({ column, target: targetOf(preset, entity, column) })));
  const missing = preset === 'holdfast' ? [] : ['?', 'NULL', 'null', 'N/A', 'n/a'];
  const keyColumn = columns.find(({ target }) => isKey(target, entity))?.column ?? null;
  const dates = columns.flatMap(({ target }, index) =>
    isDate(entity, target)
      ? sample.map((cells) => cells[index]?.trim() ?? '').filter((cell) => cell !== '' && !missing.includes(cell))
      : [],
  );
  return {
    preset,
    entity,
    columns,
    keyColumn,
    missing,
    dateFormat: preset === 'holdfast' ? 'iso-8601' : (detectDateFormat(dates)?.format ?? 'iso-8601'),
    zone: context.zone,
    createReferences: true,
    replay: preset === 'servicenow-update-log',
    exact: preset === 'holdfast',
  };
}

export function recognisePreset(header: readonly string[]): PresetName {
  const names = header.map(plain);
  if (names[0] === 'kind' && names[1] === 'id') return 'holdfast';
  const known = names.filter((name) => Object.hasOwn(serviceNowIncident, name)).length;
  const isServiceNow =
    names.includes('number') &&
    known >= 4 &&
    names.some((name) => /^(sys_|caller_id|assignment.group|short.description)/.test(name));
  const isLog =
    names.includes('sys_mod_count') && names.some((name) => name === 'sys_updated_at' || name === 'sys_updated_on');
  if (!isServiceNow) return 'generic';
  return isLog ? 'servicenow-update-log' : 'servicenow-incident';
}

function targetOf(preset: PresetName, entity: EntityKind, column: string): MappingTarget {
  const name = plain(column);
  if (preset === 'holdfast') {
    if (name === 'kind' || name === 'id') return { to: name };
    return Object.hasOwn(entities[entity].fields, column) ? { to: 'field', field: column } : ignore;
  }
  if (entity === 'ticket') {
    const words = preset === 'generic' ? genericTicket : serviceNowIncident;
    if (preset === 'servicenow-update-log' && Object.hasOwn(serviceNowUpdate, name))
      return serviceNowUpdate[name] ?? ignore;
    return (Object.hasOwn(words, name) ? words[name] : undefined) ?? fieldNamed(entity, name);
  }
  return fieldNamed(entity, name);
}

/** A header that is a field's own name, however it is spelt: `Job title`, `job_title`, `jobTitle`. */
function fieldNamed(entity: EntityKind, name: string): MappingTarget {
  const squeezed = name.replaceAll(/[\s_-]/g, '');
  const found = Object.keys(entities[entity].fields).find((field) => field.toLowerCase() === squeezed);
  return found === undefined ? ignore : { to: 'field', field: found };
}

/** Two columns for one field: the first keeps it. */
function dropRepeats(columns: readonly ColumnMapping[]): readonly ColumnMapping[] {
  const used = new Set<string>();
  return columns.map(({ column, target }) => {
    const name = target.to === 'field' ? target.field : target.to === 'update' ? `update ${target.role}` : '';
    if (name === '') return { column, target };
    const repeated = used.has(name);
    used.add(name);
    return { column, target: repeated ? ignore : target };
  });
}

function isKey(target: MappingTarget, entity: EntityKind): boolean {
  if (target.to === 'id') return true;
  if (target.to !== 'field') return false;
  return target.field === (entity === 'ticket' ? 'number' : entities[entity].titleField);
}

function isDate(entity: EntityKind, target: MappingTarget): boolean {
  if (target.to === 'update') return target.role === 'at';
  if (target.to !== 'field') return false;
  const fields: Readonly<Record<string, FieldDefinition>> = entities[entity].fields;
  return Object.hasOwn(fields, target.field) && fields[target.field]?.type === 'instant';
}

function kindOf(header: readonly string[], sample: readonly (readonly string[])[]): EntityKind | undefined {
  const kind = sample[0]?.[header.map(plain).indexOf('kind')] ?? '';
  return isEntityKind(kind) ? kind : undefined;
}

function plain(column: string): string {
  return column.trim().toLowerCase();
}
