import { missingFields } from '../domain/validate-write.ts';
import type { RecordValues } from '../domain/change.ts';
import { entities, type EntityKind } from '../domain/entities.ts';
import type { EntityDefinition, FieldDefinition } from '../domain/field.ts';
import { defaultPriorityMatrix, priorityOf } from '../domain/ticket/priority.ts';
import type { FieldValue } from '../sync/operation.ts';
import { cut } from './cell-reader.ts';
import type { ImportPorts } from './import-step.ts';
import type { ReportBuilder } from './import-report.ts';
import type { Mapping } from './mapping.ts';
import type { PlannedRow } from './plan-row.ts';
import {
  completeTicket,
  composeTitle,
  present,
  priorityDiffers,
  referencePrefix,
  type Fields,
} from './ticket-defaults.ts';
import { valueText } from './value-text.ts';

/** Fields of a new record, with what it must have; undefined, and reported, when the row gives too little. */
export function completeRecord(
  entity: EntityKind,
  given: Fields,
  plan: PlannedRow,
  report: ReportBuilder,
  mapping: Mapping,
  ports: ImportPorts,
): Fields | undefined {
  const fields = present(given);
  // Our own export says everything there is about a record; nothing is added to it.
  if (mapping.exact) return fields;
  const { titleField } = entities[entity];
  if (entity === 'ticket') composeMissingTitle(fields, plan, report);
  if (fields[titleField] === undefined) {
    report.refuseRow(plan.source, 'nothing-in-row', '', plan.source.cells.join(' | '), titleField);
    return undefined;
  }
  if (entity !== 'ticket') {
    // A relation with one end, say, would be of no use to anybody.
    const [missing] = missingFields(entities[entity], fields);
    if (missing === undefined) return completePlain(entities[entity], fields, ports);
    report.refuseRow(plan.source, 'nothing-in-row', '', plan.source.cells.join(' | '), missing);
    return undefined;
  }
  const complete = completeTicket(fields);
  complete['reference'] ??= ports.newReference(referencePrefix(complete));
  if (priorityDiffers(complete)) {
    const { row, line } = plan.source;
    const value = valueText(complete['priority']);
    report.add({ kind: 'noted', reason: 'priority-differs-from-matrix', row, line, column: '', value, expected: '' });
  }
  return complete;
}

/** In use, and with a reference of its own where the kind has one (D1). */
function completePlain(definition: EntityDefinition, fields: Fields, ports: ImportPorts): Fields {
  const { referencePrefix: prefix } = definition;
  const reference =
    prefix !== null && Object.hasOwn(definition.fields, 'reference') ? { reference: ports.newReference(prefix) } : {};
  const active = Object.hasOwn(definition.fields, 'active') ? { active: true } : {};
  return { ...active, ...reference, ...fields };
}

function composeMissingTitle(fields: Fields, plan: PlannedRow, report: ReportBuilder): void {
  if (fields['title'] !== undefined || Object.keys(fields).length === 0) return;
  const title = titleOf(fields, plan.key);
  if (title === '') return;
  fields['title'] = title;
  const { row, line } = plan.source;
  report.add({ kind: 'changed', reason: 'title-composed', row, line, column: '', value: '', expected: title });
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
  definitions: Readonly<Record<string, FieldDefinition>>,
  known: RecordValues,
  given: Fields,
  plan: PlannedRow,
  mapping: Mapping,
  report: ReportBuilder,
): Fields {
  const changed: Fields = {};
  for (const [name, value] of Object.entries({ ...removedElements(known, given, plan, mapping), ...given })) {
    if ((value === null && !mapping.exact) || !isChange(known[name], value, name)) continue;
    if (definitions[name]?.merge === 'fixed' && (known[name] ?? null) !== null) {
      const { row, line } = plan.source;
      report.add({
        kind: 'refused',
        reason: 'cannot-change-later',
        row,
        line,
        column: name,
        value: valueText(value),
        expected: valueText(known[name]),
      });
      continue;
    }
    changed[name] = value;
  }
  return typeof given['priority'] === 'string' || mapping.exact ? changed : withPriority(changed, known);
}

function withPriority(changed: Fields, known: RecordValues): Fields {
  const { impact, urgency } = changed;
  if (impact === undefined && urgency === undefined) return changed;
  const priority = priorityOf(defaultPriorityMatrix, impact ?? known['impact'], urgency ?? known['urgency']);
  return priority === known['priority'] ? changed : { ...changed, priority };
}

/** Null and never written are the same, and so is an element removed or never there. */
function isChange(before: FieldValue | undefined, after: FieldValue, name: string): boolean {
  if (after === (before ?? null)) return false;
  return !(after === false && (before ?? null) === null && name.includes('/'));
}

function removedElements(known: RecordValues, given: Fields, plan: PlannedRow, mapping: Mapping): Fields {
  const removed: Fields = {};
  if (!mapping.exact) return removed;
  for (const [name, value] of Object.entries(known)) {
    const slash = name.indexOf('/');
    if (slash > 0 && value === true && given[name] !== true && plan.sets.includes(name.slice(0, slash)))
      removed[name] = false;
  }
  return removed;
}
