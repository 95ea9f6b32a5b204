import { describe, expect, it } from 'vitest';
import type { SyncState } from '../../../../renderer/data/sync-api.ts';
import { standingOf } from '../../../../renderer/widgets/sync-standing.ts';

const unlinked: SyncState = {
  link: null,
  paused: false,
  wish: { whose: 'all', closedDays: null, also: [] },
  phase: 'none',
  lastContactAt: null,
  nextTryAt: null,
  problem: null,
  progress: null,
  waiting: 0,
  waitingSince: null,
  clockOffsetMs: null,
  lastExchange: null,
};
const link = {
  url: 'https://desk.example.org',
  account: 'a',
  person: 'p',
  personName: '',
  roles: [],
  deviceName: 'd',
  device: 'K3V9Q2M7TA',
  endpointSpace: 's',
};
const linked: SyncState = { ...unlinked, link, phase: 'idle' };
const problem = (kind: NonNullable<SyncState['problem']>['kind'], code: string | null = null): SyncState => ({
  ...linked,
  problem: { kind, code, since: 1, detail: '' },
});

describe('how the work stands with the network', () => {
  it('is complete without an endpoint, and misses no network', () => {
    expect(standingOf(unlinked, false)).toBe('on-device');
  });

  it.each(['offline', 'unreachable', 'timeout'] as const)('%s passes by itself', (kind) => {
    expect(standingOf(problem(kind), true)).toBe('away');
  });

  it.each(['busy', 'internal', 'too-many-requests'])('an endpoint that is %s is waited for', (code) => {
    expect(standingOf(problem('problem', code), true)).toBe('away');
  });

  it.each([
    'captive-portal',
    'certificate',
    'proxy-auth',
    'device-revoked',
    'wrong-space',
    'versions-do-not-meet',
  ] as const)('%s needs somebody', (kind) => {
    expect(standingOf(problem(kind), true)).toBe('stuck');
  });

  it('puts a pause before everything, and a missing network before what waits', () => {
    expect(standingOf({ ...problem('certificate'), paused: true }, true)).toBe('paused');
    expect(standingOf({ ...linked, waiting: 3 }, false)).toBe('away');
    expect(standingOf({ ...linked, waiting: 3 }, true)).toBe('waiting');
    expect(standingOf(linked, true)).toBe('current');
  });

  it('works only while something long is under way: a short exchange is nobody’s business', () => {
    const progress = { direction: 'pull', done: 1, total: 2, unit: 'changes', isFirst: false } as const;
    expect(standingOf({ ...linked, phase: 'pulling' }, true)).toBe('current');
    expect(standingOf({ ...linked, phase: 'pulling', progress }, true)).toBe('working');
  });
});
