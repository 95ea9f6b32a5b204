import { expect, test } from '@playwright/test';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchShell, type ShellApp } from '../../helpers/shell-app.ts';

/** Run by the page itself, because what the test evaluates is exempt from the policy. */
const pageScript = `
  const tried = (work) => {
    try {
      work();
      return 'done';
    } catch (error) {
      return error.name;
    }
  };
  document.documentElement.dataset.tried = JSON.stringify({
    eval: tried(() => (0, eval)('1+1')),
    function: tried(() => new Function('return 2')()),
    timer: tried(() => setTimeout('document.title = 3')),
    html: tried(() => (document.body.innerHTML = '<img src=x onerror="document.title=1">')),
    worker: tried(() => new Worker('data:text/javascript,1')),
    policy: tried(() => trustedTypes.createPolicy('anything', {})),
    script: tried(() => (document.createElement('script').src = '/page.js')),
    handler: tried(() => document.body.setAttribute('onclick', 'document.title = 2')),
  });
`;
const pageText =
  '<!doctype html><title>Bare</title><script type="module" src="./page.js"></script><main>bare page</main>';

let shell: ShellApp;
let server: http.Server;
let site = '';
const requests: string[] = [];

test.beforeAll(async () => {
  server = http.createServer((request, response) => {
    requests.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  shell = await launchShell({
    files: {
      'index.html': pageText,
      'page.js': pageScript,
      'assets/other.html': '<title>other</title>',
      'assets/other.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    },
  });
  // Whatever the operating system would be asked to open is only counted.
  await shell.app.evaluate(({ shell: system }) => {
    Reflect.set(globalThis, 'opened', []);
    system.openExternal = async (url: string) => void (Reflect.get(globalThis, 'opened') as string[]).push(url);
  });
});
test.afterAll(async () => {
  await shell.close();
  server.close();
});

async function expectStillHome(): Promise<void> {
  expect(new URL(shell.page.url()).href).toBe('app://bundle/index.html');
  // Asked in the page, because Playwright goes on waiting for navigations that were refused.
  expect(await shell.page.evaluate(() => document.querySelector('main')?.textContent)).toBe('bare page');
  expect(await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await shell.app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])).toEqual([]);
  expect(requests).toEqual([]);
}

/** 30 ways to leave: every address by every means. */
const addresses = (): readonly string[] => [
  `${site}/x`,
  'https://example.org/',
  'file:///etc/passwd',
  'app://bundle/assets/other.html',
  'app://bundle/assets/other.svg',
  'app://evil/index.html',
  'data:text/html,<title>data</title>',
  'javascript:document.title="script"',
  'about:blank',
  'holdfast://ticket/INC-1',
];
const means: readonly (readonly [string, (address: string) => void])[] = [
  ['location.href', (address) => void (location.href = address)],
  ['location.replace', (address) => location.replace(address)],
  [
    'a link',
    (address) => {
      const link = Object.assign(document.createElement('a'), { href: address, textContent: 'go' });
      document.body.append(link);
      link.click();
      link.remove();
    },
  ],
  ['window.open', (address) => void window.open(address)],
  [
    'a link to a new window',
    (address) => {
      const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', rel: 'opener' });
      document.body.append(link);
      link.click();
      link.remove();
    },
  ],
  [
    'a form',
    (address) => {
      const form = Object.assign(document.createElement('form'), { action: address, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
    },
  ],
  [
    'a frame',
    (address) => {
      const frame = Object.assign(document.createElement('iframe'), { src: address });
      document.body.append(frame);
      setTimeout(() => frame.remove(), 200);
    },
  ],
  [
    'a refresh',
    (address) => {
      const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${address}` });
      document.head.append(meta);
      setTimeout(() => meta.remove(), 200);
    },
  ],
];

for (const [name, go] of means) {
  test(`13, 14: ${name} leads nowhere`, async () => {
    for (const address of addresses()) {
      // Trusted Types throw for some of these: that is a refusal as well.
      await shell.page.evaluate(go, address).catch(() => undefined);
      await shell.page.waitForTimeout(60);
    }
    await shell.page.waitForTimeout(400);
    await expectStillHome();
    expect(await shell.page.evaluate(() => document.title)).toBe('Bare');
  });
}

test('13: main itself cannot be talked into loading another place, a reload stays possible', async () => {
  await shell.page.reload();
  await expectStillHome();
});

test('11, 12: a webview does not come to life', async () => {
  const attached = await shell.page.evaluate((address) => {
    const view = document.createElement('webview');
    view.setAttribute('src', address);
    view.setAttribute('allowpopups', '');
    view.setAttribute('nodeintegration', '');
    document.body.append(view);
    return typeof Reflect.get(view, 'loadURL');
  }, site);
  expect(attached).toBe('undefined');
  await shell.page.waitForTimeout(300);
  await expectStillHome();
  expect(await shell.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('1, 7: nothing remote is fetched by any means', async () => {
  const outcome = await shell.page.evaluate(async (address) => {
    const refused = async (work: () => Promise<unknown>): Promise<string> =>
      work().then(
        () => 'reached',
        () => 'refused',
      );
    const load = (tag: 'img' | 'script' | 'link' | 'video'): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const node = document.createElement(tag);
        node.onerror = reject;
        node.onload = resolve;
        if (tag === 'link') Object.assign(node, { rel: 'stylesheet', href: `${address}/x` });
        else Object.assign(node, { src: `${address}/x` });
        document.body.append(node);
        setTimeout(reject, 1_000);
      });
    return {
      fetch: await refused(() => fetch(`${address}/x`)),
      noCors: await refused(() => fetch(`${address}/x`, { mode: 'no-cors' })),
      img: await refused(() => load('img')),
      script: await refused(() => load('script')),
      style: await refused(() => load('link')),
      video: await refused(() => load('video')),
      import: await refused(() => import(`${address}/x.js`)),
      socket: await refused(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(address.replace('http', 'ws'));
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      ),
      beacon: navigator.sendBeacon(`${address}/x`, 'x') ? 'sent to the filter' : 'refused',
      events: await refused(
        () =>
          new Promise((resolve, reject) => {
            const source = new EventSource(`${address}/x`);
            source.onopen = resolve;
            source.onerror = reject;
          }),
      ),
    };
  }, site);
  expect(Object.values(outcome)).not.toContain('reached');
  await shell.page.waitForTimeout(300);
  expect(requests).toEqual([]);
});

test('7: script comes from our files alone', async () => {
  await shell.page.waitForFunction(() => document.documentElement.dataset['tried'] !== undefined);
  const tried: unknown = JSON.parse(await shell.page.evaluate(() => document.documentElement.dataset['tried'] ?? '{}'));
  expect(tried).toEqual({
    eval: 'EvalError',
    function: 'EvalError',
    timer: 'TypeError',
    html: 'TypeError',
    worker: 'TypeError',
    policy: 'TypeError',
    script: 'TypeError',
    handler: 'TypeError',
  });
  await shell.page.evaluate(() => document.body.click());
  expect(await shell.page.title()).toBe('Bare');
});

test('5: permissions are refused in the real thing', async () => {
  const outcome = await shell.page.evaluate(async () => {
    const named = async (work: () => Promise<unknown>): Promise<string> =>
      Promise.race([
        work().then(
          () => 'granted',
          (error: unknown) => (error instanceof Error ? error.name : 'refused'),
        ),
        new Promise<string>((resolve) => setTimeout(() => resolve('nothing'), 3_000)),
      ]);
    const states = await Promise.all(
      ['geolocation', 'camera', 'microphone', 'midi', 'clipboard-read', 'persistent-storage', 'background-sync'].map(
        (name) =>
          named(async () => {
            const { state } = await navigator.permissions.query({ name: name as PermissionName });
            if (state !== 'granted') throw new DOMException(state, 'NotGranted');
          }),
      ),
    );
    return {
      states,
      geolocation: await named(
        () =>
          new Promise((resolve, reject) =>
            navigator.geolocation.getCurrentPosition(resolve, () => reject(new Error('x'))),
          ),
      ),
      media: await named(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      display: await named(() => navigator.mediaDevices.getDisplayMedia()),
      clipboard: await named(() => navigator.clipboard.readText()),
      usb: await named(async () =>
        (Reflect.get(navigator, 'usb') as { requestDevice: (of: object) => Promise<unknown> }).requestDevice({
          filters: [],
        }),
      ),
      hid: await named(async () => {
        const devices = await (
          Reflect.get(navigator, 'hid') as { requestDevice: (of: object) => Promise<unknown[]> }
        ).requestDevice({ filters: [] });
        if (devices.length === 0) throw new DOMException('none', 'None');
      }),
      serial: await named(async () =>
        (Reflect.get(navigator, 'serial') as { requestPort: () => Promise<unknown> }).requestPort(),
      ),
    };
  });
  expect(Object.values(outcome).flat()).not.toContain('granted');
  await expectStillHome();
});
