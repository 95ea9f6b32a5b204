import { recordKey } from '../../../../shared/sync/fold.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { ConflictList, ConflictRow } from '../../../../renderer/data/sync-api.ts';
import type { SyncDesk } from '../../../helpers/endpoint/sync-desk.ts';

const rowsPerPage = 500;
const recordsPerSettlement = 500;

/** The inbox of a desk, as its screen pages through it. */
async function inboxOf({ service }: SyncDesk): Promise<readonly ConflictRow[]> {
  const rows: ConflictRow[] = [];
  for (;;) {
    const page = (await service.answer({ type: 'conflicts', offset: rows.length, limit: rowsPerPage })) as ConflictList;
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

/** Fields that some desk does not offer for review with one value shown and another to choose instead. */
export async function notOffered(desks: readonly SyncDesk[], conflicts: readonly string[]): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const desk of desks) {
    const offered = new Set<string>();
    for (const row of await inboxOf(desk))
      for (const { field, heads } of row.fields)
        if (heads.length > 1 && heads.filter(({ shown }) => shown).length === 1)
          offered.add(`${recordKey(row)} ${field}`);
    for (const conflict of conflicts) if (!offered.has(conflict)) missing.add(conflict);
  }
  return [...missing];
}

/** "Keep shown" for all that is in the inbox of one desk. Returns how many fields it settled. */
export async function keepShown(desk: SyncDesk): Promise<number> {
  const chosen = (await inboxOf(desk)).map(({ entity, id, fields }) => ({ entity, id, fields: shownValues(fields) }));
  for (let first = 0; first < chosen.length; first += recordsPerSettlement) {
    const records = chosen.slice(first, first + recordsPerSettlement);
    const outcome = await desk.service.command('record.settle', { records });
    if (!outcome.ok) throw new Error(`record.settle was refused: ${JSON.stringify(outcome.failure)}`);
  }
  return chosen.reduce((sum, { fields }) => sum + Object.keys(fields).length, 0);
}

function shownValues(fields: ConflictRow['fields']): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(
    fields.flatMap(({ field, heads }) => heads.flatMap(({ shown, value }) => (shown ? [[field, value]] : []))),
  );
}
