import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { stopEndpoint } from '../../helpers/endpoint/child-endpoint.ts';
import { temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const file = path.join(root, 'out/endpoint.mjs');
const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) await stopEndpoint({ process: child, url: '' });
});

async function listening(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const [, url] = /"listening":"([^"]+)"/.exec(output) ?? [];
    if (url === undefined) continue;
    child.stdout?.resume();
    return url;
  }
  throw new Error(`the endpoint did not start: ${output}`);
}

it('runs from its one file: an account, a device, work taken and kept over a restart', async () => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--endpoint'], { cwd: root });
  const directory = temporaryDirectory();
  const run = (...words: readonly string[]): string =>
    execFileSync(process.execPath, [file, ...words, '--data', directory], { cwd: directory, encoding: 'utf8' });
  const serve = async (): Promise<string> => {
    const args = [file, '--data', directory, '--port', '0'];
    const child = spawn(process.execPath, args, { cwd: directory, stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    return await listening(child);
  };
  const added = run('user', 'add', 'ada', '--roles', 'desk-agent');
  const [code = ''] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4})+/.exec(added) ?? [];
  const ada = new TestDesk(await serve(), 'ada');
  await ada.enrol(code);
  const fields = { type: 'incident', title: 'Printer', state: 'new', impact: '3', urgency: '3' };
  ada.edit('ticket.create', [{ entity: 'ticket', id: 't1', fields }]);
  await ada.exchange();
  expect((await fetch(`${ada.url}/openapi.json`)).status).toBe(200);
  for (const child of running.splice(0)) await stopEndpoint({ process: child, url: '' });
  expect(run('storage')).toMatch(/\b2\b/);
  const url = await serve();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
}, 180_000);
