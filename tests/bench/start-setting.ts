import { z } from 'zod';

/** What the shell of the start-up measurement is told, and what it answers. */
export const startSetting = z.strictObject({
  /** The built program, or an empty page in the same window. */
  kind: z.enum(['app', 'blank']),
  appMain: z.string(),
  profile: z.string(),
  preload: z.string(),
  resultFile: z.string(),
  /** Wall time (ms) when the process was spawned. */
  startedAt: z.number(),
});
export type StartSetting = z.infer<typeof startSetting>;

export const startResult = z.object({
  /** From the spawn to the first frame with `data-ready`. */
  readyMs: z.number(),
  /** Until the page's scripts had run once: what is left is the program's own work. */
  domReadyMs: z.number(),
  /** Memory of the renderers some seconds later. */
  rendererMb: z.number().nullable(),
});
export type StartResult = z.infer<typeof startResult>;
