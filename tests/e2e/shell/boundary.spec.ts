import { expect, test } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { desktopInputs, type DesktopApi } from '../../../shared/desktop-api.ts';
import { goodInputs, isDesktopCall, malformedInputs } from '../../helpers/desktop-inputs.ts';
import { launchShell, type ShellApp } from '../../helpers/shell-app.ts';

/** In the page. */
declare const desktop: DesktopApi;

let shell: ShellApp;
test.beforeAll(async () => {
  shell = await launchShell({
    options: { space: 'fuzz' },
    files: { 'assets/picture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  });
  await shell.app.evaluate(({ dialog, shell: system, clipboard, app }) => {
    const effects: string[] = [];
    Reflect.set(globalThis, 'effects', effects);
    Object.assign(dialog, {
      showOpenDialog: () => effects.push('open dialog'),
      showSaveDialog: () => effects.push('save dialog'),
    });
    Object.assign(system, { openExternal: () => effects.push('external') });
    Object.assign(clipboard, { writeText: () => effects.push('clipboard') });
    app.on('before-quit', () => effects.push('quit'));
  });
});
test.afterAll(async () => shell.close());

const effects = (): Promise<string[]> => shell.app.evaluate(() => Reflect.get(globalThis, 'effects') as string[]);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test('S4: malformed inputs of every call, sent by the page, have no effect and a typed answer', async () => {
  test.setTimeout(300_000);
  for (const name of Object.keys(desktopInputs).filter(isDesktopCall)) {
    // Playwright cannot carry these; the unit test sends them.
    const inputs = malformedInputs(name)
      .filter((input) => isPlain(input, 20))
      .slice(0, 240);
    expect(inputs.length, name).toBeGreaterThan(100);
    const kinds = await shell.page.evaluate(
      async ([call, given]) => {
        const found = new Set<string>();
        for (const input of given) {
          const answer = await desktop.call(call, input as never);
          found.add(answer.ok ? 'accepted' : answer.failure.kind);
        }
        return [...found];
      },
      [name, inputs] as const,
    );
    expect(kinds, name).toEqual(['bad-input']);
  }
  expect(await effects()).toEqual([]);
  expect(filesBelow(shell.userData).filter((file) => file.includes(`${path.sep}spaces${path.sep}`))).toEqual([]);
});

test('20: names outside the contract reach nothing', async () => {
  const outcomes = await shell.page.evaluate(async () => {
    const { call } = desktop as unknown as { call: (name: unknown, input: unknown) => Promise<{ ok: boolean }> };
    const found: string[] = [];
    for (const name of [
      '',
      'constructor',
      '__proto__',
      'toString',
      'ELECTRON_BROWSER_REQUIRE',
      '../appInfo',
      'appinfo',
      null,
      7,
      {},
    ]) {
      found.push(
        await call(name, null).then(
          (answer) => `answered ${answer.ok}`,
          () => 'rejected',
        ),
      );
    }
    return found;
  });
  expect(new Set(outcomes)).toEqual(new Set(['rejected']));
});

test('17: no other sender is served, whatever it calls', async () => {
  const outcomes = await shell.app.evaluate(
    async ({ BrowserWindow }, [preload, inputs]) => {
      const found: string[] = [];
      let refused = 0;
      for (const address of [
        'about:blank',
        'data:text/html,<title>x</title>',
        'app://bundle/index.html',
        'app://bundle/assets/picture.svg',
      ]) {
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        stranger.webContents.removeAllListeners('did-navigate');
        await stranger.loadURL(address);
        for (const [name, input] of Object.entries(inputs)) {
          const script = `typeof desktop === 'undefined' ? 'no bridge' : desktop.call(${JSON.stringify(name)}, ${JSON.stringify(input)}).then((a) => a.ok ? 'served' : a.failure.kind)`;
          const answer: unknown = await stranger.webContents.executeJavaScript(script);
          if (answer === 'refused-sender') refused += 1;
          else if (answer !== 'no bridge') found.push(`${address} ${name}: ${String(answer)}`);
        }
        stranger.destroy();
      }
      return { found, refused };
    },
    [path.join(shell.root, 'out/preload/preload.cjs'), goodInputs as Readonly<Record<string, unknown>>] as const,
  );
  expect(outcomes.found).toEqual([]);
  expect(outcomes.refused).toBeGreaterThan(2 * Object.keys(goodInputs).length);
  expect(await effects()).toEqual([]);
});

test('17: the page itself is not served any more from where it does not belong', async () => {
  const kind = await shell.page.evaluate(async () => {
    history.replaceState(null, '', 'app://bundle/assets/picture.svg');
    const answer = await desktop.call('draftList', { space: 'fuzz' });
    history.replaceState(null, '', 'app://bundle/index.html');
    return answer.ok ? 'served' : answer.failure.kind;
  });
  expect(kind).toBe('refused-sender');
});

test('2, 3, 4: the renderer is isolated and sandboxed', async () => {
  const preferences = await shell.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents): unknown => {
      // Not in the published types, but the only way to see what Electron made of our wishes.
      const read: unknown = Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
    }),
  );
  expect(preferences).toEqual([
    expect.objectContaining({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }),
  ]);
});

test('15: an address goes to the system only when its scheme is harmless', async () => {
  const opened = await shell.page.evaluate(async () => {
    const found: Record<string, unknown> = {};
    for (const url of [
      'https://example.org/a',
      'mailto:a@example.org',
      'file:///etc/passwd',
      'smb://server/share',
      'ms-msdt:/id',
      'javascript:1',
      '\\\\server\\share',
    ]) {
      const answer = await desktop.call('openExternal', { url });
      found[url] = answer.ok && answer.value.opened;
    }
    return found;
  });
  expect(opened).toEqual({
    'https://example.org/a': true,
    'mailto:a@example.org': true,
    'file:///etc/passwd': false,
    'smb://server/share': false,
    'ms-msdt:/id': false,
    'javascript:1': false,
    '\\\\server\\share': false,
  });
  expect(await effects()).toEqual(['external', 'external']);
});

test('the log tells of refusals, in lines of JSON, without what was sent', () => {
  const text = readFileSync(path.join(shell.userData, 'logs/holdfast.log'), 'utf8');
  const lines = text.trimEnd().split('\n');
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(text).toContain('only the page of the program may call');
  expect(text).not.toContain('/etc/passwd');
});

/** Survives the crossing to the page as it is. */
function isPlain(input: unknown, depth: number): boolean {
  if (depth === 0) return false;
  if (input === null || typeof input === 'boolean') return true;
  if (typeof input === 'string') return input.length < 200_000;
  if (typeof input === 'number') return Number.isFinite(input);
  if (Array.isArray(input)) return input.every((item) => isPlain(item, depth - 1));
  if (typeof input !== 'object' || Object.getPrototypeOf(input) !== Object.prototype) return false;
  return Object.values(input).every((value) => isPlain(value, depth - 1));
}
