import { quantile } from '../measure.ts';
import { BenchDesk } from './bench-desk.ts';
import type { History } from './history.ts';
import { cpuMsOf, withEndpoint } from './with-endpoint.ts';

export interface GrowthTimes {
  readonly history: number;
  /** ms of the endpoint's processor for one operation pushed, in pushes of 500. */
  readonly pushCpuMs: number;
  readonly pushMs: number;
  /** Of a page of 1,000 entries anywhere in the log. */
  readonly pageMs: number;
  readonly helloMs: number;
}

const pushes = 10;
const warmUps = 2;
const operationsPerPush = 500;

/** Cost of an operation, a page and a greeting on a history of this length. */
export async function measureGrowth(history: History, length: number): Promise<GrowthTimes> {
  await history.growTo(length);
  // Else the endpoint would make one beside what is measured.
  await history.makeSnapshot();
  return await withEndpoint(history.place, 1, async ({ url, pid, codes }) => {
    const desk = new BenchDesk(url, `person-${length}`);
    await desk.enrol(codes[0] ?? '');
    const work = Array.from({ length: warmUps + pushes }, () => desk.make(operationsPerPush));
    for (const lines of work.slice(0, warmUps)) await desk.push(lines);
    const [cpu, began] = [cpuMsOf(pid), performance.now()];
    for (const lines of work.slice(warmUps)) await desk.push(lines);
    const operations = pushes * operationsPerPush;
    const [pushCpuMs, pushMs] = [(cpuMsOf(pid) - cpu) / operations, (performance.now() - began) / operations];
    const pages = await timesOf(15, async (turn) => await desk.pull(Math.floor((length / 15) * turn)));
    const greetings = await timesOf(15, async () => await desk.hello());
    return { history: length, pushCpuMs, pushMs, pageMs: quantile(pages, 0.5), helloMs: quantile(greetings, 0.5) };
  });
}

async function timesOf(count: number, run: (turn: number) => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const began = performance.now();
    await run(turn);
    times.push(performance.now() - began);
  }
  return times;
}
