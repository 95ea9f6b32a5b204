import { majorTriggersSetting, readTriggers, triggersOf } from '../../../shared/domain/major-incident/trigger-rules.ts';
import { majorIdOf } from '../../../shared/domain/major-incident/major-incident.ts';
import type { Tables } from '../storage/tables.ts';
import type { MajorTrigger, MajorTriggersQuery } from './problem-api.ts';

/** Incidents that the rules of the space would propose and nobody has, from the columns; the most urgent first. */
export function findMajorTriggers(
  tables: Tables,
  setting: (name: string) => unknown,
  { limit }: MajorTriggersQuery,
): readonly MajorTrigger[] {
  const rules = readTriggers(setting(majorTriggersSetting));
  const tickets = tables.of('ticket');
  const services = tables.of('service');
  const state = tickets.columns.get('state');
  const parent = tickets.columns.get('parent');
  const children = new Map<string, number>();
  for (let row = 0; row < tickets.size; row += 1) {
    const above = parent?.get(row);
    if (typeof above === 'string') children.set(above, (children.get(above) ?? 0) + 1);
  }
  const found: (MajorTrigger & { readonly priority: string })[] = [];
  for (let row = 0; row < tickets.size; row += 1) {
    const is = state?.get(row);
    if (is === 'resolved' || is === 'closed' || is === 'canceled' || tickets.isDeleted(row)) continue;
    const id = tickets.idAt(row);
    if (tables.of('major-incident').rowOf(majorIdOf(id)) !== undefined) continue;
    const values = tickets.valuesAt(row);
    const service = typeof values['service'] === 'string' ? services.rowOf(values['service']) : undefined;
    const criticality = service === undefined ? null : services.columns.get('criticality')?.get(service);
    const reasons = triggersOf(values, { criticality, children: children.get(id) ?? 0 }, rules);
    if (reasons.length === 0) continue;
    found.push({ id, title: tickets.titleAt(row), reasons, priority: String(values['priority'] ?? '9') });
  }
  return found
    .sort((left, right) => left.priority.localeCompare(right.priority) || right.reasons.length - left.reasons.length)
    .slice(0, limit)
    .map(({ id, title, reasons }) => ({ id, title, reasons }));
}
