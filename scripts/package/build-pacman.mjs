import fs from 'node:fs';
import path from 'node:path';
import { compressionLevel, listTree, runPackager, treeBytes } from './stage-files.mjs';

const owner = ['--uid', '0', '--gid', '0', '--uname', 'root', '--gname', 'root'];

/**
 * @param {import('./package-request.mjs').PackageRequest} request
 * @param {string} root staged files
 */
export function buildPacman(request, root) {
  const files = listTree(root);
  fs.writeFileSync(path.join(root, '.PKGINFO'), packageInfo(request, treeBytes(root)));
  fs.writeFileSync(path.join(root, '.INSTALL'), installScript(request));
  const listed = ['.PKGINFO', '.INSTALL', ...files];
  const wanted = '--options=!all,use-set,type,uid,gid,mode,time,size,sha256,link';
  runPackager('bsdtar', ['-czf', '.MTREE', '--format=mtree', wanted, ...owner, '--no-recursion', ...listed], root);
  const kind = request.compression || 'zstd';
  const level = compressionLevel === '' ? [] : ['--options', `${kind}:compression-level=${compressionLevel}`];
  const target = path.resolve(request.file);
  runPackager('bsdtar', [`--${kind}`, ...level, '-cf', target, ...owner, '--no-recursion', '.MTREE', ...listed], root);
}

/**
 * @param {import('./package-request.mjs').PackageRequest} request
 * @param {number} bytes installed
 */
function packageInfo(request, bytes) {
  const epoch = Number(process.env['SOURCE_DATE_EPOCH'] ?? Math.floor(Date.now() / 1_000));
  return [
    `pkgname = ${request.name}`,
    `pkgbase = ${request.name}`,
    `pkgver = ${request.version.replaceAll('-', '_')}-${request.iteration || 1}`,
    `pkgdesc = ${request.summary}`,
    `url = ${request.url}`,
    `builddate = ${epoch}`,
    `packager = ${request.maintainer}`,
    `size = ${bytes}`,
    `arch = ${request.architecture}`,
    `license = ${request.license}`,
    ...request.depends.map((name) => `depend = ${name}`),
    '',
  ].join('\n');
}

/** @param {import('./package-request.mjs').PackageRequest} request */
function installScript(request) {
  const body = (/** @type {string} */ script) => script.replace(/^#!.*\n/, '') || ':';
  return `post_install() {
${body(request.afterInstall)}
}
post_upgrade() {
  post_install
}
post_remove() {
${body(request.afterRemove)}
}
`;
}
