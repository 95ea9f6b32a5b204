import { describe, expect, it } from 'vitest';
import { parseOperation } from '../../../../renderer/data/storage/operation-lines.ts';
import { hashOperation } from '../../../../shared/sync/operation-hash.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run, type OpenedService } from '../../../helpers/open-service.ts';
import { PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';

let spaces = 0;

interface Desk extends OpenedService {
  readonly desktop: MemoryDesktop;
}

async function openClone(of: MemoryDesktop | null): Promise<Desk> {
  const desktop = createMemoryDesktop('K3V9Q2M7TA');
  desktop.files.journal = [...(of?.files.journal ?? [])];
  return { desktop, ...(await openService(desktop, `nested-fork-${++spaces}`)) };
}

const create = ({ service }: Desk, title: string): Promise<readonly string[]> =>
  run(service, 'ticket.create', { fields: { type: 'incident', title } });

/** Hash of its newest operation. */
const newestHash = ({ desktop }: Desk): string =>
  hashOperation(parseOperation(desktop.files.journal.at(-1)?.text ?? '', 'journal'));

/**
 * Three installations of one profile: the first parted from the others, which have one operation more in common before
 * they parted, too. The chain of these two loses the name, so that the branch parts in itself.
 */
async function openTriplets(): Promise<readonly [alone: Desk, left: Desk, right: Desk]> {
  const profile = await openClone(null);
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const alone = await openClone(profile.desktop);
    await create(alone, 'alone');
    const left = await openClone(profile.desktop);
    await create(left, 'in common');
    const isLosing = newestHash(alone) < newestHash(left);
    if (!isLosing) continue;
    const right = await openClone(left.desktop);
    await create(left, 'left');
    await create(right, 'right');
    for (const desk of [left, right]) await create(desk, 'and more');
    return [alone, left, right];
  }
  throw new Error('no chain lost in forty attempts');
}

async function pullAll({ service }: Desk, endpoint: PageEndpoint, limit: number): Promise<void> {
  const store = storeOf(service);
  for (let page = 0; page < 60; page += 1)
    if ((await endpoint.giveTo(store, limit)).cursor.position === endpoint.log.length) return;
  throw new Error('the desk begins anew without end');
}

const orders = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
] as const;

describe('a losing chain that parts in itself', () => {
  // Which names it gets depends on the order: only that nothing is lost is promised.
  it.each(orders)('is shown whole at every desk, admitted in the order %i, %i, %i', async (...order) => {
    const desks = await openTriplets();
    const endpoint = new PageEndpoint();
    for (const at of order) endpoint.takeFrom(desks[at].desktop, 1_000);
    for (const desk of desks) await pullAll(desk, endpoint, 3);
    for (const desk of desks) {
      expect((await listTickets(desk.service)).rows.map(({ values }) => values['title']).toSorted()).toEqual([
        'alone',
        'and more',
        'and more',
        'in common',
        'left',
        'right',
      ]);
    }
  });
});
