import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithError, projectRoot, SetupError } from './project.mjs';
import { ensurePackages } from './setup/ensure-packages.mjs';
import { findOnPath } from './setup/system-libraries.mjs';

const defaultTargets = ['dir', 'tar.gz', 'zip', 'deb'];
/** What a target needs of the system, and the Debian package it is in. */
const tools = new Map([
  ['tar.gz', { program: '7zz', from: '7zip' }],
  ['zip', { program: '7zz', from: '7zip' }],
  ['deb', { program: 'dpkg-deb', from: 'dpkg' }],
  ['rpm', { program: 'rpmbuild', from: 'rpm' }],
  ['pacman', { program: 'bsdtar', from: 'libarchive-tools' }],
]);

const usage = `usage: npm run package [-- OPTIONS]

Packages the program for this platform with the Electron found here, and checks the result.
  --targets LIST   of ${defaultTargets.join(', ')} (these by default), rpm, pacman, AppImage, and what else
                   electron-builder knows for this platform
  --output DIR     instead of release/
  --help           this text
Unless the Electron found is the one electron-builder.yml names, the packages are for tests only and named so.`;

try {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, targets: { type: 'string' }, output: { type: 'string' } },
  });
  if (values.help === true) process.stdout.write(`${usage}\n`);
  else
    await makePackages(
      values.targets?.split(',') ?? defaultTargets,
      path.resolve(projectRoot, values.output ?? 'release'),
    );
} catch (error) {
  exitWithError(error);
}

/**
 * @param {readonly string[]} targets
 * @param {string} output absolute
 */
async function makePackages(targets, output) {
  ensurePackages();
  ensureTools(targets);
  const { findElectron } = await import('./runtime/electron-runtime.mjs');
  const { buildIfStale } = await import('./setup/build-if-stale.mjs');
  const { build, Platform } = await import('electron-builder');
  const runtime = await findElectron();
  await buildIfStale();
  const released = /^electronVersion: (\S+)$/m.exec(
    fs.readFileSync(path.join(projectRoot, 'electron-builder.yml'), 'utf8'),
  )?.[1];
  const forTests = runtime.version !== released;
  if (forTests) {
    process.stderr.write(
      `Electron ${runtime.version} instead of ${released}: these packages are for tests only, never to be published\n`,
    );
    process.env['FPM_LITE_LEVEL'] ??= '3';
    process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '1';
  }
  if (process.platform === 'linux')
    process.env['CUSTOM_FPM_PATH'] ??= path.join(projectRoot, 'scripts/package/fpm-lite.mjs');
  const sevenZip = findOnPath('7zz');
  if (sevenZip !== undefined) process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= sevenZip;
  const platform = Platform.current();
  const made = await build({
    projectDir: projectRoot,
    targets: platform.createTarget([...targets]),
    config: {
      extends: path.join(projectRoot, 'electron-builder.yml'),
      electronDist: runtime.dist,
      electronVersion: runtime.version,
      directories: { output },
      ...(forTests
        ? { artifactName: '${name}-${version}-${os}-${arch}-for-tests.${ext}', deb: { compression: 'zst' } }
        : {}),
    },
    publish: 'never',
  });
  await check(
    path.join(
      output,
      `${platform.buildConfigurationKey === 'linux' ? 'linux' : platform.buildConfigurationKey}-unpacked`,
    ),
  );
  for (const file of made)
    process.stdout.write(`${path.relative(process.cwd(), file)}  ${(fs.statSync(file).size / 1e6).toFixed(1)} MB\n`);
}

/** @param {string} folder */
async function check(folder) {
  if (!fs.existsSync(folder) || process.platform === 'darwin') return;
  const { faultsOfPackage } = await import('../build/check-package.mjs');
  const faults = faultsOfPackage(folder, process.platform === 'win32' ? 'Holdfast.exe' : 'holdfast');
  if (faults.length > 0) throw new SetupError(`The package is not as it must be:\n${faults.join('\n')}`);
  process.stdout.write('fuses closed, content as it must be\n');
}

/** @param {readonly string[]} targets */
function ensureTools(targets) {
  if (process.platform !== 'linux') return;
  const missing = [...new Set(targets.flatMap((target) => tools.get(target) ?? []))].filter(
    ({ program }) => findOnPath(program) === undefined,
  );
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(({ from }) => from))];
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || findOnPath('apt-get') === undefined) {
    throw new SetupError(
      `Missing to package: ${missing.map(({ program }) => program).join(', ')}. On Debian: sudo ${command}`,
    );
  }
  process.stderr.write(`installing what packaging needs: ${packages.join(', ')}\n`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2] });
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 2],
  });
  if (status !== 0) throw new SetupError(`${command} failed`);
}
