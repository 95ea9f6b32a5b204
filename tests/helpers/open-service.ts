import 'fake-indexeddb/auto';
import { makeUuid7 } from '../../shared/sync/uuid7.ts';
import { DataService } from '../../renderer/data/data-service.ts';
import type { CommandOutcome, DataStatus, ListResult } from '../../renderer/data/data-api.ts';
import { defaultPolicy } from '../../shared/domain/service-level/default-policy.ts';
import type { MemoryDesktop } from './memory-desktop.ts';

export interface OpenedService {
  readonly service: DataService;
  readonly status: DataStatus;
  /** Runs the idle work that is due and waits for it. */
  readonly idle: () => Promise<void>;
}

/** What a new space begins with: its person, and the usual calendars and service levels. */
export const newSpaceRecords = 1 + defaultPolicy('UTC').length;

/** The alarm each desktop's service has set: tests let time pass by running it. */
export const alarms = new Map<MemoryDesktop, { readonly at: number; readonly run: () => void }>();

/** A data service on fake-indexeddb and the memory desktop. Opening again on the same desktop is a restart. */
export async function openService(
  desktop: MemoryDesktop,
  space: string,
  random: () => number = Math.random,
  demo = false,
): Promise<OpenedService> {
  let due: (() => void) | null = null;
  let now = 1_760_000_000_000;
  const service = new DataService({
    indexedDb: indexedDB,
    port: desktop,
    environment: {
      now: () => (now += 1_000),
      newId: () =>
        makeUuid7(
          now,
          Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
        ),
    },
    wait: () => new Promise((resolve) => setTimeout(resolve, 1)),
    schedule: (run) => {
      setTimeout(run, 0);
    },
    whenIdle: (run) => {
      due = run;
    },
    alarm: (at, run) => {
      alarms.set(desktop, { at, run });
    },
    end: () => undefined,
  });
  const status = await service.open({ space, demo, chromium: '130' });
  if (status.phase === 'ready') await service.space.state.serviceLevels.settled();
  const idle = async (): Promise<void> => {
    due?.();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { service, status, idle };
}

export async function run(service: DataService, name: string, input: unknown): Promise<readonly string[]> {
  const outcome: CommandOutcome = await service.command(name, input);
  if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.failure)}`);
  return outcome.value.ids;
}

export async function listTickets(service: DataService): Promise<ListResult> {
  const sort = [{ field: 'openedAt', direction: 'ascending' }] as const;
  return (await service.answer({
    type: 'list',
    entity: 'ticket',
    where: [],
    search: '',
    sort,
    offset: 0,
    limit: 500,
  })) as ListResult;
}
