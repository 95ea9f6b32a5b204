import { expect, test } from '@playwright/test';
import type { DesktopApi } from '../../../shared/desktop-api.ts';
import { launchShell, type ShellApp } from '../../helpers/shell-app.ts';

/** In the page. */
declare const desktop: DesktopApi;

let shell: ShellApp;
test.beforeAll(async () => {
  shell = await launchShell({ options: { space: 'calls' } });
});
test.afterAll(async () => shell.close());

test('the page learns about the program and nothing of Electron', async () => {
  const seen = await shell.page.evaluate(async () => ({
    info: await desktop.call('appInfo', null),
    desktop: Object.keys(desktop).sort(),
    globals: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'global'].filter(
      (name) => name in window,
    ),
    secure: isSecureContext,
    isolated: crossOriginIsolated,
  }));
  expect(seen.desktop).toEqual(['call', 'on']);
  expect(seen.globals).toEqual([]);
  expect(seen).toMatchObject({ secure: true, isolated: true });
  expect(seen.info).toMatchObject({ ok: true, value: { space: 'calls', demo: true, import: null, headless: false } });
});

test('what was journaled is read back, and a number out of sequence is refused', async () => {
  const seen = await shell.page.evaluate(async () => {
    const opened = await desktop.call('journalOpen', { space: 'calls' });
    const first = await desktop.call('journalAppend', { space: 'calls', first: 1, lines: '{"a":1}\n{"a":"ü"}' });
    const again = await desktop.call('journalAppend', { space: 'calls', first: 2, lines: '{}' });
    const read = await desktop.call('journalRead', { space: 'calls', after: 0, limit: 10 });
    return { opened, first, again, read };
  });
  expect(seen.opened).toMatchObject({ ok: true, value: { lastSeq: 0, damage: [] } });
  expect(seen.first).toEqual({ ok: true, value: { lastSeq: 2 } });
  expect(seen.again).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  expect(seen.read).toEqual({
    ok: true,
    value: {
      entries: [
        { seq: 1, text: '{"a":1}' },
        { seq: 2, text: '{"a":"ü"}' },
      ],
      more: false,
    },
  });
});

test('bytes cross the boundary both ways', async () => {
  const seen = await shell.page.evaluate(async () => {
    const begun = await desktop.call('snapshotBegin', { space: 'calls', lastSeq: 2, records: 1 });
    if (!begun.ok) return begun;
    const { id } = begun.value;
    const written = await desktop.call('snapshotWrite', {
      space: 'calls',
      id,
      part: 0,
      bytes: new Uint8Array([1, 2, 255]),
    });
    const committed = await desktop.call('snapshotCommit', { space: 'calls', id });
    const read = await desktop.call('snapshotRead', { space: 'calls', id, part: 0 });
    return { written, committed, bytes: read.ok ? [...read.value.bytes] : read.failure };
  });
  expect(seen).toMatchObject({
    written: { ok: true, value: null },
    committed: { ok: true, value: { records: 1, bytes: 3, parts: 1, lastSeq: 2, verified: true } },
    bytes: [1, 2, 255],
  });
});
