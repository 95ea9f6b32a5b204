import { openSyncedDesk, type SyncedDesk } from '../../helpers/endpoint/synced-desk.ts';
import { wait } from '../measure.ts';

/** A desk whole but for its screen: data service, engine and transport in this process, IndexedDB in memory. */
export async function openRealDesk(): Promise<SyncedDesk> {
  return await openSyncedDesk({ hurry: 1 });
}

/** Looks every ms, for at most so long; says how it stands when it never is. */
export async function reach(desk: SyncedDesk, what: string, isSo: () => boolean, atMostMs = 600_000): Promise<void> {
  const until = performance.now() + atMostMs;
  while (!isSo()) {
    if (performance.now() > until) throw new Error(`never ${what}: ${JSON.stringify(desk.sync.state())}`);
    await wait(1);
  }
}

/** Whether it has sent all it has, and has all it was told of. */
export function isInStep(desk: SyncedDesk): boolean {
  const { phase, waiting, problem } = desk.sync.state();
  if (problem !== null) throw new Error(`the desk met ${problem.kind} ${problem.code ?? ''}: ${problem.detail}`);
  return phase === 'idle' && waiting === 0;
}

export function ticketsOf({ service }: SyncedDesk): number {
  return service.space.state.tables.of('ticket').size;
}

export function valueOf({ service }: SyncedDesk, id: string, field: string): unknown {
  const place = service.space.state.tables.find(id);
  return place?.table.valuesAt(place.row)[field];
}
