// Starts the program folder named on the command line: `electron [switches] <folder or script> [arguments]`.
// The npm-borne runtime comes without Electron's own default_app.asar; this takes its place.
// An ES module with top-level await on purpose: Electron holds back 'ready' until it has settled, so the program may
// still call protocol.registerSchemesAsPrivileged(), which must come before 'ready'.
import { app } from 'electron/main';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const args = process.argv.slice(1);
const require = createRequire(import.meta.url);
let target;
for (let i = 0; i < args.length && target === undefined; i++) {
  const arg = args[i];
  if (arg === '--version' || arg === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (arg === '-r' || arg === '--require') require(path.resolve(args[++i]));
  else if (!arg.startsWith('-')) target = path.resolve(arg);
}
if (target === undefined) {
  process.stderr.write('usage: electron [switches] <program folder or script> [arguments]\n');
  process.exit(2);
}

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
let entry = target;
let folder = path.dirname(target);
if (fs.statSync(target).isDirectory()) {
  folder = target;
  const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
  entry = path.join(target, manifest.main ?? 'index.js');
}
app.setAppPath(folder);
await import(pathToFileURL(entry).href);
