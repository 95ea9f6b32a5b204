import type { App, BrowserWindow } from 'electron';
import type { DesktopEvents } from '../../shared/desktop-api.ts';
import type { announce } from './announce.ts';
import { findDeepLink, linkScheme, parseDeepLink } from './deep-link.ts';

type DeepLink = DesktopEvents['deepLink'];

export interface DeepLinks {
  /** From now on links go to this window; one that came earlier goes to it once its page has loaded. */
  readonly open: (window: BrowserWindow) => void;
}

/**
 * Receives links from the first start (`first`), from later starts of the program, and from macOS. A link that is not
 * of the closed set still brings the window to the front, and does nothing else.
 */
export function receiveDeepLinks(app: App, first: DeepLink | null, tell: typeof announce): DeepLinks {
  let window: BrowserWindow | null = null;
  let waiting = first;

  function follow(link: DeepLink | null): void {
    if (link === null) return;
    if (window === null || window.isDestroyed() || window.webContents.isLoading()) waiting = link;
    else tell('deepLink', link);
  }

  app.on('second-instance', (_event, argv) => {
    if (window !== null && !window.isDestroyed()) {
      if (window.isMinimized()) window.restore();
      if (window.isVisible()) window.focus();
    }
    follow(findDeepLink(argv));
  });
  app.on('open-url', (event, address) => {
    event.preventDefault();
    follow(parseDeepLink(address));
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);

  return {
    open: (opened) => {
      window = opened;
      opened.webContents.on('did-finish-load', () => {
        const link = waiting;
        waiting = null;
        if (link !== null) tell('deepLink', link);
      });
    },
  };
}
