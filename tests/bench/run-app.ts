import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runElectron } from './launch.ts';
import type { RoundPlace } from './run-rounds.ts';
import { profileOf } from './run-rounds.ts';
import type { Samples } from './samples.ts';
import type { StartResult, StartSetting } from './start-setting.ts';
import { startResult } from './start-setting.ts';

const importReport = z.object({ import: z.object({ rowsRead: z.number(), seconds: z.number() }) });

/**
 * The built program itself: start-up to its first rows and memory, beside a blank page in the same runtime. The first
 * start of each, which fills Chromium's caches, does not count.
 */
export async function runStartUp(root: string, place: RoundPlace, samples: Samples): Promise<void> {
  for (const kind of ['blank', 'app'] as const) {
    await startOnce(kind, root, place);
    const { readyMs, domReadyMs, rendererMb } = await startOnce(kind, root, place);
    samples.add(`start/${kind}Ms`, readyMs);
    samples.add(`start/${kind}DomReadyMs`, domReadyMs);
    samples.add(`start/${kind}RendererMb`, rendererMb);
    place.say(`start ${kind}: ${readyMs.toFixed(0)} ms, ${rendererMb?.toFixed(0) ?? '?'} MB in renderers`);
  }
}

async function startOnce(kind: StartSetting['kind'], root: string, place: RoundPlace): Promise<StartResult> {
  const resultFile = path.join(place.scratch, 'start.json');
  rmSync(resultFile, { force: true });
  const profile = kind === 'app' ? profileOf('holdfast', place.scratch) : path.join(place.scratch, 'profile-blank');
  const appMain = path.join(root, 'out/main/main.js');
  const setting: StartSetting = { kind, appMain, profile, preload: place.preload, resultFile, startedAt: Date.now() };
  const args = [place.built.startMain, optionsArgument({ space: 'bench', userData: profile })];
  const said = await runElectron(place.executable, args, { HOLDFAST_BENCH_START: JSON.stringify(setting) });
  if (!existsSync(resultFile)) throw new Error(`${kind} did not start:\n${said}`);
  return startResult.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
}

/** The whole import of a real log by the program without a window: read, unpack, plan, decide, write, journal. */
export async function runImport(root: string, log: string, place: RoundPlace, samples: Samples): Promise<void> {
  const report = path.join(place.scratch, 'import.json');
  const profile = path.join(place.scratch, 'profile-import');
  for (const old of [report, profile]) rmSync(old, { recursive: true, force: true });
  const said = await runElectron(
    place.executable,
    [root, optionsArgument({ space: 'import', userData: profile, importFile: log, headless: true, report })],
    {},
  );
  if (!existsSync(report)) throw new Error(`the import ended without a report:\n${said}`);
  const { rowsRead, seconds } = importReport.parse(JSON.parse(readFileSync(report, 'utf8'))).import;
  samples.add('import/rowsPerSecond', rowsRead / seconds);
  place.say(`import: ${rowsRead} rows in ${seconds.toFixed(1)} s`);
}

/** The program's own way to be told: base64url of JSON. */
function optionsArgument(options: Readonly<Record<string, string | boolean>>): string {
  return `--holdfast-options=${Buffer.from(JSON.stringify(options)).toString('base64url')}`;
}
