import { app, protocol } from 'electron';
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { appOrigin, appScheme, appSchemePrivileges } from '../../../electron/main/app-protocol.ts';
import { nodeFileSystem as disk } from '../../../electron/main/journal/node-file-system.ts';
import { openShellSettings } from '../../../electron/main/shell-settings.ts';
import { createWindow } from '../../../electron/main/window.ts';
import { startResult, startSetting } from '../start-setting.ts';
import { readRendererMb } from './process-usage.ts';

/**
 * Measures a start from outside: loads the built program, or shows an empty page in the same kind of window, and waits
 * for the first frame that carries `data-ready`.
 */
const setting = startSetting.parse(JSON.parse(process.env['HOLDFAST_BENCH_START'] ?? 'null'));
/** The program's idle work after the start is part of what it holds. */
const settleMs = 4_000;

/** Resolves to the wall time of the first frame painted after the mark is there. */
const observe = `new Promise((resolve) => {
  const painted = () => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    port2.postMessage(null);
  });
  const isReady = () => document.querySelector('[data-ready]') !== null;
  if (isReady()) return painted();
  const observer = new MutationObserver(() => {
    if (!isReady()) return;
    observer.disconnect();
    painted();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready'] });
})`;

let watched = false;
app.on('web-contents-created', (_event, contents) => {
  contents.on('dom-ready', () => {
    if (watched) return;
    watched = true;
    const domReadyMs = Date.now() - setting.startedAt;
    void contents.mainFrame.executeJavaScript(observe).then(async (at: unknown) => {
      await wait(settleMs);
      const result = startResult.parse({
        domReadyMs,
        readyMs: Number(at) - setting.startedAt,
        rendererMb: readRendererMb(),
      });
      writeFileSync(setting.resultFile, JSON.stringify(result));
      app.exit(0);
    });
  });
});

if (setting.kind === 'app') await import(pathToFileURL(setting.appMain).href);
else {
  app.setPath('userData', setting.profile);
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
  void app.whenReady().then(() => {
    // A page without content is never painted, and a window without a painted page never shown.
    const page = '<!doctype html><html data-ready><title>Blank</title><p>Blank</p></html>';
    protocol.handle(appScheme, () => new Response(page, { headers: { 'Content-Type': 'text/html' } }));
    const settings = openShellSettings(disk, setting.profile, () => undefined);
    createWindow({ preload: setting.preload, entry: `${appOrigin}/index.html`, settings, hidden: false });
  });
}
