import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenIdSetting } from '../../../server/identity/open-id-setting.ts';
import {
  addAccount,
  changeAccount,
  giveCode,
  listAccounts,
  revokeDevice,
} from '../../../server/identity/administration.ts';
import { signInAnswerSchema } from '../../../shared/sync/protocol-identity.ts';
import { problemSchema, type Problem } from '../../../shared/sync/protocol.ts';
import { openForgingProvider, type ForgingProvider } from '../../helpers/endpoint/forging-provider.ts';
import {
  openIdentityProvider,
  signInWithBrowser,
  type IdentityProvider,
} from '../../helpers/endpoint/identity-provider.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const people = {
  'ada-login': { preferred_username: 'ada', email: 'ada@example.org', email_verified: true, groups: ['it-desk'] },
  'carl-login': {
    preferred_username: 'carl',
    email: 'ada@example.org',
    email_verified: false,
    groups: ['it-desk', 'x'],
  },
  'eve-login': { preferred_username: 'ada' },
};
const redirectUri = 'http://127.0.0.1:49152/signed-in';
let provider: IdentityProvider;
let office: Office;
let skewMs = 0;
const secret = (): string => randomBytes(32).toString('base64url');
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

async function openWith(setting: OpenIdSetting | null): Promise<void> {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() }, () => Date.now() + skewMs, setting);
}

beforeEach(async () => {
  skewMs = 0;
  provider = await openIdentityProvider(people);
  await openWith(provider.setting);
  await addAccount(office.endpoint, 'ada', ['desk-agent']);
});
afterEach(async () => {
  await office.close();
  await provider.close();
});

interface Begun {
  readonly address: string;
  readonly ticket: string;
  readonly state: string;
  readonly codeVerifier: string;
}

async function begin(desk: TestDesk): Promise<Begun> {
  const state = secret();
  const codeVerifier = secret();
  const body = { device: desk.device, redirectUri, state, codeChallenge: hash(codeVerifier) };
  const answer = await desk.send('POST', '/v1/sign-in', body);
  return { ...signInAnswerSchema.parse(await answer.json()), state, codeVerifier };
}

const responseOf = (address: string): string => new URL(address).search.slice(1);

/** Signs in with the browser and enrols the desk by it; `change` spoils what is sent. */
async function signIn(desk: TestDesk, login: string | null, change: Readonly<Record<string, unknown>> = {}) {
  const { address, ticket, codeVerifier } = await begin(desk);
  const response = responseOf(await signInWithBrowser(address, login));
  return await desk.enrolBy({ signIn: { ticket, response, codeVerifier, ...change } });
}

async function problemOf(answer: Response): Promise<Problem & { readonly status: number }> {
  return { ...problemSchema.parse(await answer.json()), status: answer.status };
}

const ada = (): TestDesk => new TestDesk(office.url, 'person-of-ada');

describe('sign-in at a real provider', () => {
  it('says where people sign in, and enrols the device as a code does', async () => {
    const desk = ada();
    const challenge = (await (await desk.send('POST', '/v1/challenge')).json()) as Record<string, unknown>;
    expect(challenge['signIn']).toEqual({ provider: 'Test identity' });
    const answer = await signIn(desk, 'ada-login');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ account: 'ada', person: 'person-of-ada', roles: ['desk-agent'] });
    expect((await desk.hello()).you.account).toBe('ada');
    expect((await desk.refresh()).status).toBe(200);
    // The same device again, and one more of the same person.
    expect((await signIn(desk, 'ada-login')).status).toBe(200);
    expect((await signIn(ada(), 'ada-login')).status).toBe(200);
  });

  it('sends no one to the provider without a state, a challenge and a port of this machine', async () => {
    const desk = ada();
    const whole = { device: desk.device, redirectUri, state: secret(), codeChallenge: hash('x') };
    const { codeChallenge: _challenge, ...withoutPkce } = whole;
    const { state: _state, ...withoutState } = whole;
    const elsewhere = { ...whole, redirectUri: 'https://evil.example/signed-in' };
    const byName = { ...whole, redirectUri: 'http://localhost:49152/signed-in' };
    for (const body of [withoutPkce, withoutState, elsewhere, byName])
      expect((await desk.send('POST', '/v1/sign-in', body)).status).toBe(400);
    const { address, state } = await begin(desk);
    const asked = Object.fromEntries(new URL(address).searchParams);
    expect(asked).toMatchObject({ code_challenge_method: 'S256', state, response_type: 'code', client_id: 'holdfast' });
    expect(asked['nonce']).toMatch(/^[\w-]{32}$/);
  });

  it('takes a code once', async () => {
    const desk = ada();
    const { address, ticket, codeVerifier } = await begin(desk);
    const response = responseOf(await signInWithBrowser(address, 'ada-login'));
    const entitlement = { signIn: { ticket, response, codeVerifier } };
    expect((await desk.enrolBy(entitlement)).status).toBe(200);
    expect(await problemOf(await desk.enrolBy(entitlement))).toMatchObject({
      where: 'body.signIn.ticket',
      status: 401,
    });
    // In a sign-in of its own: the provider knows the code as used, and as another's.
    const again = await begin(desk);
    const replayed = response.replace(/state=[^&]+/, `state=${again.state}`);
    const { ticket: other, codeVerifier: verifier } = again;
    const answer = await desk.enrolBy({ signIn: { ticket: other, response: replayed, codeVerifier: verifier } });
    expect(await problemOf(answer)).toMatchObject({ code: 'bad-credentials', where: 'body.signIn.response' });
  });

  it('refuses another state, another verifier, none, another device, another issuer and a person who gave up', async () => {
    const spoil = async (change: Readonly<Record<string, unknown>>) =>
      await problemOf(await signIn(ada(), 'ada-login', change));
    expect(await spoil({ codeVerifier: secret() })).toMatchObject({ where: 'body.signIn.codeVerifier', status: 401 });
    expect(await spoil({ codeVerifier: undefined })).toMatchObject({ code: 'bad-request', status: 400 });
    expect(await spoil({ ticket: 'x.y.z' })).toMatchObject({ where: 'body.signIn.ticket', status: 401 });
    // An access token is signed with the same secret, and is no ticket.
    const agent = await office.desk('bob', 'desk-agent');
    expect(await spoil({ ticket: agent.accessToken })).toMatchObject({ where: 'body.signIn.ticket', status: 401 });
    const { ticket: foreign } = await begin(ada());
    expect(await spoil({ ticket: foreign })).toMatchObject({ where: 'body.signIn.ticket', status: 401 });

    const desk = ada();
    for (const [from, to] of [
      [/state=[^&]+/, `state=${secret()}`],
      [/&?state=[^&]+/, ''],
      [/iss=[^&]+/, 'iss=https%3A%2F%2Fother.example'],
      [/&?iss=[^&]+/, ''],
      [/code=[^&]+/, 'code=guessed'],
    ] as const) {
      const { address, ticket, codeVerifier } = await begin(desk);
      const response = responseOf(await signInWithBrowser(address, 'ada-login'));
      expect(response).toMatch(from);
      const answer = await desk.enrolBy({ signIn: { ticket, response: response.replace(from, to), codeVerifier } });
      expect(await problemOf(answer)).toMatchObject({ code: 'bad-credentials', where: 'body.signIn.response' });
    }
    const gaveUp = await problemOf(await signIn(desk, null));
    expect(gaveUp).toMatchObject({ code: 'bad-credentials', where: 'body.signIn.response' });
    expect(gaveUp.expected).toContain('access_denied');
    expect((await listAccounts(office.endpoint)).find(({ name }) => name === 'ada')?.person).toBeNull();
  });

  it('refuses what is too old: the sign-in, the code', async () => {
    const { address, ticket, codeVerifier } = await begin(ada());
    const response = responseOf(await signInWithBrowser(address, 'ada-login'));
    skewMs = 10 * 60_000 + 1_000;
    const late = await ada().enrolBy({ signIn: { ticket, response, codeVerifier } });
    expect(await problemOf(late)).toMatchObject({ where: 'body.signIn.ticket', status: 401 });
    skewMs = 0;
    await provider.close();
    await office.close();
    provider = await openIdentityProvider(people, 1);
    await openWith(provider.setting);
    await addAccount(office.endpoint, 'ada', ['desk-agent']);
    const desk = ada();
    const begun = await begin(desk);
    const old = responseOf(await signInWithBrowser(begun.address, 'ada-login'));
    await wait(2_100);
    const answer = await desk.enrolBy({
      signIn: { ticket: begun.ticket, response: old, codeVerifier: begun.codeVerifier },
    });
    expect(await problemOf(answer)).toMatchObject({ code: 'bad-credentials', where: 'body.signIn.response' });
  });

  it('knows a person by the provider’s subject: an unknown one, and a name that passed to another, are refused', async () => {
    expect(await problemOf(await signIn(ada(), 'carl-login'))).toMatchObject({ code: 'not-permitted', status: 403 });
    expect(await listAccounts(office.endpoint)).toHaveLength(1);
    expect((await signIn(ada(), 'ada-login')).status).toBe(200);
    expect(await problemOf(await signIn(ada(), 'eve-login'))).toMatchObject({ code: 'not-permitted', status: 403 });
  });

  it('locks out who is disabled, at once and for every token, until an administrator lets them in again', async () => {
    const desk = ada();
    expect((await signIn(desk, 'ada-login')).status).toBe(200);
    await changeAccount(office.endpoint, 'ada', { disabled: true });
    expect((await desk.send('GET', '/v1/devices')).status).toBe(401);
    expect((await desk.refresh()).status).toBe(401);
    expect(await problemOf(await signIn(desk, 'ada-login'))).toMatchObject({ where: 'account', status: 403 });
    await changeAccount(office.endpoint, 'ada', { disabled: false });
    expect((await desk.refresh()).status).toBe(401);
    expect((await signIn(desk, 'ada-login')).status).toBe(200);
    expect((await desk.hello()).you.account).toBe('ada');
  });

  it('brings no revoked device back: that takes a code', async () => {
    const desk = ada();
    expect((await signIn(desk, 'ada-login')).status).toBe(200);
    await revokeDevice(office.endpoint, desk.device);
    expect(await problemOf(await signIn(desk, 'ada-login'))).toMatchObject({ code: 'device-revoked', status: 401 });
    expect((await desk.enrol((await giveCode(office.endpoint, 'ada')).code)).status).toBe(200);
  });

  it('gives the roles of the provider’s groups where that is set, and an account to who has one', async () => {
    await office.close();
    await openWith({ ...provider.setting, roles: { claim: 'groups', of: { 'it-desk': 'desk-agent' } } });
    await addAccount(office.endpoint, 'ada', ['administrator']);
    expect(await (await signIn(ada(), 'ada-login')).json()).toMatchObject({ roles: ['desk-agent'] });
    const carl = new TestDesk(office.url, 'person-of-carl');
    expect(await (await signIn(carl, 'carl-login')).json()).toMatchObject({ account: 'carl', roles: ['desk-agent'] });
    await office.close();
    await openWith({ ...provider.setting, roles: { claim: 'groups', of: { 'it-admin': 'administrator' } } });
    expect(await problemOf(await signIn(ada(), 'ada-login'))).toMatchObject({ code: 'not-permitted', status: 403 });
  });

  it('matches by email only where the provider has checked it', async () => {
    await office.close();
    await openWith({ ...provider.setting, claim: 'email' });
    await addAccount(office.endpoint, 'ada@example.org', ['desk-agent']);
    const refused = await problemOf(await signIn(ada(), 'carl-login'));
    expect(refused).toMatchObject({ code: 'bad-credentials', where: 'body.signIn.response' });
    expect((await signIn(ada(), 'ada-login')).status).toBe(200);
  });

  it('is not offered by an endpoint without a provider, and says when the provider is away', async () => {
    const begun = await begin(ada());
    await provider.close();
    const away = await ada().enrolBy({
      signIn: { ticket: begun.ticket, response: 'code=x', codeVerifier: begun.codeVerifier },
    });
    expect(away.status).toBe(401);
    await office.close();
    await openWith(provider.setting);
    const body = { device: ada().device, redirectUri, state: secret(), codeChallenge: hash('x') };
    expect(await problemOf(await ada().send('POST', '/v1/sign-in', body))).toMatchObject({ code: 'busy', status: 503 });
    await office.close();
    await openWith(null);
    expect(await (await ada().send('POST', '/v1/challenge')).json()).not.toHaveProperty('signIn');
    expect((await ada().send('POST', '/v1/sign-in', body)).status).toBe(404);
    const { ticket, codeVerifier } = begun;
    expect((await ada().enrolBy({ signIn: { ticket, response: 'code=x', codeVerifier } })).status).toBe(404);
  });
});

describe('an ID token', () => {
  let forger: ForgingProvider;

  beforeEach(async () => {
    forger = await openForgingProvider();
    await office.close();
    await openWith(forger.setting);
    await addAccount(office.endpoint, 'ada', ['desk-agent']);
  });
  afterEach(async () => await forger.close());

  /** Signs in with a token of these claims; `good` ones unless changed. */
  async function present(change: Readonly<Record<string, unknown>>): Promise<Response> {
    const desk = ada();
    const { address, ticket, state, codeVerifier } = await begin(desk);
    const now = Math.floor(Date.now() / 1000);
    forger.claims = {
      iss: forger.issuer,
      sub: 'ada-subject',
      aud: 'holdfast',
      nonce: new URL(address).searchParams.get('nonce'),
      iat: now,
      exp: now + 60,
      preferred_username: 'ada',
      ...change,
    };
    return await desk.enrolBy({ signIn: { ticket, response: `code=x&state=${state}`, codeVerifier } });
  }

  it('counts only from the issuer, for this client and this sign-in, before it expires, under a published key', async () => {
    expect((await present({})).status).toBe(200);
    const past = Math.floor(Date.now() / 1000) - 3_600;
    const spoilt: readonly Readonly<Record<string, unknown>>[] = [
      { iss: 'https://other.example' },
      { aud: 'another-client' },
      { nonce: 'of-another-sign-in' },
      { nonce: undefined },
      { exp: past, iat: past - 60 },
      { exp: undefined },
      { sub: undefined },
      { preferred_username: undefined },
      { preferred_username: 7 },
      { preferred_username: 'x'.repeat(101) },
    ];
    for (const change of spoilt)
      expect(await problemOf(await present(change)), JSON.stringify(change)).toMatchObject({
        code: 'bad-credentials',
        where: 'body.signIn.response',
      });
    forger.hasForeignKey = true;
    expect(await problemOf(await present({}))).toMatchObject({ code: 'bad-credentials' });
  });

  it('is not even asked for where the discovery document is another issuer’s', async () => {
    forger.namesItself = 'https://other.example';
    const body = { device: ada().device, redirectUri, state: secret(), codeChallenge: hash('x') };
    expect((await ada().send('POST', '/v1/sign-in', body)).ok).toBe(false);
  });
});
