import { rmSync } from 'node:fs';
import path from 'node:path';
import type { BuiltBench } from './build-bench.ts';
import { loadAnswer, useAnswer } from './job.ts';
import type { Job, ProcessResult, SubjectName, UseAnswer } from './job.ts';
import { runJob } from './launch.ts';
import type { LaunchPlace } from './launch.ts';
import type { BenchOptions } from './options.ts';
import type { Samples } from './samples.ts';

/** The slow ones get fewer tickets, which flatters them: their times grow faster than the number. */
const mostTickets: Readonly<Partial<Record<SubjectName, number>>> = { rxdb: 5_000, pouchdb: 1_000 };
const views = [1, 20, 100];
const reads = 60;
const saves = 150;

interface Contender {
  readonly name: SubjectName;
  readonly isPeer: boolean;
  /** Asked for reads, saves and live queries too, not only loaded. */
  readonly isUsed: boolean;
}

const contenders: readonly Contender[] = [
  { name: 'holdfast', isPeer: false, isUsed: true },
  { name: 'holdfast-per-ticket', isPeer: false, isUsed: false },
  { name: 'holdfast-layout', isPeer: false, isUsed: false },
  { name: 'raw', isPeer: false, isUsed: true },
  { name: 'raw-operations', isPeer: false, isUsed: true },
  { name: 'dexie', isPeer: false, isUsed: true },
  { name: 'sqlite', isPeer: true, isUsed: true },
  { name: 'rxdb', isPeer: true, isUsed: true },
  { name: 'pouchdb', isPeer: true, isUsed: true },
];

export function ticketsFor(name: SubjectName, tickets: number): number {
  return Math.min(tickets, mostTickets[name] ?? tickets);
}

export interface RoundPlace extends LaunchPlace {
  readonly built: BuiltBench;
  readonly say: (line: string) => void;
}

/** Every contender once, each in its own process on a fresh profile, in an order that turns with the round. */
export async function runRound(
  round: number,
  options: BenchOptions,
  place: RoundPlace,
  samples: Samples,
): Promise<void> {
  const wanted = contenders.filter(
    ({ name, isPeer }) => isWanted(name, options) && (!isPeer || place.built.peerPages !== null),
  );
  const turned = [...wanted.slice(round % wanted.length), ...wanted.slice(0, round % wanted.length)];
  for (const contender of turned) {
    try {
      await runContender(contender, options, place, samples);
    } catch (error) {
      if (!contender.isPeer) throw error;
      // A peer that breaks is left out of the round and said; it must not cost the rest.
      place.say(`${contender.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function isWanted(name: SubjectName, { only }: BenchOptions): boolean {
  return only === null || name.startsWith('holdfast') || name === 'raw-operations' || only.includes(name);
}

export function profileOf(name: SubjectName, scratch: string): string {
  return path.join(scratch, `profile-${name}`);
}

async function runContender(
  { name, isPeer, isUsed }: Contender,
  options: BenchOptions,
  place: RoundPlace,
  samples: Samples,
): Promise<void> {
  const pages = isPeer ? (place.built.peerPages ?? '') : place.built.ownPages;
  const profile = profileOf(name, place.scratch);
  rmSync(profile, { recursive: true, force: true });
  const tickets = ticketsFor(name, options.tickets);
  const job = (kind: Job['kind'], subject: SubjectName): Job => ({ kind, subject, tickets, reads, saves, views });

  const loaded = await runJob(place, pages, profile, job('load', name));
  noteLoad(name, loaded, samples);
  if (isUsed) {
    const used = await runJob(place, pages, profile, job('use', name));
    noteUse(name, useAnswer.parse(used.answer), samples);
    samples.add(`${name}/rendererMb`, used.rendererMb);
  }
  if (name === 'raw') {
    const strict = await runJob(place, pages, profile, { ...job('use', 'raw-strict'), reads: 0, views: [] });
    noteUse('raw-strict', useAnswer.parse(strict.answer), samples);
  }
  const saveMs = samples.of(`${name}/save/p50`);
  const saved = saveMs === null ? '' : `, save p50 ${saveMs.toFixed(1)} ms`;
  place.say(`${name}: ${(samples.of(`${name}/recordsPerSecond`) ?? 0).toFixed(0)} records/s${saved}`);
}

function noteLoad(name: SubjectName, { answer, usage, diskMb }: ProcessResult, samples: Samples): void {
  const { records, ms } = loadAnswer.parse(answer);
  samples.add(`${name}/recordsPerSecond`, (records / ms) * 1_000);
  samples.add(`${name}/cpuMicrosecondsPerRecord`, usage === null ? null : (usage.cpuSeconds / records) * 1e6);
  samples.add(`${name}/writtenBytesPerRecord`, usage === null ? null : (usage.writtenMb / records) * 1_048_576);
  samples.add(`${name}/diskBytesPerRecord`, (diskMb / records) * 1_048_576);
}

function noteUse(
  name: SubjectName,
  { coldOpenMs, reads: times, save, saveParts, live }: UseAnswer,
  samples: Samples,
): void {
  samples.add(`${name}/coldOpenMs`, coldOpenMs);
  for (const [read, { p50, p99 }] of Object.entries(times)) {
    samples.add(`${name}/${read}/p50`, p50);
    samples.add(`${name}/${read}/p99`, p99);
  }
  for (const [part, { p50 }] of Object.entries(saveParts)) samples.add(`save part/${part}`, p50);
  samples.add(`${name}/save/p50`, save?.p50 ?? null);
  samples.add(`${name}/save/p99`, save?.p99 ?? null);
  for (const { views: count, first, all } of live) {
    samples.add(`${name}/live ${count}/p50`, first.p50);
    samples.add(`${name}/live ${count}/p99`, first.p99);
    samples.add(`${name}/live ${count} all/p50`, all.p50);
  }
}
