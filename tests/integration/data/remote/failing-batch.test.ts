import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DataService } from '../../../../renderer/data/data-service.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { createMemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run } from '../../../helpers/open-service.ts';
import { PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';

let spaces = 0;

async function openDesk() {
  const desktop = createMemoryDesktop();
  const space = `failing-${++spaces}`;
  const { service } = await openService(desktop, space);
  return { desktop, space, service };
}

const create = (title: string): unknown => ({ fields: { type: 'incident', title } });
const titles = async (service: DataService): Promise<readonly unknown[]> =>
  (await listTickets(service)).rows.map(({ values }) => values['title']);

function remoteTicket(title: string): Operation {
  const frame = {
    at: [1_760_000_000_000, 0],
    clockOffset: null,
    user: 'p',
    schemaVersion: 1,
    previousHash: '',
  } as const;
  const writes = [{ entity: 'ticket', id: 'remote-1', fields: { title, type: 'incident', state: 'new' }, parents: {} }];
  return { ...frame, device: 'AAAAAAAAAA', seq: 1, command: 'ticket.create', writes };
}

/** The disk is full for everything that writes, until the returned function says that there is room again. */
function fillDisk({ space }: DataService): () => void {
  const connection = space.database.backendDB();
  const begin = connection.transaction.bind(connection);
  const full = vi.spyOn(connection, 'transaction').mockImplementation((names, mode, options) => {
    if (mode === 'readwrite') throw new DOMException('no room', 'QuotaExceededError');
    return begin(names, mode, options);
  });
  return () => full.mockRestore();
}

describe('a page that cannot be saved', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('keeps no command waiting: each is refused for the full disk, and both go on when there is room', async () => {
    const { service, desktop, space } = await openDesk();
    const endpoint = new PageEndpoint();
    endpoint.admit(remoteTicket('From afar'));
    const makeRoom = fillDisk(service);
    const taking = endpoint.giveTo(storeOf(service), 5);
    await vi.waitFor(() => {
      expect(service.space.readOnly).not.toBeNull();
    });
    expect(await service.command('ticket.create', create('Mine'))).toEqual({
      ok: false,
      failure: { kind: 'storage-full' },
    });
    expect(await service.undo([])).toMatchObject({ ok: false, failure: { kind: 'storage-full' } });
    makeRoom();
    await taking;
    await run(service, 'ticket.create', create('Mine'));
    expect((await titles((await openService(desktop, space)).service)).toSorted()).toEqual(['From afar', 'Mine']);
  });

  it('leaves the desk under the new id that the journal has, when it fails after the id was renewed', async () => {
    const { service, desktop, space } = await openDesk();
    const former = desktop.files.device;
    await run(service, 'ticket.create', create('Before'));
    const endpoint = new PageEndpoint();
    endpoint.takeFrom(desktop, 100);
    // Written under this id before the desk was rolled back.
    endpoint.admit({
      ...remoteTicket('Lost here'),
      device: former,
      seq: (endpoint.replica.held[former] ?? 0) + 1,
      previousHash: endpoint.replica.log.lastHashes()[former] ?? '',
    });
    const page = endpoint.page(0, 10);
    const enter = [{ entity: 'ticket', id: 'unreadable', fields: {} }];
    const { store } = service.space.state;
    const read = store.read.bind(store);
    vi.spyOn(store, 'read').mockImplementation((ids) => {
      const wanted = [...ids];
      return wanted.includes('unreadable') ? Promise.reject(new Error('told to fail')) : read(wanted);
    });
    const end = { ...page.end, held: endpoint.replica.held };
    await expect(storeOf(service).takePage({ ...page, enter, end })).rejects.toThrow('told to fail');
    vi.restoreAllMocks();
    await run(service, 'ticket.create', create('After'));
    expect(desktop.files.device).not.toBe(former);
    expect(desktop.files.journal.every(({ text }) => text.includes(`"device":"${desktop.files.device}"`))).toBe(true);
    const again = await openService(desktop, space);
    expect(await titles(again.service)).toEqual(['Before', 'After']);
  });
});
