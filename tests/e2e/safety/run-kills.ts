import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataStatus } from '../../../renderer/data/data-api.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { Chance } from '../../simulation/chance.ts';
import { openDesk, spaceName, startAndKill, type RunningDesk } from './desk-process.ts';
import { workByClient, type Hand, type Stop } from './hands.ts';
import { Ledger } from './ledger.ts';
import { listTickets, readTickets, repeatedReferences } from './look-at-desk.ts';
import { Typist } from './typist.ts';

export interface KillsResult {
  readonly kills: { readonly working: number; readonly idle: number; readonly starting: number };
  readonly acknowledged: number;
  /** Found whole though nobody had been told. */
  readonly kept: number;
  readonly drafts: number;
  /** What went wrong, in words; empty when nothing did. */
  readonly lost: readonly string[];
  readonly half: readonly string[];
  readonly damaged: readonly string[];
}

/** A kill while working comes after at most so many acknowledged changes, or keys, and a moment (ms) more. */
const mostChanges = 40;
const mostKeys = 90;
const momentMs = 120;
/** A kill of a start comes after at most this time (ms): mostly before the desk is ready. */
const longestStartMs = 2_400;
/** Idle work begins 1.5 s after the last change and takes a moment. */
const idleFromMs = 1_450;
const idleForMs = 500;

/**
 * Kills a working desk again and again on one growing profile, at moments that the seed chooses, and after each restart
 * compares what is there with what was acknowledged to this process.
 */
export async function runKills(times: number, seed: number, say: (line: string) => void): Promise<KillsResult> {
  const chance = new Chance(seed);
  const userData = makeFolder('kills');
  const kills = { working: 0, idle: 0, starting: 0 };
  const lost: string[] = [];
  const half: string[] = [];
  const damaged: string[] = [];
  let kept = 0;
  let drafts = 0;
  let typedAcknowledged = 0;
  const ledger = new Ledger();
  const hands: readonly Hand[] = ['a', 'b'].map((name) => ({ name, tickets: [], count: 0 }));
  const typist = new Typist();
  let killedAt = 0;

  async function look(desk: RunningDesk): Promise<void> {
    const verdict = ledger.settle(await readTickets(desk.client, ledger.ids));
    const typed = await typist.check(desk.client, spaceName, killedAt);
    lost.push(...verdict.lost, ...typed.lost);
    half.push(...verdict.half);
    kept += verdict.kept;
    drafts += typed.drafts;
    typedAcknowledged += typed.acknowledged;
    const { problems } = await desk.client.call('checkIntegrity', null);
    const { recovery } = (await desk.client.call('query', { type: 'status' })) as DataStatus;
    damaged.push(...problems, ...repeatedReferences(await listTickets(desk.client)).map((each) => `${each} twice`));
    if (recovery !== null) damaged.push(`reported although nothing was lost: ${JSON.stringify(recovery)}`);
  }

  /** Resolves at the moment of the kill: counted in work, not in time, so that a slow machine is killed as often at work. */
  async function reachMoment(): Promise<void> {
    const watched = chance.happens(0.5)
      ? { count: () => ledger.acknowledged, until: ledger.acknowledged + 1 + chance.below(mostChanges) }
      : { count: () => typist.keys, until: typist.keys + 1 + chance.below(mostKeys) };
    while (watched.count() < watched.until) await wait(5);
    await wait(chance.below(momentMs));
  }

  let desk = await openDesk({ userData, importFile: oneTicket() });
  for (let done = 0; done < times;) {
    const status = (await desk.client.call('query', { type: 'status' })) as DataStatus;
    const user = status.user?.id ?? '';
    const stop: Stop = { stopped: false };
    const working = [
      ...hands.map((hand) => workByClient(desk.client, hand, ledger, chance, stop, user)),
      typist.work(desk.page, chance, stop, Date.now),
    ];
    const failed = Promise.all(working);
    await Promise.race([reachMoment(), failed]);
    stop.stopped = true;
    if (chance.happens(0.15)) {
      await failed;
      await wait(idleFromMs + chance.below(idleForMs));
      kills.idle += 1;
    } else kills.working += 1;
    await desk.kill();
    killedAt = Date.now();
    await failed;
    done += 1;
    for (; done < times && chance.happens(0.2); done += 1) {
      await startAndKill({ userData }, 200 + chance.below(longestStartMs));
      kills.starting += 1;
    }
    const started = performance.now();
    desk = await openDesk({ userData });
    const opened = performance.now() - started;
    await look(desk);
    say(
      `kill ${done}: ${ledger.acknowledged + typedAcknowledged} acknowledged, ${lost.length} lost, ${half.length} half, ` +
        `${damaged.length} damaged; opened in ${opened.toFixed(0)} ms`,
    );
  }
  await desk.close();
  rmSync(userData, { recursive: true, force: true });
  return { kills, acknowledged: ledger.acknowledged + typedAcknowledged, kept, drafts, lost, half, damaged };
}

/** A file with one ticket: a space that begins with an import is not filled with the demo. */
function oneTicket(): string {
  const file = path.join(makeFolder('first'), 'first.csv');
  writeFileSync(file, 'number,title\r\nINC1,The first\r\n');
  return file;
}
