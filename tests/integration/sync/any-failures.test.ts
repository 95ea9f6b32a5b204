import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { openFaultProxy, type Fault, type FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { openOffice, temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { openSyncedDesk, type SyncedDesk } from '../../helpers/endpoint/synced-desk.ts';

type Step =
  | { readonly type: 'create' | 'edit' | 'comment'; readonly desk: 0 | 1; readonly pick: number }
  /** What becomes of the next requests, in turn. */
  | { readonly type: 'network'; readonly faults: readonly Fault[] }
  | { readonly type: 'restart-endpoint' | 'network-change' }
  /** Access tokens end. */
  | { readonly type: 'time-passes'; readonly desk: 0 | 1 }
  | { readonly type: 'rest'; readonly ms: number };

const desk = fc.constantFrom<0 | 1>(0, 1);
const fault = fc.constantFrom<Fault>(
  'none',
  'drop',
  'lose-answer',
  'cut',
  'cut-quietly',
  'duplicate',
  'delay',
  'portal',
  'redirect',
  'gateway-down',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constantFrom('create' as const, 'edit' as const, 'comment' as const),
      desk,
      pick: fc.nat(50),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('network' as const),
      faults: fc.array(fault, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constantFrom('restart-endpoint' as const, 'network-change' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('time-passes' as const), desk }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('rest' as const), ms: fc.nat(60) }) },
);

/** Goes through a story with two desks and an endpoint; afterwards the network is good and all must be equal. */
async function live(story: readonly Step[]): Promise<void> {
  const place = { kind: 'sqlite', directory: temporaryDirectory() } as const;
  let office = await openOffice(place);
  const proxy: FaultProxy = await openFaultProxy(office.url);
  proxy.delayMs = 50;
  const desks: readonly [SyncedDesk, SyncedDesk] = [await openSyncedDesk(), await openSyncedDesk()];
  for (const [at, name] of ['ada', 'bob'].entries()) {
    await addAccount(office.endpoint, name, ['desk-agent', 'administrator']);
    await desks[at]?.enrol(proxy.url, (await giveCode(office.endpoint, name)).code);
  }
  const tickets: string[] = [];
  let entries = 0;
  for (const each of story) {
    switch (each.type) {
      case 'create':
        tickets.push(
          (await desks[each.desk].command('ticket.create', { fields: { title: `made ${tickets.length}` } }))[0] ?? '',
        );
        break;
      case 'edit':
      case 'comment': {
        const id = tickets[each.pick % Math.max(1, tickets.length)];
        const { service, command } = desks[each.desk];
        if (id === undefined || (await service.answer({ type: 'record', id })) === null) break;
        if (each.type === 'edit') await command('ticket.edit', { id, fields: { title: `edited ${each.pick}` } });
        else {
          entries += 1;
          await command('ticket.comment', { id, body: `entry ${entries}`, audience: 'work-note' });
        }
        break;
      }
      case 'network': {
        const faults = [...each.faults];
        proxy.choose = () => faults.shift() ?? 'none';
        break;
      }
      case 'restart-endpoint':
        await office.close();
        office = await openOffice(place);
        proxy.target = office.url;
        break;
      case 'network-change':
        for (const { sync } of desks)
          sync.hear({ kind: 'desktop-event', name: 'networkChanged', payload: { online: true } });
        break;
      case 'time-passes':
        desks[each.desk].transport.skewMs += 10 * 60_000;
        break;
      case 'rest':
        await new Promise((resolve) => setTimeout(resolve, each.ms));
        break;
    }
  }
  proxy.choose = () => 'none';
  const [ada, bob] = desks;
  try {
    await bob.until('equal', async () => {
      const quiet = desks.every(({ sync }) => {
        const { phase, waiting, problem } = sync.state();
        return phase === 'idle' && waiting === 0 && problem === null;
      });
      return quiet && (await ada.digest()) === (await bob.digest());
    });
    const held = await bob.service.contentDigest({ entity: 'ticket' });
    expect(held.records).toBe(tickets.length);
    const log = await office.endpoint.store.read(async (store) => await store.page(0, 100_000, 1e9));
    expect(log.filter(({ body }) => body.includes('"body":"entry ')).length).toBe(entries);
  } finally {
    for (const { close } of desks) close();
    await proxy.close();
    await office.close();
  }
}

describe('any sequence of failures', () => {
  it(
    'ends with equal desks and nothing lost or doubled once the network is good again',
    { timeout: 240_000 },
    async () => {
      const runs = Number(process.env['HOLDFAST_SYNC_RUNS'] ?? 12);
      await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), live), {
        numRuns: runs,
        endOnFailure: true,
      });
    },
  );
});
