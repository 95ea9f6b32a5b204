import fs from 'node:fs';
import path from 'node:path';
import { compressionLevel, listTree, runPackager } from './stage-files.mjs';

/** rpm's name of a compressor, by fpm's. */
const writers = new Map([
  ['', 'xzdio'],
  ['xz', 'xzdio'],
  ['xzmt', 'xzdio'],
  ['gzip', 'gzdio'],
  ['bzip2', 'bzdio'],
  ['zstd', 'zstdio'],
]);

/**
 * @param {import('./package-request.mjs').PackageRequest} request
 * @param {string} root staged files
 * @param {string} work folder for rpmbuild
 */
export function buildRpm(request, root, work) {
  const spec = path.join(work, 'package.spec');
  fs.writeFileSync(spec, specFile(request, listTree(root)));
  const define = ['--define', `_topdir ${work}/top`, '--define', `_rpmdir ${work}/rpm`];
  runPackager('rpmbuild', ['-bb', '--target', request.architecture, '--buildroot', root, ...define, '--quiet', spec]);
  const made = listTree(path.join(work, 'rpm')).find((name) => name.endsWith('.rpm'));
  if (made === undefined) throw new Error('rpmbuild made no package');
  fs.copyFileSync(path.join(work, 'rpm', made), request.file);
}

/**
 * @param {import('./package-request.mjs').PackageRequest} request
 * @param {readonly string[]} files
 */
function specFile(request, files) {
  const writer = writers.get(request.compression);
  if (writer === undefined)
    throw new Error(`--rpm-compression ${request.compression}: expected xz, gzip, bzip2 or zstd`);
  // A % would begin a macro; the first line names the shell, which rpm takes from the section.
  const script = (/** @type {string} */ text) => text.replaceAll('%', '%%').replace(/^#!.*\n/, '');
  const quote = (/** @type {string} */ name) => `"/${name.replaceAll('%', '%%')}"`;
  // The system's own folders stay the system's: only those below /opt/<name> are ours.
  const owned = files.filter((name) => !name.endsWith('/') || /^opt\/./.test(name));
  return `%global __os_install_post %{nil}
%global _build_id_links none
%global debug_package %{nil}
%define _binary_payload w${compressionLevel || 6}.${writer}
Name: ${request.name}
Version: ${request.version.replaceAll('-', '_')}
Release: ${request.iteration || 1}
Summary: ${request.summary}
License: ${request.license}
${request.vendor === '' ? '' : `Vendor: ${request.vendor}\n`}${request.url === '' ? '' : `URL: ${request.url}\n`}Packager: ${request.maintainer}
Group: ${request.category}
AutoReqProv: no
${request.depends.map((name) => `Requires: ${name}`).join('\n')}

%description
${[request.summary, ...request.description].join('\n')}

%post
${script(request.afterInstall)}
%postun
if [ "$1" = 0 ]; then
${script(request.afterRemove) || ':'}
fi

%files
%defattr(-,root,root,-)
${owned.map((name) => (name.endsWith('/') ? `%dir ${quote(name.slice(0, -1))}` : quote(name))).join('\n')}
`;
}
