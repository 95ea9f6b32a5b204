import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccount, changeAccount } from '../../../server/identity/administration.ts';
import { helloAnswerSchema } from '../../../shared/sync/protocol.ts';
import {
  end,
  listen,
  openIdentityProvider,
  signInWithBrowser,
  type IdentityProvider,
} from '../../helpers/endpoint/identity-provider.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { openTestTransport, type TestTransport } from '../../helpers/endpoint/test-transport.ts';

const people = { 'ada-login': { preferred_username: 'ada' }, 'eve-login': { preferred_username: 'eve' } };
let provider: IdentityProvider;
let office: Office;
let desk: TestTransport;
/** Where the browser was sent back to. */
let cameTo = '';

beforeEach(async () => {
  provider = await openIdentityProvider(people);
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() }, Date.now, provider.setting);
  await addAccount(office.endpoint, 'ada', ['administrator']);
  desk = await openTestTransport();
  browseAs('ada-login');
});
afterEach(async () => {
  desk.close();
  await office.close();
  await provider.close();
});

/** The browser opens what it is given, and the person signs in; null: gives up at the provider. */
function browseAs(login: string | null, before: (address: string) => Promise<void> = async () => undefined): void {
  desk.openBrowser = async (address) => {
    cameTo = await signInWithBrowser(address, login);
    await before(cameTo);
    // A browser tells nobody how it went.
    void fetch(cameTo).catch(() => undefined);
  };
}

const signIn = async (url = office.url) =>
  await desk.handlers.endpointSignIn({ space: 'desk', url, deviceName: 'laptop', person: 'ada' });
const failure = async (url = office.url) => {
  const outcome = await signIn(url);
  if (outcome.ok) throw new Error('expected the sign-in to fail');
  return outcome.failure;
};

describe('sign-in with the system’s browser', () => {
  it('enrols the device as a code does, and brings the program back', async () => {
    const found = await desk.handlers.endpointTest({ url: office.url });
    expect(found).toMatchObject({ ok: true, value: { provider: 'Test identity' } });
    const outcome = await signIn();
    expect(outcome).toMatchObject({ ok: true, value: { account: 'ada', person: 'ada', roles: ['administrator'] } });
    expect(desk.cameBack).toBe(1);
    const request = { protocol: [1, 1] as [number, number], schemaVersion: 1 };
    const hello = await desk.handlers.endpointHello({ space: 'desk', request });
    if (!hello.ok) throw new Error(hello.failure.detail);
    expect(helloAnswerSchema.parse(JSON.parse(hello.value.text)).you.account).toBe('ada');
    // Tokens turn as after a code: a restart goes on with the refresh token from the disk.
    const restarted = await openTestTransport({ disk: desk.disk });
    expect((await restarted.handlers.endpointHello({ space: 'desk', request })).ok).toBe(true);
    // The port is closed: the address the browser holds leads nowhere.
    await expect(fetch(cameTo)).rejects.toThrow();
    const text = JSON.stringify(desk.logged) + desk.disk.peek('/spaces/desk/endpoint.json').toString();
    expect(text).not.toContain(new URL(cameTo).searchParams.get('code'));
  });

  it('waits on while strangers knock at the port: another state, another name, another method', async () => {
    const answers: number[] = [];
    browseAs('ada-login', async (address) => {
      const spoilt = new URL(address);
      spoilt.searchParams.set('state', 'x'.repeat(43));
      const elsewhere = new URL('/favicon.ico', address);
      answers.push((await fetch(spoilt)).status, (await fetch(elsewhere)).status);
      answers.push((await fetch(address, { method: 'POST' })).status, await statusUnderName(address, 'evil.example'));
    });
    expect((await signIn()).ok).toBe(true);
    expect(answers).toEqual([400, 404, 404, 404]);
  });

  it('shows the browser a page that runs and loads nothing', async () => {
    let page: Response | undefined;
    desk.openBrowser = async (address) => {
      page = await fetch(await signInWithBrowser(address, 'ada-login'));
    };
    expect((await signIn()).ok).toBe(true);
    expect(page?.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page?.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page?.text()).toContain('Back to Holdfast');
  });

  it('says why there is no sign-in, and leaves what was set up', async () => {
    expect((await signIn()).ok).toBe(true);
    const before = await desk.handlers.endpointAccount({ space: 'desk' });
    browseAs(null);
    expect(await failure()).toMatchObject({ kind: 'sign-in-refused', detail: 'the provider said access_denied' });
    desk.openBrowser = async () => undefined;
    expect((await failure()).kind).toBe('sign-in-timeout');
    desk.openBrowser = () => Promise.reject(new Error('no xdg-open'));
    expect(await failure()).toMatchObject({ kind: 'no-browser', detail: 'no xdg-open' });
    browseAs('eve-login');
    expect(await failure()).toMatchObject({ kind: 'problem', problem: { code: 'not-permitted' } });
    await changeAccount(office.endpoint, 'ada', { disabled: true });
    browseAs('ada-login');
    expect(await failure()).toMatchObject({ kind: 'problem', problem: { code: 'not-permitted', where: 'account' } });
    expect(await desk.handlers.endpointAccount({ space: 'desk' })).toMatchObject({ account: before?.account });
  });

  it('can be given up, and a second one ends the first', async () => {
    desk.openBrowser = async () => void desk.handlers.endpointCancelSignIn(null);
    expect((await failure()).kind).toBe('sign-in-cancelled');
    let second: ReturnType<typeof signIn> | undefined;
    desk.openBrowser = async () => {
      browseAs('ada-login');
      second = signIn();
    };
    expect((await failure()).kind).toBe('sign-in-cancelled');
    expect((await second)?.ok).toBe(true);
  });

  it('opens no page an endpoint has no business to open', async () => {
    const opened: string[] = [];
    desk.openBrowser = async (address) => void opened.push(address);
    for (const address of ['http://login.example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'nonsense']) {
      const server = http.createServer((_request, response) => {
        const body = { address, ticket: 't', expiresInMs: 1_000, nonce: 'x'.repeat(20), space: 's', serverTime: 0 };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
      expect((await failure(await listen(server))).kind, address).toBe('no-browser');
      await end(server);
    }
    expect(opened).toEqual([]);
  });

  it('is refused by an endpoint that has no provider', async () => {
    await office.close();
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    expect(await desk.handlers.endpointTest({ url: office.url })).toMatchObject({
      ok: true,
      value: { provider: null },
    });
    expect(await failure()).toMatchObject({ kind: 'problem', problem: { code: 'not-found' } });
  });
});

describe('administration', () => {
  it('is carried with the names of the contract, for administrators only', async () => {
    expect((await signIn()).ok).toBe(true);
    const ask = async (request: Parameters<typeof desk.handlers.endpointAdmin>[0]['request']): Promise<unknown> => {
      const answer = await desk.handlers.endpointAdmin({ space: 'desk', request });
      return answer.ok ? JSON.parse(answer.value.text) : answer.failure.problem?.code;
    };
    const name = 'Zoë Ångström/2';
    expect(await ask({ ask: 'add-account', account: { name, roles: ['technician'] } })).toHaveProperty('code');
    expect(
      await ask({ ask: 'change-account', name, change: { roles: ['auditor'], password: 'correct horse' } }),
    ).toEqual({
      changed: true,
    });
    expect(await ask({ ask: 'give-code', name })).toHaveProperty('code');
    expect(await ask({ ask: 'change-account', name, change: { disabled: true } })).toEqual({ changed: true });
    expect(await ask({ ask: 'accounts' })).toMatchObject({
      accounts: [
        { name, roles: ['auditor'], disabled: true, hasPassword: true, isFromProvider: false, person: null },
        { name: 'ada', hasPassword: false, isFromProvider: true },
      ],
    });
    const { devices } = (await ask({ ask: 'devices' })) as { devices: { device: string }[] };
    expect(devices).toHaveLength(1);
    expect(await ask({ ask: 'give-code', name: 'nobody' })).toBe('not-found');
    await changeAccount(office.endpoint, 'ada', { roles: ['desk-agent'] });
    expect(await ask({ ask: 'accounts' })).toBe('not-permitted');
    await changeAccount(office.endpoint, 'ada', { roles: ['administrator'] });
    expect(await ask({ ask: 'revoke-device', device: devices[0]?.device ?? '' })).toEqual({ revoked: true });
    expect(await ask({ ask: 'accounts' })).toBe('device-revoked');
  });
});

async function statusUnderName(address: string, host: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    const request = http.get(address, { headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once('error', reject);
  });
}
