import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { DataService } from '../../../renderer/data/data-service.ts';
import { SearchDatabase } from '../../../renderer/data/search/search-database.ts';
import type { SearchView } from '../../../renderer/data/search/search-api.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../helpers/memory-desktop.ts';
import { openService, run } from '../../helpers/open-service.ts';

let spaces = 0;
const newSpace = (): string => `search-${++spaces}`;

async function find(service: DataService, text: string): Promise<SearchView> {
  return (await service.answer({
    type: 'search',
    text,
    kinds: ['ticket', 'person', 'asset'],
    limit: 20,
  })) as SearchView;
}

const titles = (view: SearchView): readonly string[] => view.found.map(({ title }) => title);

async function whole(service: DataService): Promise<void> {
  await vi.waitFor(() => expect(service.space.state.search.isWhole).toBe(true), { timeout: 10_000 });
}

async function openWithTickets(desktop: MemoryDesktop, space: string): Promise<DataService> {
  const { service, idle } = await openService(desktop, space);
  const create = (fields: Record<string, unknown>): Promise<readonly string[]> =>
    run(service, 'ticket.create', { fields: { type: 'incident', ...fields } });
  await create({ title: 'Mail is slow', description: 'The tunnel to Zürich ends after five minutes.' });
  const [id = ''] = await create({ title: 'Printer jam', category: 'Hardware' });
  await run(service, 'ticket.comment', { id, audience: 'work-note', body: 'Changed the fuser unit.' });
  await whole(service);
  await idle();
  await vi.waitFor(async () => expect(await savedParts(service)).toBeGreaterThan(0));
  return service;
}

const databaseOf = (service: DataService): SearchDatabase =>
  new SearchDatabase(service.space.database.name, 'any version');

async function savedParts(service: DataService): Promise<number> {
  const database = databaseOf(service);
  const count = await database.parts.count();
  database.close();
  return count;
}

describe('search over everything', () => {
  it('finds texts and notes, follows each change, and shows where the words stand', async () => {
    const desktop = createMemoryDesktop();
    const service = await openWithTickets(desktop, newSpace());
    const view = await find(service, 'zurich tunnel');
    expect(titles(view)).toEqual(['Mail is slow']);
    const { snippet } = view.found[0] ?? {};
    expect(snippet?.marks.map(([start, end]) => snippet.text.slice(start, end))).toEqual(['tunnel', 'Zürich']);
    expect(titles(await find(service, 'fuser'))).toEqual(['Printer jam']);
    expect(titles(await find(service, 'fuser category:hard state:open'))).toEqual(['Printer jam']);
    expect(titles(await find(service, 'fuser -state:open'))).toEqual([]);
    expect((await find(service, 'state:melted')).faults).toMatchObject([{ kind: 'bad-value', got: 'state:melted' }]);
    await run(service, 'ticket.edit', { id: view.found[0]?.row.id, fields: { description: 'Nothing any more.' } });
    expect(titles(await find(service, '"zurich ends"'))).toEqual([]);
  });

  it('narrows a list by the whole text and by filters', async () => {
    const service = await openWithTickets(createMemoryDesktop(), newSpace());
    const list = async (search: string): Promise<number> => {
      const answer = await service.answer({
        type: 'list',
        entity: 'ticket',
        where: [],
        search,
        sort: [],
        offset: 0,
        limit: 5,
      });
      return (answer as { readonly total: number }).total;
    };
    expect(await list('zurich')).toBe(1);
    expect(await list('state:open')).toBe(2);
    expect(await list('fuser state:closed')).toBe(0);
    expect(await list('-fuser')).toBe(1);
  });

  it('is there after a restart without reading the records again, with what came since', async () => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const first = await openWithTickets(desktop, space);
    await run(first, 'ticket.create', { fields: { type: 'incident', title: 'Came after the index was saved' } });
    const { service } = await openService(desktop, space);
    const read = vi.spyOn(service.space.state.store, 'readTexts');
    await whole(service);
    const ids = read.mock.calls.flatMap(([asked]) => asked);
    expect(ids.length).toBeLessThan(3);
    expect(titles(await find(service, 'fuser'))).toEqual(['Printer jam']);
    expect(titles(await find(service, 'index saved'))).toEqual(['Came after the index was saved']);
    expect(desktop.errors).toEqual([]);
  });

  it.each(['damaged', 'missing', 'older'] as const)('is built anew when it is %s', async (how) => {
    const desktop = createMemoryDesktop();
    const space = newSpace();
    const first = await openWithTickets(desktop, space);
    const database = databaseOf(first);
    if (how === 'missing') await database.parts.clear();
    else if (how === 'older') await database.manifest.update('index', { version: '0.0' });
    else
      await database.parts.toCollection().modify((part) => {
        part.bytes[part.bytes.length - 1] = 255 - (part.bytes.at(-1) ?? 0);
      });
    database.close();
    const { service, status } = await openService(desktop, space);
    expect(status.recovery).toBeNull();
    await whole(service);
    expect(titles(await find(service, 'fuser'))).toEqual(['Printer jam']);
    expect(titles(await find(service, 'zurich'))).toEqual(['Mail is slow']);
  });
});
