import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Role } from '../../../shared/domain/permissions.ts';
import { openEndpoint, type Endpoint } from '../../../server/endpoint.ts';
import { buildApp, defaultAppOptions } from '../../../server/http/app.ts';
import type { OpenIdSetting } from '../../../server/identity/open-id-setting.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { TestDesk } from './test-desk.ts';

export interface Office {
  readonly endpoint: Endpoint;
  readonly url: string;
  /** Stops the endpoint and starts it again on the same store. Returns its new address. */
  readonly reopen: () => Promise<string>;
  /** One more desk of an account, that has worked as `person` so far. */
  readonly secondDesk: (account: string, person: string) => Promise<TestDesk>;
  readonly enrolAgain: (desk: TestDesk) => Promise<void>;
  /** The bytes of an answer as they are sent: clients unzip what they get. */
  readonly inject: (
    address: string,
    headers: Readonly<Record<string, string>>,
  ) => Promise<{ readonly body: Buffer; readonly encoding: unknown }>;
  /** A desk enrolled for a new account with these roles. */
  readonly desk: (person: string, ...roles: readonly Role[]) => Promise<TestDesk>;
  readonly close: () => Promise<void>;
}

/** An endpoint on a port of this machine, and desks enrolled at it. */
export async function openOffice(
  place: StorePlace,
  now: () => number = Date.now,
  openId: OpenIdSetting | null = null,
): Promise<Office> {
  let { endpoint, app, url } = await open(place, now, openId);
  const accounts = new Map<TestDesk, string>();
  const enrol = async (desk: TestDesk, account: string): Promise<TestDesk> => {
    const answer = await desk.enrol((await giveCode(endpoint, account)).code);
    if (!answer.ok) throw new Error(await answer.text());
    accounts.set(desk, account);
    return desk;
  };
  const close = async (): Promise<void> => {
    await app.close();
    await endpoint.store.close();
  };
  return {
    get endpoint() {
      return endpoint;
    },
    get url() {
      return url;
    },
    desk: async (person, ...roles) => {
      await addAccount(endpoint, person, roles);
      return await enrol(new TestDesk(url, person), person);
    },
    secondDesk: async (account, person) => await enrol(new TestDesk(url, person), account),
    enrolAgain: async (desk) => void (await enrol(desk, accounts.get(desk) ?? '')),
    inject: async (address, headers) => {
      const answer = await app.inject({ method: 'GET', url: address, headers });
      return { body: answer.rawPayload, encoding: answer.headers['content-encoding'] };
    },
    reopen: async () => {
      await close();
      ({ endpoint, app, url } = await open(place, now, openId));
      return url;
    },
    close,
  };
}

async function open(place: StorePlace, now: () => number, openId: OpenIdSetting | null) {
  const endpoint = await openEndpoint(place, now, openId);
  const app = await buildApp(endpoint, { ...defaultAppOptions, requestsPerMinute: 100_000, loginsPerMinute: 100_000 });
  return { endpoint, app, url: await app.listen({ host: '127.0.0.1', port: 0 }) };
}

export function temporaryDirectory(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-endpoint-'));
}
