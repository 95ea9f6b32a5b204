import type { DataService } from '../data/data-service.ts';
import { openRemoteStore } from '../data/remote/open-remote-store.ts';
import type { RemoteStore } from '../data/remote/remote-store.ts';
import type { SyncedSpace } from '../sync/sync-service.ts';

/** The open space as the exchange works with it: what is taken counts as work, so that damage shows and rest follows. */
export function syncedSpace(service: DataService, now: () => number): SyncedSpace {
  const { space, name } = service;
  const store = openRemoteStore(space, name, service.port, now);
  const working: RemoteStore = {
    standing: store.standing,
    outgoing: store.outgoing,
    pullFrom: store.pullFrom,
    takeHello: (hello, offset) => service.whileBusy(() => store.takeHello(hello, offset)),
    takePushAnswer: (answer) => service.whileBusy(() => store.takePushAnswer(answer)),
    setAside: (batch, problem) => service.whileBusy(() => store.setAside(batch, problem)),
    takePage: (page) => service.whileBusy(() => store.takePage(page)),
    takeRecords: (answer, after) => service.whileBusy(() => store.takeRecords(answer, after)),
    takeRecord: (answer) => service.whileBusy(() => store.takeRecord(answer)),
    takeAbsence: (record) => service.whileBusy(() => store.takeAbsence(record)),
    takePart: (given) => service.whileBusy(() => store.takePart(given)),
    forget: () => service.whileBusy(() => store.forget()),
  };
  return {
    name,
    store: working,
    nameOf: (person) => space.state.tables.titleOf('person', person) ?? '',
    hasTicket: (id) => {
      const table = space.state.tables.of('ticket');
      const row = table.rowOf(id);
      return row !== undefined && !table.isDeleted(row);
    },
  };
}
