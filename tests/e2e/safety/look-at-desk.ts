import type { Draft } from '../../../shared/desktop-api.ts';
import type { ListResult, RecordView, TimelineEntry } from '../../../renderer/data/data-api.ts';
import type { Expected } from './ledger.ts';
import type { PageClient } from './page-client.ts';

/** Tickets as the desk has them now; null for one that is not there. */
export async function readTickets(
  client: PageClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Expected | null>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await readTicket(client, id)] as const)));
}

async function readTicket(client: PageClient, id: string): Promise<Expected | null> {
  const record = (await client.call('query', { type: 'record', id })) as RecordView | null;
  return record === null ? null : { fields: record.values, notes: await readNotes(client, id) };
}

export async function readNotes(client: PageClient, id: string): Promise<readonly string[]> {
  const timeline = (await client.call('query', { type: 'timeline', id })) as readonly TimelineEntry[];
  return timeline.flatMap(({ comment }) => (comment === null ? [] : [comment.body]));
}

export async function listTickets(client: PageClient, search = ''): Promise<ListResult['rows']> {
  const where = { type: 'list', entity: 'ticket', where: [], sort: [], offset: 0, limit: 5_000 } as const;
  return ((await client.call('query', { ...where, search })) as ListResult).rows;
}

export async function readDrafts(client: PageClient, space: string): Promise<readonly Draft[]> {
  const listed = await client.desktop('draftList', { space });
  if (!listed.ok) throw new Error(`draftList: ${listed.failure.message}`);
  return listed.value;
}

/** References given twice: each must name one ticket for ever (D1). */
export function repeatedReferences(rows: ListResult['rows']): readonly string[] {
  const seen = new Set<string>();
  return rows.flatMap(({ values }) => {
    const reference = String(values['reference']);
    if (seen.has(reference)) return [reference];
    seen.add(reference);
    return [];
  });
}
