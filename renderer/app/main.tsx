import './trusted-types.ts';
import './zod-settings.ts';
import '../ui/styles/styles.ts';
import { createIntl } from 'react-intl';
import { createRoot, type Root } from 'react-dom/client';
import type { DesktopApi } from '../../shared/desktop-api.ts';
import { createDataClient } from '../data/data-client.ts';
import type { DataClient, WorkerPort } from '../data/data-client.ts';
import { openDesktop } from '../desktop/desktop.ts';
import { commonMessages } from '../services/common-messages.ts';
import type { Locale } from '../services/common-messages.ts';
import { openDrafts } from '../services/drafts.ts';
import { tellEdits } from '../services/edit-drafts.ts';
import type { Services } from '../services/services.ts';
import { translate } from '../services/text.ts';
import { connectionSlice } from '../store/connection-slice.ts';
import { seenSlice } from '../store/seen-slice.ts';
import { listenForDrops } from '../features/exchange/file-drop.ts';
import { importNow } from '../features/exchange/import-actions.ts';
import { createCommandRunner } from '../widgets/command-runner.ts';
import type { Desk } from '../widgets/desk.ts';
import { appCommands } from './app-commands.ts';
import { appMessages } from './app-text.ts';
import { App } from './app.tsx';
import { buildStore } from './build-store.ts';
import type { DeskStore } from './build-store.ts';
import { FailedScreen } from './failed-screen.tsx';
import { features } from './features.ts';
import { runHeadless } from './headless.ts';
import { listenForKeys } from './key-handling.ts';
import { openReference } from './open-reference.ts';
import { startDataWorker } from './start-data-worker.ts';

const now = (): number => Date.now();

/** The page's composition root: opens the shell and the data, builds services and store, mounts. */
async function main(): Promise<void> {
  const container = document.querySelector('#root');
  if (container === null) throw new Error('index.html has no element #root');
  const root = createRoot(container);
  // First of all: it is read and compiled while the page asks what it is to open.
  const worker = startDataWorker();
  const desktop = await openDesktop();
  try {
    await start(root, desktop, worker);
  } catch (error) {
    void desktop.call('logError', { message: String(error).slice(0, 2_000), where: 'start' });
    const locale: Locale = document.documentElement.lang === 'de' ? 'de' : 'en';
    const messages = { ...commonMessages[locale], ...appMessages[locale] };
    root.render(<FailedScreen locale={locale} messages={messages} reason="start" />);
  }
}

async function start(root: Root, desktop: DesktopApi, worker: WorkerPort): Promise<void> {
  const answer = await desktop.call('appInfo', null);
  if (!answer.ok) throw new Error(`appInfo: ${answer.failure.message}`);
  const info = answer.value;
  const locale: Locale = info.locale.startsWith('de') ? 'de' : 'en';
  document.documentElement.lang = locale;
  const messages = Object.assign(
    {},
    commonMessages[locale],
    appMessages[locale],
    ...features.map((feature) => feature.messages[locale]),
  ) as Record<string, string>;
  const data = createDataClient(worker, desktop, crypto.randomUUID());
  const status = await data.call('open', {
    space: info.space,
    demo: info.demo && info.import === null,
    chromium: info.chromium,
  });
  if (info.headless) {
    await runHeadless(data, desktop, info, status);
    return;
  }
  if (status.phase === 'failed' || status.user === null) {
    root.render(<FailedScreen locale={locale} messages={messages} reason={status.reason ?? ''} />);
    if (status.reason === 'storage.full') void openWhenThereIsRoom(desktop);
    return;
  }
  const drafts = tellEdits(await openDrafts(desktop, info.space, now), data);
  const services: Services = { data, desktop, now, actor: status.user, info, locale, drafts };
  const { store, remember } = buildStore(localStorage, info.space);
  addEventListener('pagehide', remember);
  const desk = buildDesk(services, store, messages);
  const commands = [...appCommands, ...features.flatMap((feature) => feature.commands)];
  listen(services, store, desk, commands, data, desktop);
  // Who waits for a picture of the desk waits for the import that the command line asked for, too.
  const { dataset } = document.documentElement;
  if (info.import !== null) dataset['importing'] = '';
  root.render(<App services={services} store={store} desk={desk} commands={commands} messages={messages} />);
  if (info.import === null) return;
  try {
    await importNow(desk, info.import);
  } finally {
    delete dataset['importing'];
  }
}

const lookForRoomMs = 1_000;

/** Nobody has to start again once there is room on the disk. */
async function openWhenThereIsRoom(desktop: DesktopApi): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookForRoomMs));
    const looked = await desktop.call('storageState', null);
    if (!looked.ok || looked.value.level === 'full') continue;
    location.reload();
    return;
  }
}

function buildDesk(services: Services, store: DeskStore, messages: Readonly<Record<string, string>>): Desk {
  const intl = createIntl({ locale: services.locale, messages: { ...messages } });
  const parts = {
    services,
    getState: () => store.getState(),
    dispatch: (action: Parameters<Desk['dispatch']>[0]) => void store.dispatch(action),
    translate: (key: string, values?: Parameters<typeof translate>[2]) => translate(intl, key, values),
  };
  return { ...parts, runner: createCommandRunner(parts) };
}

function listen(
  services: Services,
  store: DeskStore,
  desk: Desk,
  commands: typeof appCommands,
  data: DataClient,
  desktop: DesktopApi,
): void {
  store.dispatch(seenSlice.actions.startedSeeing(now()));
  const connection = (): void => {
    store.dispatch(
      navigator.onLine ? connectionSlice.actions.wentOnline() : connectionSlice.actions.wentOffline(now()),
    );
  };
  connection();
  addEventListener('online', connection);
  addEventListener('offline', connection);
  addEventListener('pagehide', () => {
    services.drafts.flush();
  });
  data.watch({ type: 'status' }, ({ phase, reason }) => {
    if (phase === 'failed' && (reason === 'data.damaged' || reason === 'storage.stuck')) reloadSoon(services);
  });
  data.watch({ type: 'sync' }, ({ link }) => {
    const roles = link?.roles ?? [];
    if (roles.join() !== store.getState().connection.roles.join())
      store.dispatch(connectionSlice.actions.gotRoles(roles));
  });
  listenForKeys(window, commands, desk, now);
  listenForDrops(window, desk);
  desktop.on('menuCommand', ({ command }) => {
    commands.find((each) => each.id === command)?.run(desk);
  });
  desktop.on('deepLink', (link) => {
    void openReference(data, store, link).then((isHere) => {
      if (!isHere) desk.runner.tell(desk.translate('link.not-here', { reference: link.reference }), 'refused');
    });
  });
}

/** The database showed damage or does not answer: loading again mends it. What is being typed reaches the shell first. */
function reloadSoon(services: Services): void {
  services.drafts.flush();
  setTimeout(() => location.reload(), 500);
}

void main();
