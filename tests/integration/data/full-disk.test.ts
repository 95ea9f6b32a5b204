import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { DataStatus } from '../../../renderer/data/data-api.ts';
import type { DataService } from '../../../renderer/data/data-service.ts';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { listTickets, openService, run } from '../../helpers/open-service.ts';

let spaces = 0;
const newSpace = (): string => `full-${++spaces}`;
const full = { freeBytes: 10e6, level: 'full' } as const;
const ok = { freeBytes: 5e9, level: 'ok' } as const;

const ticket = (title: string) => ({ fields: { type: 'incident', title } });

async function statusOf(service: DataService): Promise<DataStatus> {
  return (await service.answer({ type: 'status' })) as DataStatus;
}

/** As Chromium does on a full disk: `write` transactions fail in the words of damage. */
function failTransactions(service: DataService, mode: IDBTransactionMode): () => void {
  const connection = service.space.database.backendDB();
  const transaction = connection.transaction.bind(connection);
  connection.transaction = (stores, wanted, options) => {
    if (wanted === mode) throw new DOMException('Internal error.', 'UnknownError');
    return transaction(stores, wanted, options);
  };
  return () => {
    connection.transaction = transaction;
  };
}

describe('a full disk', () => {
  it('is known from the start, reads everything, changes nothing, and ends by itself', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const before = await openService(desktop, space);
    await run(before.service, 'ticket.create', ticket('There before'));
    desktop.storage = full;
    const { service } = await openService(desktop, space);
    await vi.waitFor(async () =>
      expect(await statusOf(service)).toMatchObject({ phase: 'read-only', storage: 'full' }),
    );
    expect((await listTickets(service)).total).toBe(1);
    expect(await service.command('ticket.create', ticket('Refused'))).toMatchObject({
      ok: false,
      failure: { kind: 'storage-full' },
    });
    service.storageChanged(ok);
    expect(await statusOf(service)).toMatchObject({ phase: 'ready', storage: 'ok' });
    await run(service, 'ticket.create', ticket('There after'));
    expect((await listTickets(service)).total).toBe(2);
  });

  it('does not take the last room for an end: a save that succeeds leaves the desk read-only', async () => {
    const desktop = createMemoryDesktop();
    const { service } = await openService(desktop, newSpace());
    desktop.storage = full;
    desktop.failing = { name: 'journalAppend', kind: 'disk-full' };
    const pending = service.command('ticket.create', ticket('Kept'));
    await vi.waitFor(async () => expect(await statusOf(service)).toMatchObject({ phase: 'read-only' }));
    desktop.failing = null;
    expect((await pending).ok).toBe(true);
    expect(await statusOf(service)).toMatchObject({ phase: 'read-only', reason: 'storage.full' });
  });

  it('is not damage: neither to a read nor to idle work', async () => {
    const desktop = createMemoryDesktop();
    const { service, idle } = await openService(desktop, newSpace());
    const [id = ''] = await run(service, 'ticket.create', ticket('Read on a full disk'));
    desktop.storage = full;
    const mend = failTransactions(service, 'readonly');
    await expect(Promise.resolve(service.answer({ type: 'timeline', id }))).rejects.toThrow();
    mend();
    await new Promise((resolve) => setTimeout(resolve, 5));
    desktop.storage = ok;
    service.storageChanged(ok);
    failTransactions(service, 'readwrite');
    service.worked();
    await idle();
    expect(desktop.files.sentinel?.suspect).toBeUndefined();
    expect(desktop.errors.join()).toContain('WriteFailure');
    expect((await statusOf(service)).phase).toBe('ready');
  });

  it('is damage all the same when the disk has had room for long', async () => {
    const desktop = createMemoryDesktop();
    const { service } = await openService(desktop, newSpace());
    const [id = ''] = await run(service, 'ticket.create', ticket('Damaged'));
    failTransactions(service, 'readonly');
    await expect(Promise.resolve(service.answer({ type: 'timeline', id }))).rejects.toThrow();
    await vi.waitFor(() => expect(desktop.files.sentinel?.suspect).toContain('Internal error'));
  });

  it('that leaves no room to open says so, and the opening is tried again', async () => {
    const desktop = createMemoryDesktop();
    desktop.storage = full;
    desktop.failing = { name: 'journalOpen', kind: 'disk-full' };
    const space = newSpace();
    const { service, status } = await openService(desktop, space);
    expect(status).toMatchObject({ phase: 'failed', reason: 'storage.full' });
    desktop.storage = ok;
    desktop.failing = null;
    expect(await service.open({ space, demo: false, chromium: '130' })).toMatchObject({ phase: 'ready' });
  });

  it('is not filled by a snapshot', async () => {
    const desktop = createMemoryDesktop();
    const { service, idle } = await openService(desktop, newSpace(), Math.random, true);
    service.storageChanged({ freeBytes: 9e8, level: 'low' });
    service.worked();
    await idle();
    expect(desktop.files.snapshots.size).toBe(0);
    service.storageChanged(ok);
    service.worked();
    await idle();
    expect(desktop.files.snapshots.size).toBe(1);
  });
});

describe('a database that does not answer any more', () => {
  it('ends the worker once the journal has all that waits, and the next start has it', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const { service } = await openService(desktop, space);
    const { database } = service.space;
    failTransactions(service, 'readwrite');
    let refused = 0;
    for (const title of ['First', 'Second', 'Third'])
      void service.command('ticket.create', ticket(title)).then(({ ok: isTaken }) => (refused += isTaken ? 0 : 1));
    await vi.waitFor(async () => expect(await statusOf(service)).toMatchObject({ phase: 'read-only' }));
    vi.spyOn(database, 'open').mockReturnValue(new Promise(() => undefined) as never);
    void database.reopening?.open(database).catch(() => undefined);
    await vi.waitFor(async () => expect(await statusOf(service)).toMatchObject({ reason: 'storage.stuck' }));
    const again = await openService(desktop, space);
    // One at least waits behind the one that is being written.
    expect(refused).toBeLessThan(2);
    expect((await listTickets(again.service)).total).toBe(3 - refused);
    expect(again.status.recovery).toBeNull();
  });
});
