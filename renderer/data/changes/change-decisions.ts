import { readDecision, type Decision } from '../../../shared/domain/approval/judge-approval.ts';
import { standingOf, type ChangeStanding } from '../../../shared/domain/change-request/change-phase.ts';
import type { Tables } from '../storage/tables.ts';

/** Every decision in the columns, by the change it is about. */
export function decisionsByChange(tables: Tables): ReadonlyMap<string, readonly Decision[]> {
  const approvals = tables.of('approval');
  const found = new Map<string, Decision[]>();
  for (let row = 0; row < approvals.size; row += 1) {
    if (approvals.isDeleted(row)) continue;
    const values = approvals.valuesAt(row);
    const decision = readDecision(approvals.idAt(row), values);
    if (decision === null) continue;
    const change = String(values['change']);
    const known = found.get(change);
    if (known) known.push(decision);
    else found.set(change, [decision]);
  }
  return found;
}

/** How the change in a row stands, from the columns alone. */
export function standingAt(tables: Tables, row: number, decisions: readonly Decision[]): ChangeStanding {
  const changes = tables.of('change');
  const values = changes.valuesAt(row);
  return standingOf(values, decisions, String(values['planDigest']));
}
