import { entities, type EntityKind } from '../../../shared/domain/entities.ts';
import type { ColumnMapping, Mapping, MappingTarget } from '../../../shared/exchange/mapping.ts';
import type { Choice } from '../../ui/choice.tsx';
import { fieldText } from '../../widgets/choice-text.ts';
import type { ExchangeText } from './exchange-text.ts';

/** Where the cells of a column may go, as ids of a list of choices. */
export function targetId(target: MappingTarget): string {
  switch (target.to) {
    case 'field':
      return `field ${target.field}`;
    case 'entries':
      return `entries ${target.audience}`;
    case 'update':
      return `update ${target.role}`;
    case 'id':
    case 'ignore':
    case 'kind':
    case 'tag':
      return target.to;
  }
}

const ticketTargets = ['entries comment', 'entries work-note', 'update at', 'update by', 'update sequence'] as const;

/** What may be chosen for a column of a file. `id` and `kind` belong to our own export, updates to a log of them. */
export function targetChoices(text: ExchangeText, mapping: Mapping): readonly Choice[] {
  const { entity } = mapping;
  const fields = Object.keys(entities[entity].fields)
    .map((field) => ({ id: `field ${field}`, label: fieldText(text, entity, field) }))
    .toSorted((left, right) => left.label.localeCompare(right.label));
  const special = entity === 'ticket' ? ticketTargets.filter((id) => mapping.replay || !id.startsWith('update s')) : [];
  const own = mapping.preset === 'holdfast' ? (['id', 'kind'] as const) : [];
  return [
    { id: 'ignore', label: text('target.ignore') },
    ...own.map((id) => ({ id, label: text(`target.${id}`) })),
    ...fields,
    ...special.map((id) => ({ id, label: text(`target.${id}`) })),
    ...(entity === 'ticket' ? [{ id: 'tag', label: text('target.tag') }] : []),
  ];
}

/** The target of a choice; a tag is labelled with the column's own name. */
export function targetOfChoice(id: string, column: string): MappingTarget {
  const [to = '', rest = ''] = id.split(' ', 2);
  if (to === 'field') return { to, field: rest };
  if (to === 'entries') return { to, audience: rest === 'comment' ? 'comment' : 'work-note' };
  if (to === 'update') return { to, role: rest === 'by' ? 'by' : rest === 'sequence' ? 'sequence' : 'at' };
  if (to === 'tag') return { to, label: column.slice(0, 30) };
  return to === 'id' || to === 'kind' ? { to } : { to: 'ignore' };
}

/** The mapping with another target for one column. A key column that names nothing any more is no key. */
export function withTarget(mapping: Mapping, column: string, target: MappingTarget): Mapping {
  const columns = mapping.columns.map((each): ColumnMapping => (each.column === column ? { column, target } : each));
  const isKey = mapping.keyColumn === column && target.to !== 'field' && target.to !== 'id';
  return { ...mapping, columns, keyColumn: isKey ? null : mapping.keyColumn };
}

/** Kinds a table may hold, apart from entries, which only our own export has. */
export const importedKinds = [
  'ticket',
  'person',
  'queue',
  'service',
  'asset',
  'site',
] as const satisfies readonly EntityKind[];
