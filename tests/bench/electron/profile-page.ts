import type { WebContents } from 'electron';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';

const stopped = z.object({ profile: z.unknown() });

/** Runs something in the page under V8's sampling profiler and writes what it saw as a .cpuprofile. */
export async function profilePage(page: WebContents, file: string, run: () => Promise<unknown>): Promise<unknown> {
  page.debugger.attach();
  await page.debugger.sendCommand('Profiler.enable');
  await page.debugger.sendCommand('Profiler.setSamplingInterval', { interval: 500 });
  await page.debugger.sendCommand('Profiler.start');
  try {
    return await run();
  } finally {
    const { profile } = stopped.parse(await page.debugger.sendCommand('Profiler.stop'));
    writeFileSync(file, JSON.stringify(profile));
  }
}
