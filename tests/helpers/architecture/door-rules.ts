import { packageOf, roomOf } from './rooms.ts';
import type { Finding, Rule } from './rule.ts';
import type { SourceFacts } from './source-facts.ts';

const inRenderer = (path: string): boolean => path.startsWith('renderer/');
const inProduct = (path: string): boolean => /^(electron|renderer|server|shared)\//.test(path);
const transports = 'electron/main/endpoint/';

/** A rule for a name that may stand in one file, or in the files below one folder (ends with a slash). */
function doorForName(name: string, door: string, extraCanary?: string): Rule {
  return {
    name: `${name} only in ${door}`,
    check: (file) =>
      !inProduct(file.path) || file.path.startsWith(door) ? [] : findings(file.names, (text) => text === name, door),
    canaries: [
      { path: 'renderer/app/elsewhere.ts', code: extraCanary ?? `import { ${name} } from 'somewhere'; ${name}();` },
      { path: 'electron/main/elsewhere.ts', code: `import { ${name} as other } from 'somewhere'; other();` },
    ],
    innocent: [
      { path: door.endsWith('/') ? `${door}a.ts` : door, code: `import { ${name} } from 'somewhere'; ${name}();` },
    ],
  };
}

function doorForPackage(name: string, folder: string): Rule {
  return {
    name: `the package ${name} only in ${folder}`,
    check: (file) =>
      !inProduct(file.path) || file.path.startsWith(folder)
        ? []
        : findings(file.imports, (text) => packageOf(text) === name, folder),
    canaries: [
      { path: 'renderer/features/tickets/a.ts', code: `import { x } from '${name}';` },
      { path: 'renderer/app/a.ts', code: `import type { X } from '${name}/inner';` },
    ],
    innocent: [{ path: `${folder}a.ts`, code: `import { x } from '${name}';` }],
  };
}

function findings(mentions: SourceFacts['names'], isHit: (text: string) => boolean, door: string): readonly Finding[] {
  return mentions
    .filter(({ text }) => isHit(text))
    .map(({ text, line }) => ({ line, message: `${text} is allowed only in ${door}` }));
}

export const doorRules: readonly Rule[] = [
  doorForName('ipcMain', 'electron/main/handle-calls.ts'),
  doorForName('ipcRenderer', 'electron/preload/preload.ts'),
  doorForName('contextBridge', 'electron/preload/preload.ts'),
  doorForName('configureStore', 'renderer/app/build-store.ts'),
  doorForPackage('dexie', 'renderer/data/'),
  doorForPackage('react-aria-components', 'renderer/ui/'),
  {
    name: 'webContents.send only in electron/main/announce.ts',
    check: (file) =>
      !file.path.startsWith('electron/') || file.path === 'electron/main/announce.ts'
        ? []
        : findings(file.calls, (text) => /\.(send|sendToFrame|postMessage)$/.test(text), 'electron/main/announce.ts'),
    canaries: [
      { path: 'electron/main/window.ts', code: "window.webContents.send('a', 1);" },
      { path: 'electron/main/window.ts', code: "event.sender.send('a', 1);" },
    ],
    innocent: [
      { path: 'electron/main/announce.ts', code: "window.webContents.send('a', 1);" },
      { path: 'electron/main/window.ts', code: 'const send = 1; announce(send);' },
    ],
  },
  {
    name: 'window.desktop only in renderer/desktop/desktop.ts',
    check: (file) =>
      !inRenderer(file.path) || file.path === 'renderer/desktop/desktop.ts'
        ? []
        : findings(
            file.members,
            (text) => /^(window|globalThis|self)(\.desktop|\[.desktop.\])$/.test(text),
            'renderer/desktop/desktop.ts',
          ),
    canaries: [
      { path: 'renderer/app/a.ts', code: 'export const api = window.desktop;' },
      { path: 'renderer/services/a.ts', code: "const api = globalThis['desktop'];" },
    ],
    innocent: [
      { path: 'renderer/desktop/desktop.ts', code: 'export const api = window.desktop;' },
      { path: 'renderer/services/a.ts', code: 'export const api = services.desktop;' },
    ],
  },
  {
    name: 'no network in the page',
    check: (file) =>
      inRenderer(file.path)
        ? [
            ...findings(
              file.names,
              (text) => /^(XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|WebTransport|sendBeacon)$/.test(text),
              'no file of the page',
            ),
            ...findings(file.calls, (text) => /^((window|globalThis|self)\.)?fetch$/.test(text), 'no file of the page'),
          ]
        : [],
    canaries: [
      { path: 'renderer/sync/a.ts', code: "await fetch('/x');" },
      { path: 'renderer/sync/a.ts', code: "await globalThis.fetch('/x');" },
      { path: 'renderer/data/a.ts', code: 'const x = new XMLHttpRequest();' },
      { path: 'renderer/data/a.ts', code: "new WebSocket('ws://x');" },
      { path: 'renderer/data/a.ts', code: "new EventSource('/x');" },
      { path: 'renderer/app/a.ts', code: "navigator.sendBeacon('/x');" },
    ],
    innocent: [{ path: 'renderer/data/a.ts', code: 'const rows = await store.fetch(1);' }],
  },
  {
    name: `network in main only in ${transports} (app-protocol.ts serves files with Electron's net)`,
    check: (file) =>
      file.path.startsWith('electron/') && !file.path.startsWith(transports)
        ? [
            ...findings(
              file.imports,
              (text) => /^(node:)?(http|https|http2|net|tls|dgram)$|^undici$/.test(text),
              transports,
            ),
            ...findings(file.calls, (text) => /^(globalThis\.)?fetch$|[sS]ession\.fetch$/.test(text), transports),
            ...(file.path === 'electron/main/app-protocol.ts'
              ? []
              : findings(file.members, (text) => /(^|\.)net\.(fetch|request)$/.test(text), transports)),
          ]
        : [],
    canaries: [
      { path: 'electron/main/a.ts', code: "import https from 'node:https';" },
      { path: 'electron/main/a.ts', code: "import { request } from 'undici';" },
      { path: 'electron/main/a.ts', code: "await fetch('https://x');" },
      { path: 'electron/main/a.ts', code: "await net.fetch('https://x');" },
      { path: 'electron/main/a.ts', code: "await session.defaultSession.fetch('https://x');" },
      { path: 'electron/main/a.ts', code: "electron.net.request('https://x');" },
    ],
    innocent: [
      { path: 'electron/main/endpoint/client.ts', code: "await net.fetch('https://x');" },
      { path: 'electron/main/app-protocol.ts', code: "await net.fetch('file:///x');" },
    ],
  },
  {
    name: 'no clock and no chance in shared: both are passed in',
    check: (file) =>
      roomOf(file.path) === 'shared'
        ? [
            ...findings(
              file.members,
              (text) =>
                /^(globalThis\.)?(Date\.now|Math\.random|performance\.now|crypto\.(randomUUID|getRandomValues|subtle))$/.test(
                  text,
                ),
              'callers of shared',
            ),
            ...findings(file.bareNews, (text) => text === 'Date', 'callers of shared'),
            ...findings(file.calls, (text) => text === 'Date', 'callers of shared'),
          ]
        : [],
    canaries: [
      { path: 'shared/a.ts', code: 'export const now = Date.now();' },
      { path: 'shared/a.ts', code: 'export const later = (clock = Date.now) => clock();' },
      { path: 'shared/a.ts', code: 'export const x = Math.random();' },
      { path: 'shared/a.ts', code: 'export const x = new Date();' },
      { path: 'shared/a.ts', code: 'export const x = new Date;' },
      { path: 'shared/a.ts', code: 'export const x = Date();' },
    ],
    innocent: [
      {
        path: 'shared/a.ts',
        code: 'export const day = (now: number) => new Date(now).getUTCDay() + Math.max(0, Date.UTC(2020, 1));',
      },
    ],
  },
  {
    name: 'no HTML from text in the page',
    check: (file) =>
      inRenderer(file.path)
        ? [
            ...findings(
              file.jsxAttributes,
              (text) => text === 'dangerouslySetInnerHTML' || text === 'srcDoc',
              'no file of the page',
            ),
            ...findings(
              file.names,
              (text) =>
                /^(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|dangerouslySetInnerHTML)$/.test(
                  text,
                ),
              'no file of the page',
            ),
            ...findings(file.members, (text) => /^document\.write(ln)?$/.test(text), 'no file of the page'),
          ]
        : [],
    canaries: [
      {
        path: 'renderer/widgets/a.tsx',
        code: 'export const A = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;',
      },
      { path: 'renderer/widgets/a.ts', code: 'element.innerHTML = text;' },
      { path: 'renderer/widgets/a.ts', code: 'document.write(text);' },
    ],
    innocent: [{ path: 'renderer/widgets/a.ts', code: 'element.textContent = text;' }],
  },
];
