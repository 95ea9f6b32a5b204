import { z } from 'zod';
import { succeed } from '../../result.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { stockTakeEntry, stockTakeEntryId } from './stock-take.ts';

/**
 * `stock-take.count` {id, scanned, asset}: notes that something was found. `asset` is null for a text that no asset
 * has. What is counted already changes nothing.
 */
export const countAsset = registerCommand({
  name: 'stock-take.count',
  input: z.strictObject({
    id: idInput,
    scanned: z.string().trim().min(1).max(stockTakeEntry.fields.scanned.maxLength),
    asset: idInput.nullable(),
  }),
  reads: ({ id, scanned, asset }) => ({
    ids: [id, stockTakeEntryId(id, asset, scanned), ...(asset === null ? [] : [asset])],
  }),
  decide: ({ id, scanned, asset }, rows, context) => {
    const found = findRow(rows, id, 'stock-take');
    if (!found.ok) return found;
    if (found.value.values['state'] === 'finished') return refuse('stock-take-finished', { field: 'state' });
    if (asset !== null) {
      const counted = findRow(rows, asset, 'asset');
      if (!counted.ok) return counted;
    }
    const entry = stockTakeEntryId(id, asset, scanned);
    const known = rows.get(entry);
    if (known !== undefined)
      return succeed(
        known.values['active'] === false ? [{ entity: 'stock-take-entry', id: entry, fields: { active: true } }] : [],
      );
    return succeed([
      {
        entity: 'stock-take-entry',
        id: entry,
        create: true,
        fields: { stockTake: id, asset, scanned, countedAt: context.now, countedBy: context.user, active: true },
      },
    ]);
  },
});
