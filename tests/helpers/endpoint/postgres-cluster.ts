import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Debian's package; installed where the tests run as root, else named. The tests never go on without it. */
const debianPackage = 'postgresql';

export interface PostgresCluster {
  /** Address of a new, empty database. */
  readonly newDatabase: () => string;
  readonly stop: () => void;
}

/** A cluster of its own in a temporary directory, on a socket there: no port, no password, nothing left behind. */
export function startPostgres(): PostgresCluster {
  const bin = findPrograms() ?? installPrograms();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-pg-'));
  const owner = process.getuid?.() === 0 ? 'postgres' : undefined;
  const run = (program: string, args: readonly string[]): void => {
    const command = path.join(bin, program);
    const [file, all] =
      owner === undefined
        ? [command, args]
        : ['setpriv', ['--reuid', owner, '--regid', owner, '--init-groups', command, ...args]];
    execFileSync(file, all, { stdio: ['ignore', 'ignore', 'inherit'], cwd: directory });
  };
  if (owner !== undefined) execFileSync('chown', [`${owner}:${owner}`, directory]);
  const data = path.join(directory, 'data');
  run('initdb', ['-D', data, '-U', 'holdfast', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']);
  const settings = `-k ${directory} -c listen_addresses='' -c max_connections=60`;
  run('pg_ctl', ['-D', data, '-w', '-l', path.join(directory, 'log'), '-o', settings, 'start']);
  let databases = 0;
  return {
    newDatabase: () => {
      databases += 1;
      run('createdb', ['-h', directory, '-U', 'holdfast', `space${databases}`]);
      return `postgres://holdfast@/space${databases}?host=${encodeURIComponent(directory)}`;
    },
    stop: () => {
      run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) =>
    ['initdb', 'pg_ctl', 'createdb'].every((name) => fs.existsSync(path.join(folder, name))),
  );
}

function installPrograms(): string {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !fs.existsSync('/usr/bin/apt-get'))
    throw new Error(`The tests need PostgreSQL's server (initdb, pg_ctl). Run: sudo apt-get install ${debianPackage}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], { stdio: 'ignore', env });
  const found = findPrograms();
  if (found === undefined) throw new Error(`apt-get installed ${debianPackage}, but initdb and pg_ctl are not there.`);
  return found;
}
