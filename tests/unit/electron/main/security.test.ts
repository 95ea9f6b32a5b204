import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { App, Session } from 'electron';
import { describeOwnAddresses } from '../../../../electron/main/own-address.ts';
import { guardApplication, guardSession } from '../../../../electron/main/security.ts';

vi.mock('electron', () => ({ BrowserWindow: {}, nativeTheme: {}, screen: {} }));
const { pagePreferences } = await import('../../../../electron/main/window.ts');

const own = describeOwnAddresses(null);
const entry = 'app://bundle/index.html';
const elsewhere = [
  'https://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'app://evil/',
  'app://bundle/assets/x.svg',
  'about:blank',
];

class FakeContents extends EventEmitter {
  type = 'window';
  readonly loaded: string[] = [];
  getType(): string {
    return this.type;
  }
  async loadURL(address: string): Promise<void> {
    this.loaded.push(address);
  }
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null;
  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler;
  }
}

function newContents(): { readonly app: EventEmitter; readonly contents: FakeContents } {
  const app = new EventEmitter();
  guardApplication(app as unknown as App, own, () => undefined);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return { app, contents };
}

const prevented = (emit: (event: { preventDefault: () => void }) => void): boolean => {
  let called = false;
  emit({ preventDefault: () => (called = true) });
  return called;
};

describe('2 to 10: what a page may be', () => {
  test.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['webviewTag', false],
    ['spellcheck', false],
    ['enableBlinkFeatures', undefined],
    ['disableBlinkFeatures', undefined],
  ] as const)('%s is %s', (name, value) => {
    expect(pagePreferences('/preload.cjs')[name]).toBe(value);
  });
});

describe('11 to 14: every web content there will ever be', () => {
  test.each(['will-navigate', 'will-redirect'])('%s leads nowhere but to the entry document', (name) => {
    const { contents } = newContents();
    for (const url of elsewhere)
      expect(
        prevented((event) => contents.emit(name, { ...event, url })),
        url,
      ).toBe(true);
    expect(prevented((event) => contents.emit(name, { ...event, url: entry }))).toBe(false);
  });

  test('a document that came unasked is replaced by the entry document', () => {
    const { contents } = newContents();
    contents.emit('did-navigate', {}, entry);
    contents.emit('did-navigate', {}, 'app://bundle/?x');
    expect(contents.loaded).toEqual([]);
    contents.emit('did-navigate', {}, 'about:blank');
    expect(contents.loaded).toEqual([entry]);
    contents.type = 'devtools';
    contents.emit('did-navigate', {}, 'devtools://devtools/bundled/x.html');
    expect(contents.loaded).toEqual([entry]);
  });

  test('a frame leads nowhere at all', () => {
    const { contents } = newContents();
    for (const url of [...elsewhere, entry]) {
      expect(
        prevented((event) => contents.emit('will-frame-navigate', { ...event, url, isMainFrame: false })),
        url,
      ).toBe(true);
    }
    expect(
      prevented((event) => contents.emit('will-frame-navigate', { ...event, url: entry, isMainFrame: true })),
    ).toBe(false);
  });

  test('no window is opened, no webview attached, no device chosen', () => {
    const { contents } = newContents();
    for (const url of [...elsewhere, entry]) expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    expect(prevented((event) => contents.emit('will-attach-webview', event, {}, {}))).toBe(true);
    const chosen: string[] = [];
    expect(
      prevented((event) =>
        contents.emit('select-bluetooth-device', event, [{ deviceId: 'x' }], (id: string) => chosen.push(id)),
      ),
    ).toBe(true);
    expect(chosen).toEqual(['']);
  });

  test('a bad certificate is never accepted, nobody logs in', () => {
    const { app } = newContents();
    const answers: unknown[] = [];
    expect(
      prevented((event) =>
        app.emit('certificate-error', event, {}, '', '', {}, (trusted: unknown) => answers.push(trusted)),
      ),
    ).toBe(true);
    expect(
      prevented((event) =>
        app.emit('select-client-certificate', event, {}, '', [{}], (...given: unknown[]) => answers.push(given.length)),
      ),
    ).toBe(true);
    expect(
      prevented((event) => app.emit('login', event, {}, {}, {}, (...given: unknown[]) => answers.push(given.length))),
    ).toBe(true);
    expect(answers).toEqual([false, 0, 0]);
  });
});

type Handler = (...given: unknown[]) => unknown;

class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  languages: readonly string[] | null = null;
  readonly webRequest = { onBeforeRequest: (handler: Handler) => this.handlers.set('request', handler) };
  setPermissionRequestHandler = (handler: Handler) => this.handlers.set('ask', handler);
  setPermissionCheckHandler = (handler: Handler) => this.handlers.set('check', handler);
  setDevicePermissionHandler = (handler: Handler) => this.handlers.set('device', handler);
  setDisplayMediaRequestHandler = (handler: Handler) => this.handlers.set('display', handler);
  setUSBProtectedClassesHandler = (handler: Handler) => this.handlers.set('usb', handler);
  setSpellCheckerLanguages = (languages: readonly string[]) => (this.languages = languages);
}

function newSession(): FakeSession {
  const session = new FakeSession();
  guardSession(session as unknown as Session, own);
  return session;
}

const permissions = [
  'clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'openExternal',
  'persistent-storage',
  'pointerLock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'usb',
  'window-management',
  'local-fonts',
  'screen-wake-lock',
  'payment-handler',
  'background-sync',
  'nfc',
  'unknown',
];

describe('5: permissions and devices', () => {
  function ask(
    permission: string,
    requestingUrl: string,
    isMainFrame: boolean,
    shown = entry,
  ): { readonly asked: unknown; readonly checked: unknown } {
    const session = newSession();
    let asked: unknown;
    session.handlers.get('ask')?.({ getURL: () => shown }, permission, (granted: unknown) => (asked = granted), {
      requestingUrl,
      isMainFrame,
    });
    return { asked, checked: session.handlers.get('check')?.(null, permission, requestingUrl, { isMainFrame }) };
  }

  test.each(permissions)('%s is refused, asked or checked', (permission) => {
    expect(ask(permission, entry, true)).toEqual({ asked: false, checked: false });
  });

  test.each(['notifications', 'clipboard-sanitized-write'])('%s is for our own page alone', (permission) => {
    expect(ask(permission, entry, true)).toEqual({ asked: true, checked: true });
    expect(ask(permission, entry, false)).toEqual({ asked: false, checked: false });
    for (const url of elsewhere.filter((item) => !item.startsWith('app://bundle/'))) {
      expect(ask(permission, url, true)).toEqual({ asked: false, checked: false });
    }
    expect(ask(permission, entry, true, 'https://example.org/').asked).toBe(false);
  });

  test('no device is given, no screen shown, nothing downloaded', () => {
    const session = newSession();
    expect(session.handlers.get('device')?.({ deviceType: 'hid', origin: 'app://bundle' })).toBe(false);
    expect(session.handlers.get('usb')?.({ protectedClasses: ['audio', 'hid'] })).toEqual(['audio', 'hid']);
    const given: unknown[] = [];
    session.handlers.get('display')?.({}, (streams: unknown) => given.push(streams));
    for (const [name, extra] of [
      ['select-hid-device', [{}]],
      ['select-serial-port', [[], {}]],
      ['select-usb-device', [{}]],
    ] as const) {
      expect(
        prevented((event) => session.emit(name, event, ...extra, (device: unknown) => given.push(device))),
        name,
      ).toBe(true);
    }
    expect(given).toEqual([null, null, '', undefined]);
    expect(prevented((event) => session.emit('will-download', event, {}, {}))).toBe(true);
  });

  test('1: the page reaches no network, and no dictionary is fetched', () => {
    const session = newSession();
    const cancelled = (url: string): unknown => {
      let answer: unknown;
      session.handlers.get('request')?.(
        { url },
        (response: { readonly cancel: boolean }) => (answer = response.cancel),
      );
      return answer;
    };
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1/',
      'ws://x/',
      'wss://x/',
      'ftp://x/',
      'file:///etc/passwd',
      'app://evil/x.js',
    ])
      expect(cancelled(url), url).toBe(true);
    for (const url of [
      'app://bundle/assets/a.js',
      'blob:app://bundle/1',
      'data:image/png;base64,x',
      'devtools://devtools/x',
    ])
      expect(cancelled(url), url).toBe(false);
    expect(session.languages).toEqual([]);
  });
});
