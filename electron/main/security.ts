import type { App, Session, WebContents } from 'electron';
import type { Log } from './log.ts';
import type { OwnAddresses } from './own-address.ts';

/** What the page may ask the system for. Everything else is refused, by the asking and by the checking handler. */
const allowedPermissions: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write']);

/**
 * The guards of every web content there will ever be, set in one place: a window made later cannot lack them.
 * To be called before the application is ready.
 */
export function guardApplication(app: App, own: OwnAddresses, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, own, log));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('login', (event, _contents, _details, _authInfo, callback) => {
    event.preventDefault();
    callback();
  });
}

function guardContents(contents: WebContents, own: OwnAddresses, log: Log): void {
  const refuse = (what: string): void => log({ level: 'warning', where: 'security', message: `${what} refused` });
  const guardNavigation =
    (what: string) =>
    (event: { readonly url: string; readonly preventDefault: () => void }): void => {
      if (own.isEntry(event.url)) return;
      event.preventDefault();
      refuse(what);
    };
  contents.on('will-navigate', guardNavigation('navigation'));
  contents.on('will-frame-navigate', (event) => {
    // The page holds no frames: only its own reload may pass.
    if (event.isMainFrame && own.isEntry(event.url)) return;
    event.preventDefault();
    refuse('navigation of a frame');
  });
  contents.on('will-redirect', guardNavigation('redirect'));
  // Chromium asks nobody before it shows about:blank: there, the desk is fetched back.
  contents.on('did-navigate', (_event, address) => {
    if (contents.getType() !== 'window' || own.isEntry(address)) return;
    refuse('another document');
    void contents.loadURL(own.entry);
  });
  contents.setWindowOpenHandler(() => {
    refuse('new window');
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refuse('webview');
  });
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault();
    callback('');
  });
}

/** The guards of the session the page lives in: permissions, devices and the network. */
export function guardSession(session: Session, own: OwnAddresses): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    callback(
      allowedPermissions.has(permission) &&
        details.isMainFrame &&
        own.isOwn(details.requestingUrl) &&
        own.isOwn(contents.getURL()),
    );
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      allowedPermissions.has(permission) && details.isMainFrame && own.isOwn(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault();
    callback(null);
  });
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault();
    callback('');
  });
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('will-download', (event) => event.preventDefault());
  // Second lock behind `connect-src 'self'`: the page's session reaches no network at all.
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocalRequest(details.url, own) }));
  // No dictionary is ever fetched. (macOS uses the system's own and ignores this.)
  session.setSpellCheckerLanguages([]);
}

function isLocalRequest(address: string, own: OwnAddresses): boolean {
  return own.isOwn(address) || /^(blob|data|devtools):/.test(address);
}
