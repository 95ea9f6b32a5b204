import { app, safeStorage, shell } from 'electron';
import { setTimeout as wait } from 'node:timers/promises';
import { announce } from '../announce.ts';
import { chooseLocale } from '../app-info.ts';
import { checkExternalLink } from '../external-link.ts';
import { ownWindows } from '../window.ts';
import { createEndpointHandlers, type EndpointHandlers, type EndpointSetting } from './endpoint-handlers.ts';
import { createSecretSeal } from './secret-seal.ts';
import { openSystemNetwork, watchNetwork } from './system-network.ts';

/** The way to endpoints on this system's network, keyring and clock. To be called when Electron is ready. */
export function openTransport(place: Pick<EndpointSetting, 'disk' | 'spaces' | 'log'>): EndpointHandlers {
  const { handlers, close } = createEndpointHandlers({
    ...place,
    announce,
    seal: createSecretSeal(safeStorage),
    network: openSystemNetwork(Date.now),
    browser: {
      openBrowser: async (address) => {
        const checked = checkExternalLink(address);
        if (checked === null) throw new Error('expected an address that may be opened outside of the program');
        await shell.openExternal(checked);
      },
      comeBack: () => {
        const [window] = ownWindows();
        if (window?.isMinimized() === true) window.restore();
        window?.show();
        app.focus({ steal: true });
      },
      locale: chooseLocale(app.getPreferredSystemLanguages()),
    },
    chance: Math.random,
    // A wait that is cut short is over, not failed.
    wait: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
  });
  const stopWatching = watchNetwork((online) => announce('networkChanged', { online }));
  return {
    handlers,
    close: () => {
      stopWatching();
      close();
    },
  };
}
