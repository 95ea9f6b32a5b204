import { z } from 'zod';
import { openTicketNumbers, queueCount } from '../data/tickets.ts';
import { namedTimes } from '../job.ts';
import type { Job, SubjectName, UseAnswer } from '../job.ts';
import { quantile, summarize, timeEach, wait } from '../measure.ts';
import type { Times } from '../measure.ts';
import type { Subject } from '../subjects/subject.ts';
import { measureLive } from './measure-live.ts';

z.config({ jitless: true });

declare global {
  var runJob: (job: Job) => Promise<unknown>;
}

type Subjects = Readonly<Partial<Record<SubjectName, () => Subject>>>;

/** Lets the shell run one job in this page by `runJob(job)`. */
export function offerJobs(subjects: Subjects): void {
  globalThis.runJob = async (job) => {
    if (job.kind === 'idle') {
      await wait(1_000);
      return null;
    }
    const subject = subjects[job.subject]?.();
    if (!subject) throw new Error(`this page has no ${job.subject}; it has ${Object.keys(subjects).join(', ')}`);
    if (job.kind === 'load') {
      const result = await subject.load({ tickets: job.tickets, begin: () => mark('begin'), end: () => mark('end') });
      await subject.close();
      return result;
    }
    return measureUse(subject, job);
  };
}

/** What was made before must not be cleaned up on the clock. */
async function mark(name: 'begin' | 'end'): Promise<void> {
  if (name === 'begin') globalThis.gc?.();
  await fetch(`/mark/${name}`);
}

async function measureUse(subject: Subject, job: Job): Promise<UseAnswer> {
  const began = performance.now();
  await subject.open();
  const rows = await subject.page(0);
  const coldOpenMs = performance.now() - began;
  if (rows === 0) throw new Error('the first page is empty: nothing was measured');
  const reads = job.reads === 0 ? {} : await measureReads(subject, job);
  const live = await measureLive(subject, job.views);
  const parts = job.saves === 0 ? {} : ((await subject.saveParts?.()) ?? {});
  const save = job.saves === 0 ? null : await measureSaves(subject, job);
  await subject.close();
  globalThis.gc?.();
  return { coldOpenMs, reads, save, saveParts: namedTimes.parse(parts), live };
}

async function measureReads(subject: Subject, job: Job): Promise<Readonly<Record<string, Times>>> {
  const few = Math.max(3, Math.floor(job.reads / 10));
  const counted = await subject.group();
  if (counted !== job.tickets) throw new Error(`the dashboard counts ${counted} of ${job.tickets} tickets`);
  const inWorker = (await subject.readsInWorker?.(job.reads)) ?? {};
  return {
    page: await timeEach(job.reads, (turn) => subject.page(turn % queueCount)),
    count: await timeEach(job.reads, (turn) => subject.count(turn % queueCount)),
    group: await timeEach(few, () => subject.group()),
    record: await timeEach(job.reads, (turn) => subject.record((turn * 97) % job.tickets)),
    ...namedTimes.parse(inWorker),
  };
}

/** Each ticket goes on hold and back: saves need tickets that are in progress. */
async function measureSaves(subject: Subject, job: Job): Promise<Times> {
  const warmUp = 20;
  const numbers = openTicketNumbers(job.tickets, Math.ceil((job.saves + warmUp) / 2));
  const taken: number[] = [];
  for (let turn = 0; turn < job.saves + warmUp; turn += 1) {
    const number = numbers[turn % numbers.length] ?? 0;
    const before = performance.now();
    await subject.save(number);
    if (turn >= warmUp) taken.push(performance.now() - before);
  }
  if (quantile(taken, 1) === 0) throw new Error('saves took no time: nothing was measured');
  return summarize(taken);
}
