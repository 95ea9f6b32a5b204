import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Role } from '../../../shared/domain/permissions.ts';
import { openEndpoint, type Endpoint } from '../../../server/endpoint.ts';
import { buildApp, defaultAppOptions } from '../../../server/http/app.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { TestDesk } from './test-desk.ts';

export interface Office {
  readonly endpoint: Endpoint;
  readonly url: string;
  /** A desk enrolled for a new account with these roles. */
  readonly desk: (person: string, ...roles: readonly Role[]) => Promise<TestDesk>;
  readonly close: () => Promise<void>;
}

/** An endpoint on a port of this machine, and desks enrolled at it. */
export async function openOffice(place: StorePlace, now: () => number = Date.now): Promise<Office> {
  const endpoint = await openEndpoint(place, now);
  const app = await buildApp(endpoint, { ...defaultAppOptions, requestsPerMinute: 100_000, loginsPerMinute: 100_000 });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    endpoint,
    url,
    desk: async (person, ...roles) => {
      await addAccount(endpoint, person, roles);
      const desk = new TestDesk(url, person);
      const answer = await desk.enrol((await giveCode(endpoint, person)).code);
      if (!answer.ok) throw new Error(await answer.text());
      return desk;
    },
    close: async () => {
      await app.close();
      await endpoint.store.close();
    },
  };
}

export function temporaryDirectory(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-endpoint-'));
}
