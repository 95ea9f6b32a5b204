import fs from 'node:fs';
import { openEndpoint, type Endpoint } from '../../../server/endpoint.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { startEndpoint, stopEndpoint } from '../../helpers/endpoint/child-endpoint.ts';
import { quantile } from '../measure.ts';
import { BenchDesk } from './bench-desk.ts';

export interface DesksTimes {
  readonly desks: number;
  readonly pushPerSecond: number;
  readonly pullPerSecond: number;
  readonly seenP50: number;
  readonly seenP95: number;
}

export interface GrowthTimes {
  readonly history: number;
  /** ms of the endpoint's processor for one operation pushed, in pushes of 500. */
  readonly pushCpuMs: number;
  readonly pushMs: number;
  readonly pageMs: number;
}

/** Throughput and the way from one desk to another, for each number of desks; every desk on its own connection. */
export async function measureDesks(place: () => StorePlace, counts: readonly number[]): Promise<readonly DesksTimes[]> {
  const times: DesksTimes[] = [];
  for (const count of counts) {
    await withEndpoint(place(), count, async (desks, url) => {
      const rounds = Math.max(1, Math.ceil(20 / count));
      const each = count >= 100 ? 50 : 250;
      const work = desks.map((desk) => Array.from({ length: rounds }, () => desk.make(each)));
      const pushBegan = performance.now();
      await Promise.all(
        desks.map(async (desk, index) => {
          for (const lines of work[index] ?? []) await desk.push(lines);
        }),
      );
      const pushed = (performance.now() - pushBegan) / 1_000;
      const pullBegan = performance.now();
      const pulled = await Promise.all(desks.slice(0, 20).map(async (desk) => await pullSome(desk, 5)));
      const pullSeconds = (performance.now() - pullBegan) / 1_000;
      const seen = await measureSeen(desks, url);
      times.push({
        desks: count,
        pushPerSecond: (count * rounds * each) / pushed,
        pullPerSecond: pulled.reduce((sum, entries) => sum + entries, 0) / pullSeconds,
        seenP50: quantile(seen, 0.5),
        seenP95: quantile(seen, 0.95),
      });
    });
  }
  return times;
}

/** Cost of an operation and of a page as the history grows to each of these lengths. */
export async function measureGrowth(place: StorePlace, lengths: readonly number[]): Promise<readonly GrowthTimes[]> {
  const times: GrowthTimes[] = [];
  await withEndpoint(place, 1, async ([desk], _url, pid) => {
    if (!desk) throw new Error('there is one desk');
    let history = 0;
    for (const length of lengths) {
      // The last stretch before each length is what is measured.
      while (history < length - 5_000) history += await pushOne(desk);
      const [cpu, began, from] = [cpuMsOf(pid), performance.now(), history];
      while (history < length) history += await pushOne(desk);
      const operations = history - from;
      const [pushCpuMs, pushMs] = [(cpuMsOf(pid) - cpu) / operations, (performance.now() - began) / operations];
      const pages: number[] = [];
      for (let page = 0; page < 15; page += 1) {
        const pageBegan = performance.now();
        await desk.pull(Math.floor((history / 15) * page));
        pages.push(performance.now() - pageBegan);
      }
      times.push({ history: length, pushCpuMs, pushMs, pageMs: quantile(pages, 0.5) });
    }
  });
  return times;
}

async function pushOne(desk: BenchDesk): Promise<number> {
  await desk.push(desk.make(500));
  return 500;
}

async function pullSome(desk: BenchDesk, pages: number): Promise<number> {
  let after = 0;
  for (let page = 0; page < pages; page += 1) {
    const { entries } = await desk.pull(after);
    if (entries === 0) return after;
    after += entries;
  }
  return after;
}

/** ms from the moment A sends an edit to the moment B has pulled it, poked by its event stream. */
async function measureSeen(desks: readonly BenchDesk[], url: string): Promise<readonly number[]> {
  const [first] = desks;
  const reader = desks.at(-1);
  if (!first || !reader) throw new Error('there is a desk');
  const stream = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${reader.token}` } });
  const chunks = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let head = 0;
  const nextHead = async (): Promise<number> => {
    for (;;) {
      const { value = '' } = (await chunks?.read()) ?? {};
      const found = [...value.matchAll(/"head":(\d+)/g)].at(-1)?.[1];
      if (found !== undefined) return Number(found);
    }
  };
  head = await nextHead();
  const seen: number[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const lines = first.make(1);
    const began = performance.now();
    const pushed = first.push(lines);
    const now = await nextHead();
    await reader.pull(head);
    seen.push(performance.now() - began);
    head = now;
    await pushed;
  }
  await chunks?.cancel();
  return seen;
}

async function withEndpoint(
  place: StorePlace,
  desks: number,
  work: (desks: readonly BenchDesk[], url: string, pid: number) => Promise<void>,
): Promise<void> {
  const setUp = await openEndpoint(place);
  const codes = await enrolmentCodes(setUp, desks);
  await setUp.store.close();
  const options = place.kind === 'sqlite' ? ['--data', place.directory] : ['--store', place.url];
  const child = await startEndpoint([...options, '--logins', '1000000']);
  try {
    const enrolled: BenchDesk[] = [];
    for (const [index, code] of codes.entries()) {
      const desk = new BenchDesk(child.url, `person-${index}`);
      await desk.enrol(code);
      enrolled.push(desk);
    }
    await work(enrolled, child.url, child.process.pid ?? 0);
  } finally {
    await stopEndpoint(child);
  }
}

async function enrolmentCodes(endpoint: Endpoint, count: number): Promise<readonly string[]> {
  const codes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await addAccount(endpoint, `account-${index}`, ['desk-agent']);
    codes.push((await giveCode(endpoint, `account-${index}`)).code);
  }
  return codes;
}

/** Processor time of a process so far, in ms: what others do on the machine does not count. */
function cpuMsOf(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
