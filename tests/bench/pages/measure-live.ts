import type { UseAnswer } from '../job.ts';
import { summarize, wait } from '../measure.ts';
import type { Subject } from '../subjects/subject.ts';

const turns = 15;
const restMs = 25;
const patienceMs = 5_000;
/** Views look at so many queues in turn, so that a change concerns every twentieth of them. */
const watchedQueues = 20;

/** From a change to the first view that hears of it, and to the last of all it concerns, for each number of views. */
export async function measureLive(subject: Subject, viewCounts: readonly number[]): Promise<UseAnswer['live']> {
  const { watch, touch } = subject;
  if (!watch || !touch) return [];
  const measured: UseAnswer['live'][number][] = [];
  for (const views of viewCounts) {
    let heard: (view: number) => void = () => undefined;
    const stops = await Promise.all(
      Array.from({ length: views }, (_, view) =>
        watch(view % watchedQueues, () => {
          heard(view);
        }),
      ),
    );
    const first: number[] = [];
    const all: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const concerned = Math.ceil(views / watchedQueues);
      const waiting = new Set<number>();
      const began = performance.now();
      const done = new Promise<void>((resolve) => {
        heard = (view) => {
          if (view % watchedQueues !== 0 || waiting.has(view)) return;
          if (waiting.size === 0) first.push(performance.now() - began);
          waiting.add(view);
          if (waiting.size === concerned) resolve();
        };
      });
      const touched = touch(0, turn);
      await Promise.race([done, wait(patienceMs)]);
      if (waiting.size < concerned)
        throw new Error(`${concerned - waiting.size} of ${concerned} views heard nothing within ${patienceMs} ms`);
      all.push(performance.now() - began);
      await touched;
      await wait(restMs);
    }
    for (const stop of stops) stop();
    measured.push({ views, first: summarize(first), all: summarize(all) });
  }
  return measured;
}
