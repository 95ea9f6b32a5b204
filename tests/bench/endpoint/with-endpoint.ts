import fs from 'node:fs';
import { openEndpoint, type Endpoint } from '../../../server/endpoint.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { startEndpoint, stopEndpoint } from '../../helpers/endpoint/child-endpoint.ts';

/** An endpoint in a process of its own, as it is started by hand. */
export interface RunningEndpoint {
  readonly url: string;
  readonly pid: number;
  /** One-time codes, each for an account of its own. */
  readonly codes: readonly string[];
}

let accounts = 0;

/** Runs work beside an endpoint on this store, and ends it. No limit of requests a minute: it would be what is measured. */
export async function withEndpoint<Value>(
  place: StorePlace,
  desks: number,
  work: (endpoint: RunningEndpoint) => Promise<Value>,
): Promise<Value> {
  const setUp = await openEndpoint(place);
  const codes = await enrolmentCodes(setUp, desks);
  await setUp.store.close();
  const options = place.kind === 'sqlite' ? ['--data', place.directory] : ['--store', place.url];
  const child = await startEndpoint([...options, '--logins', '1000000']);
  try {
    return await work({ url: child.url, pid: child.process.pid ?? 0, codes });
  } finally {
    await stopEndpoint(child);
  }
}

async function enrolmentCodes(endpoint: Endpoint, count: number): Promise<readonly string[]> {
  const codes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    accounts += 1;
    await addAccount(endpoint, `account-${accounts}`, ['desk-agent']);
    codes.push((await giveCode(endpoint, `account-${accounts}`)).code);
  }
  return codes;
}

/** Processor time of a process so far, in ms: what others do on the machine does not count. */
export function cpuMsOf(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
