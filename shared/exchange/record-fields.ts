import { entities, type EntityKind } from '../domain/entities.ts';
import type { FieldDefinition } from '../domain/field.ts';
import { defaultPriorityMatrix, priorityOf } from '../domain/ticket/priority.ts';
import type { FieldValue } from '../sync/operation.ts';
import { cut } from './cell-reader.ts';
import type { ImportPorts } from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';
import type { Mapping } from './mapping.ts';
import type { PlannedRow } from './plan-row.ts';
import { completeTicket, composeTitle, present, priorityDiffers, referencePrefix, type Fields } from './ticket-defaults.ts';

/** Fields of a new record, with what it must have; undefined, and reported, when the row gives too little. */
export function completeRecord(
  entity: EntityKind, given: Fields, plan: PlannedRow, report: ReportBuilder, mapping: Mapping, ports: ImportPorts,
): Fields | undefined {
  const { row, line } = plan.source;
  const fields = present(given);
  const { titleField } = entities[entity];
  if (entity === 'ticket' && !mapping.exact && fields[titleField] === undefined && Object.keys(fields).length > 0) {
    const title = titleOf(fields, plan.key);
    if (title !== '') {
      fields[titleField] = title;
      report.add({ kind: 'changed', reason: 'title-composed', row, line, column: '', value: '', expected: title });
    }
  }
  if (fields[titleField] === undefined && !mapping.exact) {
    report.refuseRow(plan.source, 'nothing-in-row', '', plan.source.cells.join(' | '), titleField);
    return undefined;
  }
  // Our own export says everything there is about a record; nothing is added to it.
  if (mapping.exact) return fields;
  if (entity !== 'ticket') return Object.hasOwn(entities[entity].fields, 'active') ? { active: true, ...fields } : fields;
  const complete = completeTicket(fields);
  complete['reference'] ??= ports.newReference(referencePrefix(complete));
  if (priorityDiffers(complete)) {
    report.add({ kind: 'noted', reason: 'priority-differs-from-matrix', row, line, column: '', value: String(complete['priority']), expected: '' });
  }
  return complete;
}

function titleOf(fields: Fields, key: string | null): string {
  const { description } = fields;
  const firstLine = typeof description === 'string' ? (description.split('\n', 1)[0] ?? '').trim() : '';
  if (firstLine === '') return composeTitle(fields, key ?? '');
  return firstLine.length > 120 ? `${cut(firstLine, 119).trimEnd()}…` : firstLine;
}

/**
 * What a row changes on a record that exists. An empty cell changes nothing, except in our own export, where it clears
 * the field and elements that are not listed leave their set. Priority follows impact and urgency unless it is given (PRI-1).
 */
export function recordDifferences(
  definitions: Readonly<Record<string, FieldDefinition>>, known: Readonly<Record<string, FieldValue>>, given: Fields, plan: PlannedRow, mapping: Mapping, report: ReportBuilder,
): Fields {
  const changed: Fields = {};
  const put = (name: string, value: FieldValue): void => {
    const before = known[name] ?? null;
    if (before === value || (value === false && before === null && name.includes('/'))) return;
    if (definitions[name]?.merge === 'fixed' && before !== null) {
      const { row, line } = plan.source;
      report.add({ kind: 'refused', reason: 'cannot-change-later', row, line, column: name, value: String(value), expected: String(before) });
      return;
    }
    changed[name] = value;
  };
  for (const [name, value] of Object.entries(given)) if (value !== null || mapping.exact) put(name, value);
  if (mapping.exact) {
    for (const name of Object.keys(known)) {
      const slash = name.indexOf('/');
      if (slash > 0 && plan.sets.includes(name.slice(0, slash)) && known[name] === true && given[name] !== true) put(name, false);
    }
  }
  const { impact, urgency } = changed;
  if ((impact !== undefined || urgency !== undefined) && typeof given['priority'] !== 'string') {
    put('priority', priorityOf(defaultPriorityMatrix, impact ?? known['impact'], urgency ?? known['urgency']));
  }
  return changed;
}
