import type { StorePlace } from '../../../server/store/open-store.ts';
import { quantile } from '../measure.ts';
import { BenchDesk } from './bench-desk.ts';
import { cpuMsOf, withEndpoint } from './with-endpoint.ts';

export interface DesksTimes {
  readonly desks: number;
  readonly pushPerSecond: number;
  readonly pullPerSecond: number;
  /** Of the endpoint's processor for one operation pushed. */
  readonly pushCpuMs: number;
  readonly seenP50: number;
  readonly seenP95: number;
}

/** Throughput and the way from one desk to another, for each number of desks; every desk on its own connection. */
export async function measureDesks(place: () => StorePlace, counts: readonly number[]): Promise<readonly DesksTimes[]> {
  const times: DesksTimes[] = [];
  for (const count of counts)
    times.push(
      await withEndpoint(place(), count, async ({ url, pid, codes }) => {
        const desks: BenchDesk[] = [];
        for (const [index, code] of codes.entries()) {
          const desk = new BenchDesk(url, `person-${index}`);
          await desk.enrol(code);
          desks.push(desk);
        }
        return await measureCount(desks, url, pid);
      }),
    );
  return times;
}

async function measureCount(desks: readonly BenchDesk[], url: string, pid: number): Promise<DesksTimes> {
  const count = desks.length;
  const rounds = Math.max(1, Math.ceil(20 / count));
  const each = count >= 100 ? 50 : 250;
  const work = desks.map((desk) => Array.from({ length: rounds }, () => desk.make(each)));
  const operations = count * rounds * each;
  const [cpu, pushBegan] = [cpuMsOf(pid), performance.now()];
  await Promise.all(
    desks.map(async (desk, index) => {
      for (const lines of work[index] ?? []) await desk.push(lines);
    }),
  );
  const pushed = (performance.now() - pushBegan) / 1_000;
  const pushCpuMs = (cpuMsOf(pid) - cpu) / operations;
  const pullBegan = performance.now();
  const pulled = await Promise.all(desks.slice(0, 20).map(async (desk) => await pullSome(desk, 5)));
  const pullSeconds = (performance.now() - pullBegan) / 1_000;
  const seen = await measureSeen(desks, url);
  return {
    desks: count,
    pushPerSecond: operations / pushed,
    pullPerSecond: pulled.reduce((sum, entries) => sum + entries, 0) / pullSeconds,
    pushCpuMs,
    seenP50: quantile(seen, 0.5),
    seenP95: quantile(seen, 0.95),
  };
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
