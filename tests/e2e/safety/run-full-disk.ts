import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataStatus } from '../../../renderer/data/data-api.ts';
import { Chance } from '../../simulation/chance.ts';
import { openDesk, type RunningDesk } from './desk-process.ts';
import { FullDiskRound, type RoundResult } from './full-disk-round.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** What the desk does when the space runs out. */
export const fillMoments = ['working', 'idle', 'importing', 'starting'] as const;
export type FillMoment = (typeof fillMoments)[number];

/** How it goes on: the space returns, or the desk is killed first and started on the full disk. */
export const fillEnds = ['space-returns', 'kill'] as const;
export type FillEnd = (typeof fillEnds)[number];

export interface FullDiskRun {
  readonly rounds: readonly RoundResult[];
  readonly acknowledged: number;
  /** What went wrong, in words; empty when nothing did. */
  readonly problems: readonly string[];
}

const diskBytes = 400 * 1024 * 1024;
/** The profile grows: after so many rounds a new one is begun. */
const roundsPerProfile = 15;

/**
 * Fills the disk of a working desk again and again, at moments and to byte counts that the seed chooses, and compares
 * what is there with what was acknowledged, while it is full, after a kill on the full disk, and when space is back.
 */
export async function runFullDisk(times: number, seed: number, say: (line: string) => void): Promise<FullDiskRun> {
  const chance = new Chance(seed);
  const rounds: RoundResult[] = [];
  const problems: string[] = [];
  let acknowledged = 0;
  let told = 0;
  for (let done = 0; done < times;) {
    const disk = mountSmallDisk(diskBytes);
    let desk: RunningDesk | null = null;
    try {
      desk = await openDesk({ userData: path.join(disk.folder, 'profile') });
      const round = new FullDiskRound(disk, chance, problems);
      await checkStart(desk, disk, problems);
      for (let count = 0; done < times && count < roundsPerProfile; count += 1, done += 1) {
        const moment = fillMoments[done % fillMoments.length] ?? 'working';
        const end = chance.pick(fillEnds);
        const result: { desk: RunningDesk; result: RoundResult } = await round.run(desk, moment, end);
        ({ desk } = result);
        rounds.push(result.result);
        say(`${disk.kind} ${done + 1}: ${describe(result.result)}; ${problems.length} problems`);
        for (const problem of problems.slice(told)) say(problem.slice(0, 600));
        told = problems.length;
      }
      acknowledged += round.acknowledged;
    } finally {
      await desk?.kill().catch((error: unknown) => say(`kill: ${String(error)}`));
      await unmount(disk);
    }
  }
  return { rounds, acknowledged, problems };
}

async function checkStart(desk: RunningDesk, disk: SmallDisk, problems: string[]): Promise<void> {
  const { phase, storage } = (await desk.client.call('query', { type: 'status' })) as DataStatus;
  if (phase !== 'ready' || storage !== 'ok')
    problems.push(`an empty disk of ${diskBytes} bytes, ${disk.freeBytes()} free, is ${storage}, the desk ${phase}`);
}

/** Chromium's last process may hold a file for a moment after its end. */
async function unmount(disk: SmallDisk): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      disk.remove();
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await wait(250);
    }
  }
}

function describe({ moment, end, keep, messageMs, resumeMs, reloads, refused, opened }: RoundResult): string {
  const start = opened === null ? '' : `, started on the full disk: ${opened}`;
  return (
    `${moment}, ${keep} bytes left, then ${end}: message after ${messageMs} ms${start}, resumed after ${resumeMs} ms, ` +
    `${refused} refused, loaded again ${reloads} times`
  );
}
