import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateText } from '../../../../shared/sync/digest.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { createMemoryDesktop, mintAnew, type MemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService, run, type OpenedService } from '../../../helpers/open-service.ts';
import { deskText, PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';

/** Other histories in each run; REPLICA_SEED and REPLICA_RUNS play some again, or more of them. */
const seed = Number(process.env['REPLICA_SEED'] ?? Date.now() % 2 ** 31);

let spaces = 0;
/** Ids, and so which chain of a fork keeps the name, follow from the history. */
let random: () => number = Math.random;

/** Device ids of which there are two installations. */
const cloned = new Set<string>();

function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Desk extends OpenedService {
  readonly desktop: MemoryDesktop;
  space: string;
}

async function openDesk(desktop: MemoryDesktop): Promise<Desk> {
  const space = `replica-${++spaces}`;
  return { desktop, space, ...(await openService(desktop, space, () => random())) };
}

const titleOf = (operation: Operation): string => String(operation.writes[0]?.fields['title'] ?? '');

type Step =
  | { readonly type: 'write'; readonly pick: number; readonly title: number }
  | { readonly type: 'push'; readonly most: number }
  | { readonly type: 'pull'; readonly limit: number; readonly late: number }
  | { readonly type: 'restart' | 'snapshot' | 'wipe' | 'clone' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('write' as const), pick: fc.nat(50), title: fc.nat(6) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('push' as const), most: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('pull' as const),
      limit: fc.integer({ min: 1, max: 8 }),
      late: fc.nat(6),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom('restart', 'snapshot', 'wipe', 'clone') }),
  },
);

async function write({ service }: Desk, pick: number, title: number): Promise<void> {
  const { rows } = await listTickets(service);
  const row = rows[pick % Math.max(1, rows.length)];
  if (row && pick % 4 === 1)
    await run(service, 'ticket.comment', { id: row.id, audience: 'comment', body: `said ${pick}` });
  else if (row && pick % 4 > 1) await service.command('ticket.edit', { id: row.id, fields: { title: `T${title}` } });
  else await run(service, 'ticket.create', { fields: { type: 'incident', title: `T${title}` } });
}

/** IndexedDB is gone: the desk comes back from its snapshot, if it has one, and its journals. */
async function wipe(desk: Desk): Promise<void> {
  const { name } = desk.service.space.database;
  desk.service.space.database.close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(name).addEventListener('success', resolve);
  });
  Object.assign(desk, await openService(desk.desktop, desk.space, () => random()));
}

/** The profile on another machine, where the database is made anew from its files. */
async function cloneOf({ desktop }: Desk): Promise<Desk> {
  const copy = createMemoryDesktop(desktop.files.device);
  copy.files.journal = [...desktop.files.journal];
  copy.files.aside = new Map(desktop.files.aside);
  return openDesk(copy);
}

async function play(desks: Desk[], who: number, next: Step, endpoint: PageEndpoint): Promise<void> {
  const desk = desks[who % desks.length];
  if (!desk) return;
  switch (next.type) {
    case 'write':
      await write(desk, next.pick, next.title);
      break;
    case 'push':
      endpoint.takeFrom(desk.desktop, next.most);
      break;
    case 'pull': {
      const store = storeOf(desk.service);
      const late = endpoint.page(Math.max(0, (store.standing().cursor?.position ?? 0) - next.late), next.limit);
      await endpoint.giveTo(store, next.limit);
      await store.takePage(late);
      break;
    }
    case 'restart':
      Object.assign(desk, await openService(desk.desktop, desk.space, () => random()));
      break;
    case 'snapshot':
      await desk.service.takeSnapshot();
      break;
    case 'wipe':
      await wipe(desk);
      break;
    case 'clone':
      // A chain that parts in itself gets names that depend on the order: one clone of an id.
      if (desks.length === 4 || cloned.has(desk.desktop.files.device)) break;
      cloned.add(desk.desktop.files.device);
      desks.push(await cloneOf(desk));
      break;
  }
}

async function pullAll(desk: Desk, endpoint: PageEndpoint): Promise<void> {
  const store = storeOf(desk.service);
  for (let page = 0; page < 20; page += 1) {
    const { cursor } = await endpoint.giveTo(store, 1_000);
    if (cursor.position === endpoint.log.length) return;
  }
  throw new Error('the desk begins anew without end');
}

const history = fc.tuple(fc.nat(), fc.array(fc.tuple(fc.nat(5), step), { minLength: 10, maxLength: 45 }));

describe('desks over IndexedDB', () => {
  it(`are what a replica of the core is, whatever comes twice, late or refused, is cloned, wiped or restarted (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([start, steps]) => {
        random = randomFrom(start);
        mintAnew();
        cloned.clear();
        const desks = [
          await openDesk(createMemoryDesktop('K3V9Q2M7TA')),
          await openDesk(createMemoryDesktop('M3V9Q2M7TB')),
        ];
        const endpoint = new PageEndpoint((operation) => titleOf(operation) === 'T3');
        for (const [who, next] of steps) await play(desks, who, next, endpoint);
        for (let round = 0; round < 2; round += 1) {
          for (const { desktop } of desks) endpoint.takeFrom(desktop, 10_000);
          for (const desk of desks) await pullAll(desk, endpoint);
        }
        const wanted = stateText(endpoint.replica.settledRecords());
        for (const desk of desks) {
          expect(await deskText(desk.service)).toBe(wanted);
          const { service } = await openService(desk.desktop, desk.space);
          expect(await deskText(service)).toBe(wanted);
        }
      }),
      {
        endOnFailure: true,
        numRuns: Number(process.env['REPLICA_RUNS'] ?? 25),
        seed,
      },
    );
  }, 600_000);
});
