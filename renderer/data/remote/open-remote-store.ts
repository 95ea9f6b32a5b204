import { schemaVersion } from '../../../shared/domain/entities.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { askDesktop } from '../desktop-port.ts';
import { waitingOperations } from '../engine/answers.ts';
import type { Space } from '../engine/space.ts';
import { outgoing } from './outgoing.ts';
import type { RemotePorts } from './remote-batch.ts';
import type { RemoteStore } from './remote-store.ts';
import { forgetEndpoint, setAside, takeHello, takePushAnswer } from './take-hello.ts';
import { pullFrom, takePage } from './take-page.ts';
import { takeRecord, takeRecords } from './take-records.ts';

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
  let fetchBegan = '';
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
      };
    },
    takeHello: async (hello, clockOffsetMs) => told(await takeHello(space, ports, hello, clockOffsetMs)),
    outgoing: (hello) => outgoing(space, hello, { port, space: name }),
    takePushAnswer: async (answer) => told(await takePushAnswer(space, ports, answer)),
    setAside: (batch, problem) => setAside(space, ports, batch, problem),
    pullFrom: (hello) => pullFrom(space, hello),
    takePage: (page) => takePage(space, ports, page),
    takeRecords: (answer, after) => {
      // What may be seen can change between two pages: then it is not yet fetched, and the next greeting tells.
      if (after === '') fetchBegan = answer.scope;
      return takeRecords(space, ports, { ...answer, scope: fetchBegan }, after);
    },
    takeRecord: (answer) => takeRecord(space, ports, answer),
    forget: async () => {
      told(await forgetEndpoint(space, ports));
    },
  };
}
