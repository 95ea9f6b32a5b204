import { z } from 'zod';
import { succeed } from '../../result.ts';
import { mayFollow } from '../asset/asset-status.ts';
import type { Change } from '../change.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';

const assets = z.array(idInput).max(5_000);
const total = z.int().nonnegative();

/**
 * `stock-take.finish` {id, moved, missing, found, misplaced, unknown}: one operation, so that one undo takes it back.
 * Assets of `moved` come to the site of the count; those of `missing` get the status missing where their life cycle
 * allows it. An asset that somebody has moved meanwhile is left as it is.
 */
export const finishStockTake = registerCommand({
  name: 'stock-take.finish',
  input: z.strictObject({
    id: idInput,
    moved: assets,
    missing: assets,
    found: total,
    misplaced: total,
    unknown: total,
    /** How many were not found, whether or not they are marked. */
    absent: total,
  }),
  reads: ({ id, moved, missing }) => ({ ids: [id, ...moved, ...missing] }),
  decide: (input, rows, context) => {
    const found = findRow(rows, input.id, 'stock-take');
    if (!found.ok) return found;
    if (found.value.values['state'] === 'finished') return refuse('stock-take-finished', { field: 'state' });
    const site = found.value.values['site'] ?? null;
    const changes: Change[] = [
      {
        entity: 'stock-take',
        id: input.id,
        fields: {
          state: 'finished',
          finishedAt: context.now,
          foundCount: input.found,
          misplacedCount: input.misplaced,
          missingCount: input.absent,
          unknownCount: input.unknown,
        },
      },
    ];
    for (const id of new Set(input.moved)) {
      const row = rows.get(id);
      if (row?.entity !== 'asset' || row.values['site'] === site) continue;
      // What was missing is there again.
      const status = row.values['status'] === 'missing' ? { status: 'in-stock' } : {};
      changes.push({ entity: 'asset', id, fields: { site, ...status } });
    }
    for (const id of new Set(input.missing)) {
      const row = rows.get(id);
      const { site: isAt, status } = row?.values ?? {};
      if (row?.entity !== 'asset' || isAt !== site || status === 'missing' || !mayFollow(status, 'missing')) continue;
      if (!input.moved.includes(id)) changes.push({ entity: 'asset', id, fields: { status: 'missing' } });
    }
    return succeed(changes);
  },
});
