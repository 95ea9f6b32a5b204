import { describe, expect, it } from 'vitest';
import { Directory } from '../../../../../renderer/features/administration/directory.ts';
import { failureText } from '../../../../../renderer/features/administration/failure-text.ts';
import type { EndpointAnswer, EndpointFailure } from '../../../../../shared/desktop-endpoint.ts';
import type { AdminRequest } from '../../../../../shared/sync/protocol-admin.ts';
import type { ProblemCode } from '../../../../../shared/sync/protocol.ts';

const account = {
  name: 'ada',
  person: null,
  roles: ['administrator'],
  disabled: false,
  hasPassword: false,
  isFromProvider: false,
  createdAt: 1,
};
const away: EndpointFailure = { kind: 'unreachable', problem: null, retryAfterMs: null, detail: '' };

/** A directory whose endpoint answers what the test says, by what is asked. */
function open(answers: Partial<Record<AdminRequest['ask'], unknown>>): {
  readonly directory: Directory;
  readonly asked: AdminRequest[];
} {
  const asked: AdminRequest[] = [];
  const call = async (_name: string, request: AdminRequest): Promise<EndpointAnswer> => {
    asked.push(request);
    const answer = answers[request.ask];
    if (answer === undefined) return { ok: false, failure: away };
    return { ok: true, value: { text: JSON.stringify(answer), sentBytes: 0, receivedBytes: 0, ms: 1 } };
  };
  return {
    directory: new Directory({ call } as unknown as ConstructorParameters<typeof Directory>[0], () => 42),
    asked,
  };
}

describe('the directory of an endpoint', () => {
  it('asks for accounts and devices, and tells whoever listens', async () => {
    const { directory } = open({ accounts: { accounts: [account] }, devices: { devices: [] } });
    const told: boolean[] = [];
    const stop = directory.subscribe(() => told.push(directory.state().isAsking));
    await directory.load();
    expect(directory.state()).toEqual({ accounts: [account], devices: [], toldAt: 42, isAsking: false, failure: null });
    expect(told).toEqual([true, false]);
    stop();
    await directory.load();
    expect(told).toHaveLength(2);
  });

  it('keeps what was told while nobody answers, and says so', async () => {
    const answers: Partial<Record<AdminRequest['ask'], unknown>> = {
      accounts: { accounts: [account] },
      devices: { devices: [] },
    };
    const { directory } = open(answers);
    await directory.load();
    delete answers.devices;
    await directory.load();
    expect(directory.state()).toMatchObject({ accounts: [account], toldAt: 42, isAsking: false, failure: away });
  });

  it('asks anew after what it changed, and only then', async () => {
    const code = { code: 'K3V9-Q2M7-TA4X-PM60', expiresAt: 7 };
    const { directory, asked } = open({ 'add-account': code, 'give-code': code, 'revoke-device': { revoked: true } });
    expect(await directory.addAccount({ name: 'bob', roles: ['technician'] })).toEqual({ ok: true, value: code });
    expect(asked.map(({ ask }) => ask)).toEqual(['add-account', 'accounts', 'devices']);
    expect(await directory.giveCode('bob')).toEqual({ ok: true, value: code });
    expect(asked.at(-1)).toEqual({ ask: 'give-code', name: 'bob' });
    expect(await directory.changeAccount('bob', { disabled: true })).toEqual({ ok: false, failure: away });
    expect(asked.at(-1)).toEqual({ ask: 'change-account', name: 'bob', change: { disabled: true } });
    expect((await directory.revokeDevice('K3V9Q2M7TA')).ok).toBe(true);
  });

  it('takes nothing that is not of this protocol', async () => {
    const { directory } = open({ accounts: { accounts: [{ name: 7 }] }, devices: { devices: [] } });
    await directory.load();
    expect(directory.state()).toMatchObject({ toldAt: null, failure: { kind: 'captive-portal' } });
  });

  it('has its own words for each refusal an administrator can do something about', () => {
    const of = (code: ProblemCode, where: string): string =>
      failureText((key) => key, { ...away, kind: 'problem', problem: { code, expected: '', where, action: '' } });
    expect(of('not-permitted', 'account')).toBe('failure.not-permitted');
    expect(of('bad-request', 'name')).toBe('failure.name-taken');
    expect(of('bad-request', 'body.roles')).toBe('failure.refused');
    expect(of('device-revoked', 'header authorization')).toBe('failure.locked-out');
    expect(of('not-found', 'device')).toBe('failure.gone');
    expect(failureText((key) => key, away)).toBe('failure.away');
    expect(failureText((key) => key, { ...away, kind: 'not-enrolled' })).toBe('failure.not-connected');
  });
});
