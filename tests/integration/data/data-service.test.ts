import { describe, expect, it, vi } from 'vitest';
import type { RecordView, TimelineEntry } from '../../../renderer/data/data-api.ts';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { listTickets, openService, run, newSpaceRecords } from '../../helpers/open-service.ts';

let spaces = 0;
const newSpace = (): string => `data-${++spaces}`;

describe('the data service', () => {
  it('saves a ticket in both copies and shows it again after a restart', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const { service, status } = await openService(desktop, space);
    expect(desktop.errors).toEqual([]);
    expect(status.phase).toBe('ready');
    const [id] = await run(service, 'ticket.create', { fields: { type: 'incident', title: 'Printer on fire' } });
    expect(desktop.files.journal).toHaveLength(3);
    const again = await openService(desktop, space);
    const list = await listTickets(again.service);
    expect(list.rows.map((row) => [row.id, row.values['title'], row.values['state']])).toEqual([
      [id, 'Printer on fire', 'new'],
    ]);
    expect(again.status.recovery).toBeNull();
  });

  it('rebuilds an emptied database from the journal and says so', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const { service, idle } = await openService(desktop, space);
    for (const title of ['One', 'Two', 'Three'])
      await run(service, 'ticket.create', { fields: { type: 'incident', title } });
    await idle();
    const digest = await listTickets(service);
    service.space.database.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(service.space.database.name).addEventListener('success', resolve);
    });
    const again = await openService(desktop, space);
    expect(again.status.recovery).toMatchObject({ cause: 'database-emptied', fromJournal: 5, lost: 0 });
    expect(await listTickets(again.service)).toEqual(digest);
    expect((await again.service.checkIntegrity()).problems).toEqual([]);
  });

  it('replays the journal tail when the database is behind', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const first = await openService(desktop, space);
    await run(first.service, 'ticket.create', { fields: { type: 'incident', title: 'Known' } });
    const state = first.service.space.state.meta;
    await run(first.service, 'ticket.create', { fields: { type: 'incident', title: 'Only in the journal' } });
    const { database } = first.service.space;
    await database.ops.delete(state.lastLogKey + 1);
    await database.meta.put(state);
    const lost = (await listTickets(first.service)).rows.find((row) => row.values['title'] === 'Only in the journal');
    await database.delta.delete(lost?.id ?? '');
    const again = await openService(desktop, space);
    expect((await listTickets(again.service)).rows.map((row) => row.values['title'])).toEqual([
      'Known',
      'Only in the journal',
    ]);
  });

  it('undoes an edit, a comment and a creation as new operations', async () => {
    const desktop = createMemoryDesktop();
    const { service } = await openService(desktop, newSpace());
    const created = await service.command('ticket.create', { fields: { type: 'incident', title: 'Before' } });
    if (!created.ok) throw new Error('refused');
    const [id = ''] = created.value.ids;
    const edited = await service.command('ticket.edit', { id, fields: { title: 'After', impact: '1' } });
    const noted = await service.command('ticket.comment', { id, audience: 'work-note', body: 'Looked at it' });
    if (!edited.ok || !noted.ok) throw new Error('refused');
    const view = async (): Promise<RecordView | null> =>
      (await service.answer({ type: 'record', id })) as RecordView | null;
    const history = async (): Promise<readonly TimelineEntry[]> =>
      (await service.answer({ type: 'timeline', id })) as readonly TimelineEntry[];
    expect((await view())?.values).toMatchObject({ title: 'After', impact: '1', priority: '3' });
    expect((await history()).filter((entry) => entry.comment !== null)).toHaveLength(1);
    expect((await service.undo(noted.value.dots)).ok).toBe(true);
    expect((await history()).filter((entry) => entry.comment !== null)).toHaveLength(0);
    expect((await service.undo(edited.value.dots)).ok).toBe(true);
    expect((await view())?.values).toMatchObject({ title: 'Before', impact: '3', priority: '5' });
    expect((await service.undo(created.value.dots)).ok).toBe(true);
    expect(await view()).toBeNull();
    expect((await listTickets(service)).total).toBe(0);
  });

  it('keeps an edit through a full disk and saves it when space returns', async () => {
    const desktop = createMemoryDesktop();
    const { service } = await openService(desktop, newSpace());
    desktop.failing = { name: 'journalAppend', kind: 'disk-full' };
    let saved = false;
    const pending = service
      .command('ticket.create', { fields: { type: 'incident', title: 'Kept' } })
      .then((outcome) => {
        saved = outcome.ok;
      });
    await vi.waitFor(async () => {
      expect(await service.answer({ type: 'status' })).toMatchObject({ phase: 'read-only' });
    });
    expect(saved).toBe(false);
    expect(await service.command('ticket.create', { fields: { type: 'incident', title: 'Refused' } })).toMatchObject({
      ok: false,
      failure: { kind: 'storage-full' },
    });
    desktop.failing = null;
    await pending;
    expect(saved).toBe(true);
    expect(((await service.answer({ type: 'status' })) as { phase: string }).phase).toBe('ready');
    expect(desktop.files.journal).toHaveLength(3);
  });

  it('does not take back a creation that somebody has worked on since: nothing typed is lost', async () => {
    for (const work of ['edit', 'comment'] as const) {
      const { service } = await openService(createMemoryDesktop(), newSpace());
      const created = await service.command('ticket.create', { fields: { type: 'incident', title: 'Shared' } });
      if (!created.ok) throw new Error('refused');
      const [id = ''] = created.value.ids;
      if (work === 'edit') await run(service, 'ticket.edit', { id, fields: { description: 'Typed since' } });
      else await run(service, 'ticket.comment', { id, audience: 'comment', body: 'Typed since' });
      expect(await service.undo(created.value.dots)).toMatchObject({ ok: false, failure: { kind: 'changed-since' } });
      expect((await listTickets(service)).total).toBe(1);
    }
  });

  it('redoes by undoing the undo, also of a creation', async () => {
    const { service } = await openService(createMemoryDesktop(), newSpace());
    const created = await service.command('ticket.create', { fields: { type: 'incident', title: 'There' } });
    if (!created.ok) throw new Error('refused');
    const undone = await service.undo(created.value.dots);
    if (!undone.ok) throw new Error('refused');
    expect((await listTickets(service)).total).toBe(0);
    expect((await service.undo(undone.value.dots)).ok).toBe(true);
    expect((await listTickets(service)).total).toBe(1);
  });

  it('rebuilds a moved profile from its snapshot alone, and still knows it at the next start', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const first = await openService(desktop, space);
    const [id] = await run(first.service, 'ticket.create', { fields: { type: 'incident', title: 'Moved' } });
    await first.service.takeSnapshot();
    await first.idle();
    const { vector } = first.service.space.state.meta;
    first.service.space.database.close();
    const deleted = indexedDB.deleteDatabase(first.service.space.database.name);
    await new Promise((resolve) => {
      deleted.addEventListener('success', resolve);
    });
    // Another machine: a new device id, whose journal is empty.
    desktop.files.device = 'M0VED00000';
    desktop.files.journal = [];
    const second = await openService(desktop, space);
    expect(second.status.recovery).toMatchObject({ cause: 'database-emptied', fromSnapshot: newSpaceRecords + 1 });
    second.service.space.database.close();
    const third = await openService(desktop, space);
    expect(third.service.space.state.meta.vector).toEqual(vector);
    await run(third.service, 'ticket.edit', { id, fields: { title: 'Edited after the move' } });
    expect((await listTickets(third.service)).rows.map((row) => row.values['title'])).toEqual([
      'Edited after the move',
    ]);
  });
});
