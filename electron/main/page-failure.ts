import type { WebContents } from 'electron';
import type { Log } from './log.ts';

/** A page that ends again within this time (ms) is not loaded again: it would only go round in circles. */
const tooSoonMs = 10_000;

/**
 * Loads the page again when its process has ended: everything acknowledged is on the disk, so it comes back as it was.
 * @param giveUp called instead when it ends again at once, and whenever nobody is there to see it (`headless`)
 */
export function recoverPage(
  contents: WebContents,
  headless: boolean,
  log: Log,
  giveUp: (reason: string) => void,
): void {
  let lastAt = Number.NEGATIVE_INFINITY;
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log({ level: 'error', where: 'page', message: `its process ended: ${reason} (${exitCode})` });
    const now = performance.now();
    if (headless || now - lastAt < tooSoonMs) giveUp(`the page's process ended: ${reason}`);
    else contents.reload();
    lastAt = now;
  });
  contents.on('did-fail-load', (_event, code, description, _address, isMainFrame) => {
    // -3 is a load that was given up for another one.
    if (!isMainFrame || code === -3) return;
    log({ level: 'error', where: 'page', message: `it could not be loaded: ${description} (${code})` });
    giveUp(`the page could not be loaded: ${description}`);
  });
  contents.on('unresponsive', () => log({ level: 'warning', where: 'page', message: 'it does not respond' }));
}
