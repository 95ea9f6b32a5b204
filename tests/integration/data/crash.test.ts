import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataService } from '../../../renderer/data/data-service.ts';
import { makeUuid7 } from '../../../shared/sync/uuid7.ts';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { listTickets, openService } from '../../helpers/open-service.ts';

const never = new Promise<never>(() => undefined);
let spaces = 0;

/** How far each copy of the last save gets before the program is killed. Both are written at the same time. */
const crash = fc.record({
  before: fc.nat(4),
  together: fc.integer({ min: 1, max: 3 }),
  journal: fc.constantFrom('not-written', 'not-answered', 'answered'),
  database: fc.constantFrom('not-written', 'written'),
});

describe('a program killed while it saves', () => {
  it('has every acknowledged change at its next start, whichever copy came first, and no half of any', async () => {
    await fc.assert(
      fc.asyncProperty(crash, async ({ before, together, journal, database }) => {
        const desktop = createMemoryDesktop();
        const space = `crash-${++spaces}`;
        let dying = false;
        let now = 1_760_000_000_000;
        const service = new DataService({
          indexedDb: indexedDB,
          port: {
            ask: async (name, input) => {
              if (!dying || name !== 'journalAppend' || journal === 'answered') return desktop.ask(name, input);
              if (journal === 'not-answered') await desktop.ask(name, input);
              return never;
            },
          },
          environment: {
            now: () => (now += 1_000),
            newId: () =>
              makeUuid7(
                now,
                Uint8Array.from({ length: 10 }, () => Math.floor(Math.random() * 256)),
              ),
          },
          // A retry would come after the end.
          wait: () => never,
          schedule: (run) => setTimeout(run, 0),
          whenIdle: () => undefined,
          alarm: () => undefined,
          end: () => undefined,
        });
        await service.open({ space, demo: false, chromium: '130' });
        await service.space.state.serviceLevels.settled();
        const create = async (title: string): Promise<void> => {
          await service.command('ticket.create', { fields: { type: 'incident', title } });
          acknowledged.push(title);
        };
        const acknowledged: string[] = [];
        for (let number = 0; number < before; number += 1) await create(`Before ${number}`);

        const connection = service.space.database.backendDB();
        const transaction = connection.transaction.bind(connection);
        connection.transaction = (stores, mode, options) => {
          const made = transaction(stores, mode, options);
          if (mode === 'readwrite' && database === 'not-written')
            made.commit = () => {
              made.abort();
            };
          return made;
        };
        dying = true;
        const creates = Array.from({ length: together }, (_, number) => create(`Last ${number}`));
        // Where nothing is held up all are saved in the end; else the first one holds up the others.
        if (journal === 'answered' && database === 'written') await Promise.all(creates);
        else await new Promise((resolve) => setTimeout(resolve, 60));
        service.space.database.close();

        const again = await openService(desktop, space);
        const titles = (await listTickets(again.service)).rows.map((row) => String(row.values['title']));
        expect(again.status.phase).toBe('ready');
        for (const title of acknowledged) expect(titles).toContain(title);
        expect(titles.length).toBeLessThanOrEqual(before + together);
        expect((await again.service.checkIntegrity()).problems).toEqual([]);
        // Both copies are whole again: everything in the database is in the journal.
        const { operations } = again.service.space.state.meta;
        expect(desktop.files.journal).toHaveLength(operations);
        // A save with both copies is acknowledged, one without either is not there.
        if (journal === 'answered' && database === 'written') expect(acknowledged).toHaveLength(before + together);
        if (journal === 'not-written' && database === 'not-written') expect(titles).toHaveLength(before);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
