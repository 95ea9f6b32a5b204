import { describe, expect, it } from 'vitest';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import type { MemoryDesktop } from '../../helpers/memory-desktop.ts';
import { listTickets, openService, run, newSpaceRecords } from '../../helpers/open-service.ts';
import type { OpenedService } from '../../helpers/open-service.ts';

let spaces = 0;

/** A space with tickets, at rest and closed. */
async function worked(titles: readonly string[]): Promise<{ desktop: MemoryDesktop; space: string; name: string }> {
  const desktop = createMemoryDesktop();
  const space = `recovery-${++spaces}`;
  const { service, idle } = await openService(desktop, space);
  for (const title of titles) await run(service, 'ticket.create', { fields: { type: 'incident', title } });
  await idle();
  service.space.database.close();
  return { desktop, space, name: service.space.database.name };
}

async function emptied(name: string): Promise<void> {
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(name).addEventListener('success', resolve);
  });
}

async function titlesOf({ service }: OpenedService): Promise<readonly unknown[]> {
  return (await listTickets(service)).rows.map((row) => row.values['title']).toSorted();
}

async function expectWhole(opened: OpenedService): Promise<void> {
  expect((await opened.service.checkIntegrity()).problems).toEqual([]);
}

describe('recovery (D8)', () => {
  it('gives no reference twice and keeps the person at the desk after a rebuild from the journal alone', async () => {
    const { desktop, space, name } = await worked(['One', 'Two']);
    await emptied(name);
    desktop.files.sentinel = null;
    const again = await openService(desktop, space);
    expect(again.status.user?.name).toBe('Me');
    await run(again.service, 'ticket.create', { fields: { type: 'incident', title: 'Three' } });
    const references = (await listTickets(again.service)).rows.map((row) => row.values['reference']);
    expect(new Set(references).size).toBe(3);
  });

  it('uses the older snapshot when a part of the newer one is lost, and says so', async () => {
    const { desktop, space, name } = await worked(['One']);
    const second = await openService(desktop, space);
    await second.service.takeSnapshot();
    await run(second.service, 'ticket.create', { fields: { type: 'incident', title: 'Two' } });
    await second.service.takeSnapshot();
    second.service.space.database.close();
    const newest = [...desktop.files.snapshots.values()].at(-1);
    newest?.parts.splice(1, 1);
    await emptied(name);
    const again = await openService(desktop, space);
    expect(await titlesOf(again)).toEqual(['One', 'Two']);
    expect(again.status.recovery).toMatchObject({ damagedSnapshots: 1, fromSnapshot: newSpaceRecords + 1, lost: 0 });
    await expectWhole(again);
  });

  it('writes a damaged journal again from the database, and speaks of it once', async () => {
    const { desktop, space } = await worked(['One', 'Two', 'Three']);
    desktop.files.journal.splice(1, 1);
    desktop.files.damage = [{ file: '00000001.ndjson', line: 3, reason: 'unreadable line' }];
    const again = await openService(desktop, space);
    expect(again.status.recovery).toMatchObject({ cause: 'journal-damaged', lost: 0, journal: 'written-again' });
    expect(desktop.files.journal).toHaveLength(5);
    await expectWhole(again);
    again.service.space.database.close();
    expect((await openService(desktop, space)).status.recovery).toBeNull();
  });

  it('goes on under a new device id when numbers stand for operations that nobody can read', async () => {
    const { desktop, space, name } = await worked(['One', 'Two']);
    await emptied(name);
    const { device } = desktop.files;
    // The last line is unreadable: the reader counts its number and gives nothing for it.
    const last = desktop.files.journal.pop();
    desktop.files.spentSeq = last?.seq ?? 0;
    const again = await openService(desktop, space);
    expect(again.status.recovery).toMatchObject({ lost: 1, journal: 'new-device' });
    expect(desktop.files.device).not.toBe(device);
    await run(again.service, 'ticket.create', { fields: { type: 'incident', title: 'After' } });
    expect(await titlesOf(again)).toEqual(['After', 'One']);
    again.service.space.database.close();
    await emptied(again.service.space.database.name);
    // What the old device wrote is read from the journal put aside.
    expect(await titlesOf(await openService(desktop, space))).toEqual(['After', 'One']);
  });

  it('begins an interrupted rebuild again instead of taking it for the whole', async () => {
    const { desktop, space, name } = await worked(['One', 'Two']);
    const second = await openService(desktop, space);
    await second.service.takeSnapshot();
    const { database } = second.service.space;
    await database.meta.put({
      ...second.service.space.state.meta,
      vector: {},
      rebuilding: { cause: 'database-emptied', detail: '' },
    });
    database.close();
    const again = await openService(desktop, space);
    expect(again.service.space.database.name).toBe(name);
    expect(again.status.recovery).toMatchObject({ cause: 'database-emptied', lost: 0 });
    expect(await titlesOf(again)).toEqual(['One', 'Two']);
    await expectWhole(again);
  });

  it('rebuilds at the next start what showed damage while it was in use', async () => {
    const { desktop, space, name } = await worked(['One', 'Two']);
    const second = await openService(desktop, space);
    await second.service.space.database.segments.clear();
    const [row] = (await listTickets(second.service)).rows;
    await expect(second.service.answer({ type: 'record', id: row?.id ?? '' })).rejects.toThrow('is missing from');
    await second.idle();
    expect(desktop.files.sentinel?.suspect).toContain('is missing from');
    second.service.space.database.close();
    const third = await openService(desktop, space);
    expect(third.service.space.database.name).not.toBe(name);
    expect(third.status.recovery).toMatchObject({ cause: 'database-damaged', lost: 0 });
    expect(await titlesOf(third)).toEqual(['One', 'Two']);
    expect(desktop.files.sentinel?.suspect).toBeUndefined();
  });
});
