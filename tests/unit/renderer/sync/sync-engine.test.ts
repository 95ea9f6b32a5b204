import { beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../../shared/sync/protocol.ts';
import { Halted } from '../../../../renderer/sync/exchange.ts';
import { failureOf, linkedAccount, refusalOf, ScriptedEndpoint } from '../../../helpers/scripted-endpoint.ts';

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;
let end: ScriptedEndpoint;
beforeEach(() => {
  end = new ScriptedEndpoint();
});

const askedSince = (from: number): readonly string[] => end.asked.slice(from);
const link = async (): Promise<void> => {
  end.engine.link(linkedAccount);
  await end.pass(100);
};

describe('one exchange', () => {
  it('greets, pushes, pulls until the head, listens, and says how it went', async () => {
    end.written = 1_200;
    end.head = 2_500;
    await link();
    expect(end.asked).toEqual(['hello', 'push', 'push', 'push', 'pull', 'pull', 'pull', 'pull']);
    expect(end.cursor).toEqual({ epoch: 'epoch-1', position: 3_700 });
    expect(end.listening).toEqual([true]);
    expect(end.state).toMatchObject({
      phase: 'idle',
      problem: null,
      progress: null,
      waiting: 0,
      lastExchange: { operationsOut: 1_200, operationsIn: 3_700, bytesOut: 800, bytesIn: 8_000 },
      link: { personName: 'name of p-ada', endpointSpace: 'space-1' },
    });
    expect(end.state.lastContactAt).toBeGreaterThan(0);
    const phases = end.states.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1]);
    expect(phases).toEqual(['idle', 'connecting', 'pushing', 'pulling', 'idle']);
    const progress = end.states.flatMap(({ progress: each }) => (each === null ? [] : [each]));
    expect(progress.filter(({ direction }) => direction === 'push').map(({ done }) => done)).toEqual([
      500, 1_000, 1_200,
    ]);
    expect(progress.at(-1)).toEqual({ direction: 'pull', done: 3_700, total: 3_700, unit: 'changes', isFirst: true });
  });

  it('asks for no more at a time than the endpoint gives', async () => {
    end.head = 900;
    end.pullEntries = 300;
    await link();
    expect(end.asked).toEqual(['hello', 'pull', 'pull', 'pull']);
  });

  it('measures the clock of the endpoint', async () => {
    end.aheadMs = 90 * second;
    await link();
    expect(end.state.clockOffsetMs).toBe(90 * second);
  });

  it('fetches all records when what the desk may see has changed', async () => {
    end.fetch = 'all-records';
    await link();
    expect(end.asked).toEqual(['hello', 'records', 'records']);
  });

  it('begins anew when the epoch changes in the middle, and gives up on one that never stays', async () => {
    end.head = 2_500;
    let pulls = 0;
    end.during = (call) => {
      if (call === 'pull' && (pulls += 1) === 2) end.epoch = 'epoch-2';
    };
    await link();
    expect(end.asked).toEqual(['hello', 'pull', 'pull', 'hello', 'pull', 'pull', 'pull']);
    expect(end.cursor).toEqual({ epoch: 'epoch-2', position: 2_500 });
    end.head = 9_000;
    end.during = (call) => {
      if (call === 'pull') end.epoch = `epoch-${(pulls += 1)}`;
    };
    end.engine.syncNow();
    await end.pass(100);
    expect(end.state.problem?.kind).toBe('bad-answer');
    end.during = () => undefined;
    await end.pass(5 * minute);
    expect(end.state).toMatchObject({ problem: null, phase: 'idle' });
  });
});

describe('an operation the endpoint cannot take', () => {
  it('is found by halves, put aside, and everything else arrives', async () => {
    end.written = 300;
    end.unreadable.add(77).add(210);
    await link();
    expect(end.setAside).toEqual([77, 210]);
    expect(end.held).toBe(300);
    expect(end.asked.length).toBeLessThan(80);
    expect(end.state.problem).toBeNull();
  });

  it('blocks neither the pull nor anything for ever when it is the endpoint that breaks on it', async () => {
    end.written = 1;
    end.head = 10;
    end.faults.push({ call: 'push', error: refusalOf('internal') });
    await link();
    expect(end.cursor?.position).toBe(10);
    expect(end.setAside).toEqual([]);
    expect(end.state).toMatchObject({ waiting: 1, problem: { kind: 'problem', code: 'internal' } });
    await end.pass(minute);
    expect(end.state).toMatchObject({ waiting: 0, problem: null });
  });
});

describe('when the line is bad', () => {
  it.each(['offline', 'unreachable', 'captive-portal', 'certificate', 'proxy-auth', 'timeout'] as const)(
    'says %s, since when, and gets over it',
    async (kind) => {
      for (let turn = 0; turn < 3; turn += 1) end.faults.push({ call: 'hello', error: failureOf(kind) });
      await link();
      const began = end.state.problem?.since;
      expect(end.state).toMatchObject({ phase: 'waiting', problem: { kind } });
      expect(end.state.nextTryAt).toBeGreaterThan(end.clock.time);
      await end.pass(3 * second);
      expect(end.state.problem?.since).toBe(began);
      await end.pass(minute);
      expect(end.state).toMatchObject({ phase: 'idle', problem: null, nextTryAt: null });
      expect(end.logged).toHaveLength(1);
    },
  );

  it('asks for less after a time-out', async () => {
    end.written = 500;
    end.faults.push({ call: 'push', error: failureOf('timeout') });
    await link();
    await end.pass(minute);
    const first = end.states.find(({ progress }) => progress?.direction === 'push');
    expect(first?.progress?.done).toBe(250);
    expect(end.held).toBe(500);
  });

  it('keeps what it has when the line breaks in the middle, and goes on from there', async () => {
    end.written = 1_000;
    end.head = 3_000;
    end.faults.push({ call: 'pull', error: null }, { call: 'pull', error: failureOf('unreachable') });
    await link();
    expect(end.cursor?.position).toBe(1_000);
    const from = end.asked.length;
    await end.pass(minute);
    expect(end.cursor?.position).toBe(4_000);
    expect(askedSince(from).slice(0, 4)).toEqual(['hello', 'pull', 'pull', 'pull']);
  });

  it('leaves a busy endpoint alone as long as it asks', async () => {
    end.faults.push({ call: 'hello', error: refusalOf('too-many-requests', 40 * second) });
    await link();
    end.write();
    end.engine.reachable();
    await end.pass(39 * second);
    expect(end.asked).toEqual(['hello']);
    await end.pass(2 * second);
    expect(end.held).toBe(1);
  });

  it('a fault of its own is told and tried again, too', async () => {
    end.faults.push({ call: 'hello', error: new TypeError('a bug') });
    await link();
    expect(end.state).toMatchObject({ problem: { kind: 'problem', code: null, detail: 'TypeError: a bug' } });
    await end.pass(minute);
    expect(end.state.problem).toBeNull();
  });
});

describe('what only a person can mend', () => {
  const lockedOut: readonly ProblemCode[] = ['device-revoked', 'refresh-reused', 'bad-credentials', 'not-signed-in'];
  it.each(lockedOut)('stops at %s and says so, until it is enrolled again', async (code) => {
    end.faults.push({ call: 'hello', error: refusalOf(code) });
    await link();
    expect(end.state).toMatchObject({ phase: 'stopped', problem: { kind: 'device-revoked', code } });
    expect(end.listening).toEqual([true, false]);
    end.write();
    end.engine.reachable();
    await end.pass(24 * hour);
    expect(end.asked).toEqual(['hello']);
    await link();
    expect(end.state).toMatchObject({ phase: 'idle', problem: null, waiting: 0 });
    expect(end.listening.at(-1)).toBe(true);
  });

  it('stops at another space', async () => {
    end.next = 'wrong-space';
    await link();
    expect(end.state).toMatchObject({ phase: 'stopped', problem: { kind: 'wrong-space' } });
    expect(end.asked).toEqual(['hello']);
  });

  it('is enrolled under its new id when the one it had is another’s, too', async () => {
    end.next = 'device-renewed';
    end.during = () => {
      end.device = 'N3V9Q2M7TA';
    };
    await link();
    expect(end.asked).toEqual(['hello', 'renew', 'hello']);
    expect(end.state).toMatchObject({ phase: 'idle', problem: null, link: { device: 'N3V9Q2M7TA' } });
  });

  it('asks for a code when the endpoint does not take the new id, and tries again when it was only away', async () => {
    end.device = 'N3V9Q2M7TA';
    end.renewFault = failureOf('unreachable');
    await link();
    expect(end.state).toMatchObject({ phase: 'waiting', problem: { kind: 'unreachable' } });
    end.renewFault = new Halted('device-renewed');
    await end.pass(minute);
    expect(end.state).toMatchObject({ phase: 'stopped', problem: { kind: 'device-revoked', code: 'device-renewed' } });
    expect(end.asked).not.toContain('hello');
  });

  it('goes on working when versions do not meet, and looks again within the hour', async () => {
    end.faults.push({ call: 'hello', error: refusalOf('versions-do-not-meet') });
    await link();
    expect(end.state).toMatchObject({ phase: 'waiting', problem: { kind: 'versions-do-not-meet' } });
    end.write(3);
    expect(end.state.waiting).toBe(3);
    await end.pass(hour);
    expect(end.state).toMatchObject({ problem: null, waiting: 0 });
  });
});

describe('what calls for an exchange', () => {
  it('a change here, gathered; a head there; not a head that is here already', async () => {
    await link();
    const from = end.asked.length;
    end.write();
    end.write();
    await end.pass(200);
    expect(askedSince(from)).toEqual([]);
    await end.pass(100);
    expect(askedSince(from)).toEqual(['hello', 'push', 'pull']);
    end.engine.headMoved({ epoch: end.epoch, head: end.head });
    await end.pass(second);
    expect(askedSince(from)).toHaveLength(3);
    end.head += 1;
    end.engine.headMoved({ epoch: end.epoch, head: end.head });
    await end.pass(second);
    expect(askedSince(from).slice(3)).toEqual(['hello', 'pull']);
  });

  it('a poll every half minute while there is no stream', async () => {
    await link();
    const from = end.asked.length;
    await end.pass(5 * minute);
    expect(askedSince(from).length).toBeGreaterThan(8);
    end.engine.streamChanged(true);
    await end.pass(minute);
    const beside = end.asked.length;
    await end.pass(3 * minute);
    expect(end.asked.length - beside).toBeLessThanOrEqual(1);
  });

  it('an operation written during the exchange goes at once after it', async () => {
    await link();
    end.during = (call) => {
      if (call === 'pull') {
        end.during = () => undefined;
        end.write();
      }
    };
    end.head += 1;
    end.engine.headMoved({ epoch: end.epoch, head: end.head });
    await end.pass(second);
    expect(end.state.waiting).toBe(0);
  });
});

describe('a pause', () => {
  it('ends an exchange, keeps what it took, and holds', async () => {
    end.head = 5_000;
    end.during = (call) => {
      if (call === 'pull' && end.cursor?.position === 2_000) end.engine.pause(true);
    };
    await link();
    expect(end.cursor?.position).toBe(2_000);
    expect(end.state).toMatchObject({ paused: true, phase: 'stopped', problem: null, progress: null });
    expect(end.listening.at(-1)).toBe(false);
    end.write();
    end.engine.reachable();
    await end.pass(hour);
    expect(end.asked).toHaveLength(4);
    end.during = () => undefined;
    end.engine.pause(false);
    await end.pass(second);
    expect(end.cursor?.position).toBe(5_001);
    expect(end.state).toMatchObject({ paused: false, phase: 'idle', waiting: 0 });
  });
});

describe('an endpoint given up', () => {
  it('is not heard any more: an answer that was under way changes nothing', async () => {
    end.head = 2_500;
    end.during = (call) => {
      if (call === 'pull') end.engine.link(null);
    };
    await link();
    expect(end.asked).toEqual(['hello', 'pull']);
    expect(end.cursor).toBeNull();
    expect(end.state).toMatchObject({ link: null, phase: 'none', problem: null });
  });

  it('is not asked any more, and the desk says it has none', async () => {
    await link();
    const from = end.asked.length;
    end.engine.link(null);
    end.write();
    await end.pass(hour);
    expect(askedSince(from)).toEqual([]);
    expect(end.state).toMatchObject({ link: null, phase: 'none', problem: null, waiting: 1 });
  });
});
