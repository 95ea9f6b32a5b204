import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import type { ShellSettings } from './shell-settings.ts';
import { choosePlace, smallestSize } from './window-place.ts';

/** Canvas colours of the design, so that no white shows before the page does. */
const canvas = { light: '#f1f4f6', dark: '#0c0f11' } as const;

/** Points 2 to 10 of Electron's security list, said even where they are the default. */
export function pagePreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    // A hidden or covered window still hears the data worker: saving and exchange must not slow down.
    backgroundThrottling: false,
  };
}

export interface WindowSetting {
  readonly preload: string;
  readonly entry: string;
  readonly settings: ShellSettings;
  /** A hidden window: headless runs. */
  readonly hidden: boolean;
}

/** Windows we made: the only ones whose page may call the shell. */
const windows = new Set<BrowserWindow>();

export function ownWindows(): readonly BrowserWindow[] {
  return [...windows];
}

export function createWindow({ preload, entry, settings, hidden }: WindowSetting): BrowserWindow {
  const { place, zoomPercent } = settings.values();
  const { bounds, maximized } = choosePlace(
    place,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'Holdfast',
    backgroundColor: nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light,
    webPreferences: pagePreferences(preload),
  });
  windows.add(window);
  window.once('closed', () => windows.delete(window));
  if (!hidden) {
    window.once('ready-to-show', () => {
      if (maximized) window.maximize();
      window.show();
    });
    window.on('close', () =>
      settings.change({ place: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } }),
    );
  }
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(zoomPercent / 100));
  void window.loadURL(entry);
  return window;
}

/** Follows the theme with the colour behind the page. */
export function followTheme(): void {
  nativeTheme.on('updated', () => {
    for (const window of windows)
      window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light);
  });
}
