import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Recognises the machine, so that a profile copied to another one does not go on under the first one's device id.
 * @returns a hash, never the id itself; null when the system tells none
 */
export async function readMachineHash(): Promise<string | null> {
  const id = await readMachineId().catch(() => null);
  return id === null || id === ''
    ? null
    : createHash('sha256').update(`holdfast machine\n${id}`).digest('hex').slice(0, 32);
}

async function readMachineId(): Promise<string | null> {
  if (process.platform === 'linux') return (await readFile('/etc/machine-id', 'utf8')).trim();
  if (process.platform === 'win32') {
    const root = process.env['SystemRoot'] ?? 'C:\\Windows';
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
    const { stdout } = await run(`${root}\\System32\\reg.exe`, ['query', key, '/v', 'MachineGuid'], { timeout: 5_000 });
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(stdout)?.[1] ?? null;
  }
  if (process.platform === 'darwin') {
    const { stdout } = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], { timeout: 5_000 });
    return /"IOPlatformUUID" = "([^"]+)"/.exec(stdout)?.[1] ?? null;
  }
  return null;
}
