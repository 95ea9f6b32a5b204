import type { EntityKind } from '../domain/entities.ts';
import type { ticketEntryAudiences } from '../domain/ticket/ticket.ts';
import type { DateFormat } from './date-format.ts';
import { isTimeZone } from './time-zone.ts';

/** Where the cells of one column go. */
export type MappingTarget =
  | { readonly to: 'ignore' }
  /** A field of the registry. References are given by title, number or e-mail address. */
  | { readonly to: 'field'; readonly field: string }
  /** Identity of the record itself: our own export only. */
  | { readonly to: 'id' }
  /** Kind of the record: our own export only. */
  | { readonly to: 'kind' }
  /** No field of ours, but worth keeping: becomes the tag `label: cell`. */
  | { readonly to: 'tag'; readonly label: string }
  /** A journal of comments or work notes as ServiceNow prints it; each entry becomes one of ours. */
  | { readonly to: 'entries'; readonly audience: (typeof ticketEntryAudiences)[number] }
  /** What an update log says about the update itself. */
  | { readonly to: 'update'; readonly role: 'at' | 'by' | 'sequence' };

export interface ColumnMapping {
  /** Header as the file has it. */
  readonly column: string;
  readonly target: MappingTarget;
}

export const presetNames = ['servicenow-update-log', 'servicenow-incident', 'holdfast', 'generic'] as const;
export type PresetName = (typeof presetNames)[number];

/** Everything a person decides about an import before it runs. Survives structured cloning and JSON. */
export interface Mapping {
  readonly preset: PresetName;
  readonly entity: EntityKind;
  readonly columns: readonly ColumnMapping[];
  /** Header of the column by which records are recognised when the file is imported again; null: every row is new. */
  readonly keyColumn: string | null;
  readonly dateFormat: DateFormat;
  /** IANA zone of times without one. */
  readonly zone: string;
  /** Cells that mean "not given", apart from the empty one. */
  readonly missing: readonly string[];
  /** People, queues, sites and so on that do not exist yet are created by name; else such cells are refused. */
  readonly createReferences: boolean;
  /** Rows are updates in the life of a record, each by the person and at the time it names. */
  readonly replay: boolean;
  /** Our own export: cells are taken to the letter, formula escapes are undone, an empty cell clears the field. */
  readonly exact: boolean;
}

export interface MappingProblem {
  readonly problem:
    | 'no-such-column'
    | 'two-columns-for-one-field'
    | 'key-not-mapped'
    | 'nothing-mapped'
    | 'no-update-time'
    | 'no-update-key'
    | 'no-such-zone';
  /** Column or field it is about. */
  readonly where: string;
}

/** What must be put right before an import may start. Fields are written by one column each; tags by any number. */
export function checkMapping(mapping: Mapping, header: readonly string[]): readonly MappingProblem[] {
  const problems = checkColumns(mapping, header);
  if (mapping.columns.every(({ target }) => target.to === 'ignore')) {
    problems.push({ problem: 'nothing-mapped', where: '' });
  }
  if (!isTimeZone(mapping.zone)) problems.push({ problem: 'no-such-zone', where: mapping.zone });
  const key = keyTarget(mapping);
  if (mapping.keyColumn !== null && key === undefined) {
    problems.push({ problem: 'key-not-mapped', where: mapping.keyColumn });
  }
  if (!mapping.replay) return problems;
  const hasTime = mapping.columns.some(({ target }) => target.to === 'update' && target.role === 'at');
  if (!hasTime) problems.push({ problem: 'no-update-time', where: '' });
  if (key?.to !== 'field') problems.push({ problem: 'no-update-key', where: '' });
  return problems;
}

function checkColumns(mapping: Mapping, header: readonly string[]): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const used = new Set<string>();
  for (const { column, target } of mapping.columns) {
    if (target.to !== 'ignore' && !header.includes(column)) problems.push({ problem: 'no-such-column', where: column });
    const name = target.to === 'field' ? target.field : target.to === 'update' ? target.role : undefined;
    if (name === undefined) continue;
    if (used.has(`${target.to} ${name}`)) problems.push({ problem: 'two-columns-for-one-field', where: name });
    used.add(`${target.to} ${name}`);
  }
  return problems;
}

/** Target of the key column, if it names a field or the id. */
export function keyTarget(mapping: Mapping): Extract<MappingTarget, { readonly to: 'field' | 'id' }> | undefined {
  const target = mapping.columns.find(({ column }) => column === mapping.keyColumn)?.target;
  return target?.to === 'field' || target?.to === 'id' ? target : undefined;
}
