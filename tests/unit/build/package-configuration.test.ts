import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const builder = createRequire(createRequire(path.join(root, 'package.json')).resolve('electron-builder'));
const { validateConfiguration } = builder('app-builder-lib/out/util/config/config');
const { DebugLogger } = builder('builder-util');
const { load } = createRequire(builder.resolve('app-builder-lib/package.json'))('js-yaml');

type Settings = Readonly<Record<string, unknown>>;
const configuration: Settings = load(fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** The schema takes any string for a target; these are the ones electron-builder knows. */
const targets = {
  linux: ['dir', 'tar.gz', 'zip', 'deb', 'rpm', 'pacman', 'AppImage'],
  win: ['dir', 'nsis', 'msi', 'portable', 'zip'],
  mac: ['dir', 'dmg', 'zip', 'pkg'],
};

function validate(changed: Settings = {}): Promise<void> {
  return validateConfiguration({ ...configuration, ...changed }, new DebugLogger(false));
}

function section(name: string): Settings {
  const value = configuration[name];
  if (typeof value !== 'object' || value === null) throw new Error(`electron-builder.yml has no section ${name}`);
  return { ...value };
}

describe('electron-builder.yml', () => {
  it('is valid for every platform', async () => {
    await expect(validate()).resolves.toBeUndefined();
  });

  it.each([
    ['linux', { desktopname: 'x' }],
    ['deb', { dependz: [] }],
    ['rpm', { compresion: 'xz' }],
    ['nsis', { oneclick: true }],
    ['msi', { perMachin: true }],
    ['mac', { hardened: true }],
    ['electronFuses', { runasnode: false }],
  ])('is checked down to the keys of %s', async (name, wrong) => {
    await expect(validate({ [name]: { ...section(name), ...wrong } })).rejects.toThrow(`configuration.${name}`);
  });

  it.each(Object.entries(targets))('names only targets that exist for %s', (platform, known) => {
    const named = section(platform)['target'];
    if (!Array.isArray(named)) throw new Error(`${platform}.target: expected a list`);
    const names = named.map((target: string | { readonly target: string }) =>
      typeof target === 'string' ? target : target.target,
    );
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(1);
  });

  it('pins the Electron the types come from', () => {
    expect(configuration['electronVersion']).toBe(manifest.devDependencies.electron);
  });

  it('closes every fuse it can name', () => {
    expect(section('electronFuses')).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('names files that exist', () => {
    const named = [
      configuration['afterPack'],
      section('win')['icon'],
      section('mac')['icon'],
      section('mac')['entitlements'],
      section('linux')['icon'],
    ];
    for (const file of named) expect(fs.existsSync(path.join(root, String(file))), String(file)).toBe(true);
    const icons = fs.readdirSync(path.join(root, String(section('linux')['icon'])));
    for (const size of [16, 32, 48, 128, 256, 512]) expect(icons).toContain(`${size}x${size}.png`);
  });
});
