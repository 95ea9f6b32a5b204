import { describe, expect, it } from 'vitest';
import type { RefusedOperation } from '../../../../renderer/data/sync-api.ts';
import { parseOperation } from '../../../../renderer/data/storage/operation-lines.ts';
import { stateText } from '../../../../shared/sync/digest.ts';
import { hashOperation } from '../../../../shared/sync/operation-hash.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run, type OpenedService } from '../../../helpers/open-service.ts';
import { deskText, PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';

let spaces = 0;

interface Twin extends OpenedService {
  readonly desktop: MemoryDesktop;
  /** Its first operation after the two parted. */
  readonly parting: Operation;
}

async function openTwin(of: MemoryDesktop, title: string): Promise<Twin> {
  const desktop = createMemoryDesktop(of.files.device);
  desktop.files.journal = [...of.files.journal];
  const opened = await openService(desktop, `refused-in-branch-${++spaces}`);
  await run(opened.service, 'ticket.create', { fields: { type: 'incident', title } });
  await run(opened.service, 'ticket.create', { fields: { type: 'incident', title: `after ${title}` } });
  const { text } = desktop.files.journal.at(-2) ?? { text: '' };
  return { desktop, ...opened, parting: parseOperation(text, 'journal') };
}

/** Two installations of one profile have parted; the first of the pair is the one whose chain loses the name. */
async function openTwins(): Promise<readonly [loser: Twin, winner: Twin]> {
  const profile = createMemoryDesktop('K3V9Q2M7TA');
  await openService(profile, `refused-in-branch-${++spaces}`);
  const left = await openTwin(profile, 'left');
  const right = await openTwin(profile, 'right');
  return hashOperation(left.parting) < hashOperation(right.parting) ? [right, left] : [left, right];
}

async function titlesOf({ service }: Twin): Promise<readonly unknown[]> {
  return (await listTickets(service)).rows.map((row) => row.values['title']).toSorted();
}

const titleOf = (operation: Operation): unknown => operation.writes[0]?.fields['title'];

describe('an operation that is refused inside a losing chain', () => {
  it.each(['winner', 'loser'])('goes out of sight where it was made, with the %s admitted first', async (first) => {
    const [loser, winner] = await openTwins();
    const title = titleOf(loser.parting);
    const endpoint = new PageEndpoint((operation) => titleOf(operation) === title);
    const order = first === 'winner' ? [winner, loser] : [loser, winner];
    for (const { desktop } of order) endpoint.takeFrom(desktop, 1_000);
    for (const desk of [loser, winner]) {
      await endpoint.giveTo(storeOf(desk.service), 1_000);
      await endpoint.giveTo(storeOf(desk.service), 1_000);
      expect(await titlesOf(desk)).toEqual([titleOf(winner.parting), 'after left', 'after right'].toSorted());
      expect(await deskText(desk.service)).toBe(stateText(endpoint.replica.settledRecords()));
    }
    const refused = (await loser.service.answer({ type: 'refused' })) as readonly RefusedOperation[];
    expect(refused.map((each) => each.title)).toEqual([title]);
    expect(await winner.service.answer({ type: 'refused' })).toEqual([]);
  });
});
