import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveRow } from '../../../renderer/data/engine/derive-row.ts';
import { consolidate, saveColumns } from '../../../renderer/data/engine/maintenance.ts';
import { loadSpace } from '../../../renderer/data/recovery/load-space.ts';
import type { Tables } from '../../../renderer/data/storage/tables.ts';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { listTickets, openService, run } from '../../helpers/open-service.ts';

let spaces = 0;

type Action = {
  readonly kind: 'create' | 'edit' | 'comment' | 'assign' | 'undo' | 'consolidate' | 'save-columns';
  readonly pick: number;
};
const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('create', 'edit', 'edit', 'comment', 'assign', 'undo', 'consolidate', 'save-columns'),
  pick: fc.nat(1_000),
});

/** Everything the columns say, by record, whatever the order of rows. */
function contents(tables: Tables): unknown {
  return Object.fromEntries(
    [...tables.all()].map((table) => [
      table.kind,
      Object.fromEntries(
        Array.from({ length: table.size }, (_, row) => [
          table.idAt(row),
          [
            table.valuesAt(row),
            table.createdAt(row),
            table.updatedAt(row),
            table.ownSeq(row),
            table.isConflict(row),
            table.isDeleted(row),
          ],
        ]),
      ),
    ]),
  );
}

describe('what is derived', () => {
  it('is the same rebuilt from bodies, read from the saved columns, and kept incrementally (D15)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), async (actions) => {
        const desktop = createMemoryDesktop();
        const { service } = await openService(desktop, `derived-${++spaces}`);
        const { space } = service;
        const queues = await run(service, 'record.create', { entity: 'queue', fields: { name: 'Network' } });
        for (const { kind, pick } of actions) {
          const { rows } = await listTickets(service);
          const id = rows[pick % Math.max(1, rows.length)]?.id;
          if (kind === 'create' || id === undefined)
            await run(service, 'ticket.create', { fields: { type: 'incident', title: `Ticket ${pick}` } });
          else if (kind === 'edit')
            await service.command('ticket.edit', {
              id,
              fields: { title: `Title ${pick}`, impact: String(1 + (pick % 3)) },
            });
          else if (kind === 'comment')
            await service.command('ticket.comment', { id, audience: 'comment', body: `Comment ${pick}` });
          else if (kind === 'assign') await service.command('ticket.assign', { id, queue: queues[0] });
          else if (kind === 'undo')
            await service.undo([`${space.state.meta.device}:${1 + (pick % space.state.meta.operations)}`]);
          else if (kind === 'consolidate') await consolidate(space, () => pick % 2 === 0);
          else await saveColumns(space);
        }
        const incremental = contents(space.state.tables);
        const saved = await loadSpace(space.database, false);
        const rebuilt = await loadSpace(space.database, true);
        expect(saved && contents(saved.tables)).toEqual(incremental);
        expect(rebuilt && contents(rebuilt.tables)).toEqual(incremental);
        expect((await service.checkIntegrity()).problems).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('loses nothing when a consolidation stops between any two of its transactions', async () => {
    const desktop = createMemoryDesktop();
    const name = `crash-${++spaces}`;
    const { service } = await openService(desktop, name);
    for (let n = 0; n < 300; n += 1)
      await run(service, 'ticket.create', { fields: { type: 'incident', title: `Ticket ${n}` } });
    const before = contents(service.space.state.tables);
    const [first] = (await listTickets(service)).rows;
    for (let stop = 1; stop <= 5; stop += 1) {
      let slices = 0;
      await consolidate(service.space, () => (slices += 1) <= 1);
      await run(service, 'ticket.edit', { id: first?.id, fields: { title: `After slice ${stop}` } });
      if (stop % 2 === 0) await saveColumns(service.space);
      // What a program that was killed here finds at its next start.
      const found = await loadSpace(service.space.database, false);
      expect(found && contents(found.tables)).toEqual(contents(service.space.state.tables));
    }
    expect(Object.keys(before as object)).toContain('ticket');
    const body = (await service.space.state.store.read([first?.id ?? ''])).get(first?.id ?? '');
    expect(body && deriveRow(body).values['title']).toBe('After slice 5');
  });
});
