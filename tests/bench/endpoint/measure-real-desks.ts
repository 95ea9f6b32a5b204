import type { StorePlace } from '../../../server/store/open-store.ts';
import { quantile } from '../measure.ts';
import { isInStep, openRealDesk, reach, valueOf } from './real-desk.ts';
import { withEndpoint } from './with-endpoint.ts';

export interface SeenTimes {
  readonly edits: number;
  /** ms from the call that saves an edit on A to the moment B's list shows it. */
  readonly p50: number;
  readonly p95: number;
  /** The same without what the engines wait on purpose: from when A begins its push. */
  readonly afterGatheringP50: number;
}

/** What A waits for the next key before it pushes (ms), as `renderer/sync/schedule.ts` has it. */
export const gatheringMs = 250;

/** Edits at one desk until another shows them: both engines as they are, nobody asks them to hurry. */
export async function measureSeenByDesks(place: StorePlace, edits: number): Promise<SeenTimes> {
  return await withEndpoint(place, 2, async ({ url, codes }) => {
    const [a, b] = [await openRealDesk(), await openRealDesk()];
    try {
      for (const [index, desk] of [a, b].entries()) await desk.enrol(url, codes[index] ?? '');
      const fields = { type: 'incident', title: 'Printer', impact: '2', urgency: '2' };
      const [id = ''] = await a.command('ticket.create', { fields });
      await reach(b, 'the ticket on B', () => valueOf(b, id, 'title') === 'Printer');
      const times: number[] = [];
      for (let turn = 0; turn < edits; turn += 1) {
        await reach(a, 'A in step', () => isInStep(a));
        const title = `Printer ${turn}`;
        const began = performance.now();
        await a.command('ticket.edit', { id, fields: { title } });
        await reach(b, 'the edit on B', () => valueOf(b, id, 'title') === title);
        times.push(performance.now() - began);
      }
      const p50 = quantile(times, 0.5);
      return { edits, p50, p95: quantile(times, 0.95), afterGatheringP50: Math.max(0, p50 - gatheringMs) };
    } finally {
      a.close();
      b.close();
    }
  });
}
