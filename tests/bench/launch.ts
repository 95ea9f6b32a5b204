import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { processResult } from './job.ts';
import type { Job, ProcessResult, ProcessSetting } from './job.ts';

const patienceMs = 5 * 60_000;

export interface LaunchPlace {
  readonly executable: string;
  readonly main: string;
  readonly preload: string;
  /** Scratch folder for profiles and results. */
  readonly scratch: string;
}

/** Chromium cannot sandbox its processes as root. */
export function chromiumFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];
}

/** Runs one job in its own Electron on a profile of its own; throws with what the process said when it fails. */
export async function runJob(
  place: LaunchPlace,
  pages: string,
  profile: string,
  job: Job,
  cpuProfile: string | null = null,
): Promise<ProcessResult> {
  const resultFile = path.join(place.scratch, 'result.json');
  rmSync(resultFile, { force: true });
  const setting: ProcessSetting = { job, pages, preload: place.preload, profile, resultFile, cpuProfile };
  const said = await runElectron(place.executable, [place.main], { HOLDFAST_BENCH: JSON.stringify(setting) });
  const what = `${job.kind} of ${job.subject}`;
  if (!existsSync(resultFile)) throw new Error(`${what} ended without a result:\n${said}`);
  const result = processResult.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
  if (result.error !== null) throw new Error(`${what} failed: ${result.error}\n${said}`);
  return result;
}

/** Starts Electron, waits for its end and returns what it wrote to standard error. */
export function runElectron(
  executable: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [...chromiumFlags(), ...args], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-4_000);
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
    }, patienceMs);
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}
