import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { OpenIdSetting } from '../../../server/identity/open-id-setting.ts';

/** Claims of a person at the provider, by what they type as their login there. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface IdentityProvider {
  readonly setting: OpenIdSetting;
  readonly close: () => Promise<void>;
}

/** A real OpenID provider on this machine that asks for no more than a login. */
export async function openIdentityProvider(people: People, codeSeconds = 60): Promise<IdentityProvider> {
  const server = http.createServer();
  const issuer = await listen(server);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'holdfast',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/signed-in'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of a test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context: unknown, login: string) => ({
      accountId: login,
      claims: () => ({ sub: login, ...people[login] }),
    }),
    ttl: { AuthorizationCode: codeSeconds, AccessToken: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
  });
  server.on('request', provider.callback());
  const setting: OpenIdSetting = {
    issuer,
    clientId: 'holdfast',
    clientSecret: null,
    name: 'Test identity',
    scope: 'openid profile email',
    claim: 'preferred_username',
    roles: null,
  };
  return { setting, close: async () => await end(server) };
}

/**
 * What a person does in a browser: follows, types a login, agrees.
 * @returns the address on this machine the provider sends the browser to; it is not opened
 */
export async function signInWithBrowser(address: string, login: string | null): Promise<string> {
  const cookies = new Map<string, string>();
  let at = address;
  let form: string | null = null;
  for (let step = 0; step < 20; step += 1) {
    const answer: Response = await fetch(at, {
      method: form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === null ? {} : { body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    form = null;
    if (location !== null) {
      const next = new URL(location, at);
      if (next.origin !== new URL(address).origin) return next.href;
      at = next.href;
      continue;
    }
    const page = await answer.text();
    if (answer.status !== 200 || !page.includes('name="prompt"')) throw new Error(`${answer.status} ${page}`);
    if (login === null) at = `${at.split('?')[0]}/abort`;
    else form = page.includes('value="login"') ? `prompt=login&login=${login}&password=x` : 'prompt=consent';
  }
  throw new Error('the provider never sends the browser back');
}

export async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function end(server: http.Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
