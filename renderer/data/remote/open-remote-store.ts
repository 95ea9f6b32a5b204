import { schemaVersion } from '../../../shared/domain/entities.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { askDesktop } from '../desktop-port.ts';
import { waitingOperations } from '../engine/answers.ts';
import type { Space } from '../engine/space.ts';
import { outgoing } from './outgoing.ts';
import type { RemoteMeta } from '../storage/database.ts';
import type { RemotePorts } from './remote-batch.ts';
import type { RemoteStanding, RemoteStore } from './remote-store.ts';
import { forgetEndpoint, setAside, takeHello, takePushAnswer } from './take-hello.ts';
import { pullFrom, takePage } from './take-page.ts';
import { takePart } from './take-part.ts';
import { staleRecords } from './stale-records.ts';
import { beginFetch, takeAbsence, takeRecord, takeRecords, type RecordsFetch } from './take-records.ts';

/** `name` is the space's name at the shell, `now` the wall clock in ms. */
export function openRemoteStore(space: Space, name: string, port: DesktopPort, now: () => number): RemoteStore {
  const ports: RemotePorts = {
    now,
    renewDevice: async () => (await askDesktop(port, 'journalRestart', { space: name, as: 'new-device' })).device,
  };
  const told = <Value>(value: Value): Value => {
    // What waits for the network has changed without a row having changed.
    space.state.watches.refresh(({ type }) => type !== 'status' && type !== 'job' && type !== 'sync');
    return value;
  };
  let fetch: RecordsFetch | null = null;
  /** Snapshots this desk cannot stand on. */
  const unfit = new Set<string>();
  return {
    standing: () => {
      const { meta } = space.state;
      return {
        device: meta.device,
        person: meta.user,
        cursor: meta.remote?.cursor ?? null,
        scope: meta.remote?.scope ?? '',
        acknowledgedSeq: meta.acknowledgedSeq,
        waiting: waitingOperations(space.state),
        waitingSince: meta.waitingSince ?? null,
        schemaVersion,
        stale: staleRecords(meta.remote),
        snapshot: snapshotOf(meta.remote),
      };
    },
    takeHello: async (hello, clockOffsetMs) => told(await takeHello(space, ports, hello, clockOffsetMs, unfit)),
    outgoing: (hello) => outgoing(space, hello, { port, space: name }),
    takePushAnswer: async (answer) => told(await takePushAnswer(space, ports, answer)),
    setAside: (batch, problem) => setAside(space, ports, batch, problem),
    pullFrom: (hello) => pullFrom(space, hello),
    takePart: async (given) => {
      const taken = await takePart(space, ports, given);
      if (!taken.ok && taken.why !== 'out-of-turn') unfit.add(given.hash);
      return taken;
    },
    takePage: (page) => takePage(space, ports, page),
    takeRecords: async (answer, after) => {
      const before = after !== '' && fetch?.after === after ? fetch : beginFetch(answer, after);
      fetch = await takeRecords(space, ports, answer, before);
    },
    takeRecord: (answer) => takeRecord(space, ports, answer),
    takeAbsence: (record) => takeAbsence(space, ports, record),
    forget: async () => {
      told(await forgetEndpoint(space, ports));
    },
  };
}

function snapshotOf(remote: RemoteMeta | undefined): RemoteStanding['snapshot'] {
  const { halfTaken } = remote ?? {};
  if (halfTaken === undefined || halfTaken.isGivenUp === true) return null;
  return { hash: halfTaken.hash, next: halfTaken.next, parts: halfTaken.parts };
}
