import {
  desktopInputs,
  type DesktopAnswer,
  type DesktopApi,
  type DesktopCall,
  type DesktopEvents,
  type DesktopInput,
} from '../../shared/desktop-api.ts';
import { createBrowserEndpoint } from './browser-endpoint.ts';
import { createBrowserFiles } from './browser-files.ts';
import { createBrowserRecords } from './browser-records.ts';
import { openBrowserStorage } from './browser-storage.ts';
import { StandInFailure, type Handlers } from './stand-in-handlers.ts';

/** The whole boundary in a plain browser, for `npm run dev` and screenshots. Inputs are checked as the shell does. */
export async function createBrowserDesktop(): Promise<DesktopApi> {
  const storage = await openBrowserStorage('holdfast-stand-in');
  const query = new URLSearchParams(location.search);
  const handlers: Handlers = {
    ...createBrowserRecords(storage),
    ...createBrowserFiles(),
    ...createBrowserEndpoint(),
    appInfo: async () => ({
      version: '0.0.0-dev',
      electron: '',
      chromium: /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? '',
      node: '',
      platform: 'browser',
      space: query.get('space') ?? 'demo',
      demo: (await storage.read(`device/${query.get('space') ?? 'demo'}`)) === undefined,
      import: null,
      headless: false,
      runtimeNotice: 'Development page in a plain browser: nothing here is kept for good.',
      locale: query.get('locale') ?? navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    storageState: async () => {
      const estimate = await navigator.storage.estimate();
      return { freeBytes: (estimate.quota ?? 0) - (estimate.usage ?? 0), level: 'ok' };
    },
    pagePrint: async () => {
      print();
      return { printed: true };
    },
    // A browser prints to a PDF by its own print dialog.
    pageSavePdf: async () => {
      print();
      return null;
    },
    openExternal: async () => ({ opened: false }),
    copyText: async ({ text }) => {
      await navigator.clipboard.writeText(text);
      return null;
    },
    setTheme: async () => null,
    setZoom: async () => null,
    reportDone: async ({ report }) => {
      console.info('report of the headless run', report);
      return null;
    },
    logError: async ({ message, where }) => {
      console.error(`${where}: ${message}`);
      return null;
    },
  };
  return { call: (name, input) => answer(handlers, name, input), on: listen };
}

async function answer<Name extends DesktopCall>(
  handlers: Handlers,
  name: Name,
  input: DesktopInput<Name>,
): Promise<DesktopAnswer<Name>> {
  const parsed = desktopInputs[name].safeParse(input);
  if (!parsed.success)
    return { ok: false, failure: { kind: 'bad-input', message: `${name}: ${parsed.error.message}` } };
  try {
    return { ok: true, value: await handlers[name](input) };
  } catch (error) {
    const kind = error instanceof StandInFailure ? error.kind : 'internal';
    return {
      ok: false,
      failure: { kind, message: `${name}: ${error instanceof Error ? error.message : String(error)}` },
    };
  }
}

/** Events are sent from the console or a test: `dispatchEvent(new CustomEvent('holdfast:menuCommand', { detail }))`. */
function listen<Name extends keyof DesktopEvents>(
  name: Name,
  heard: (payload: DesktopEvents[Name]) => void,
): () => void {
  const listener = (event: Event): void => {
    if (event instanceof CustomEvent) heard(event.detail as DesktopEvents[Name]);
  };
  addEventListener(`holdfast:${name}`, listener);
  return () => removeEventListener(`holdfast:${name}`, listener);
}
