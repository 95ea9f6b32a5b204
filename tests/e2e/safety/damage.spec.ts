import { expect, test } from '@playwright/test';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DataStatus } from '../../../renderer/data/data-api.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { Chance } from '../../simulation/chance.ts';
import { openDesk, spaceName, type RunningDesk } from './desk-process.ts';
import { listTickets, readNotes } from './look-at-desk.ts';

/**
 * What Chromium makes of a damaged IndexedDB, and ours of a damaged journal: on copies of one profile whose desk was
 * killed, so that its files are as a crash leaves them.
 */
const tickets = 12;
const chance = new Chance(5);
let profile = '';

test.beforeAll(async () => {
  profile = makeFolder('damage');
  // LevelDB packs its .log into .ldb files after some megabytes: with fewer there is no such file to damage.
  const first = path.join(makeFolder('first'), 'first.csv');
  const long = Array.from({ length: 150 }, (_, row) => `INC${row},Long ${row},${'long '.repeat(6_000)}`);
  writeFileSync(first, ['number,title,description', ...long, ''].join('\r\n'));
  const imported = await openDesk({ userData: profile, importFile: first });
  await expect(imported.page.locator('html[data-importing]')).toHaveCount(0, { timeout: 60_000 });
  await createTickets(imported, 0, tickets / 2);
  await imported.client.call('takeSnapshot', null);
  await imported.kill();
  const desk = await openDesk({ userData: profile });
  await createTickets(desk, tickets / 2, tickets);
  await desk.page.waitForTimeout(2_500);
  await desk.kill();
});

async function createTickets(desk: RunningDesk, from: number, to: number): Promise<void> {
  for (let count = from; count < to; count += 1) {
    const fields = { type: 'incident', title: `Damage ${count}`, description: 'x'.repeat(2_000) };
    const made = await desk.client.call('command', {
      name: 'ticket.create',
      input: { fields, workNote: `Note ${count}` },
    });
    expect(made.ok).toBe(true);
  }
}

function levelFolder(userData: string): string {
  const folder = path.join(userData, 'IndexedDB');
  const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.leveldb'));
  return path.join(folder, name);
}

function files(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => path.join(folder, name));
}

/** As `files`, but never none: a case that damages nothing would pass for nothing. */
function someFiles(folder: string, pattern: RegExp): readonly string[] {
  const found = files(folder, pattern);
  if (found.length === 0) throw new Error(`no file ${String(pattern)} in ${folder}: ${readdirSync(folder).join(' ')}`);
  return found;
}

function overwrite(file: string, length: number): void {
  const bytes = readFileSync(file);
  const at = chance.below(Math.max(1, bytes.length - length));
  bytes.set(chance.bytes(Math.min(length, bytes.length - at)), at);
  writeFileSync(file, bytes);
}

/** Everything acknowledged is there; the screen says what happened, or there was nothing to say. */
async function expectAll(desk: RunningDesk): Promise<void> {
  const titles = new Map((await listTickets(desk.client)).map((row) => [String(row.values['title']), row.id]));
  for (let count = 0; count < tickets; count += 1) {
    const id = titles.get(`Damage ${count}`);
    expect(id, `Damage ${count}`).toBeDefined();
    expect(await readNotes(desk.client, id ?? '')).toEqual([`Note ${count}`]);
  }
  expect((await desk.client.call('checkIntegrity', null)).problems).toEqual([]);
}

interface Case {
  readonly name: string;
  readonly damage: (userData: string) => void;
  /** What the report must say; null when the damage may be none to what counts. */
  readonly cause: RegExp | null;
}

const journal = (userData: string): string => path.join(userData, 'spaces', spaceName, 'journal/00000001.ndjson');
const cases: readonly Case[] = [
  {
    name: 'IndexedDB deleted, journal with a byte changed',
    damage: (userData) => {
      rmSync(path.join(userData, 'IndexedDB'), { recursive: true });
      const bytes = readFileSync(journal(userData));
      const at = bytes.indexOf('\n') + 200;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(journal(userData), bytes);
    },
    cause: /emptied/,
  },
  {
    name: 'CURRENT missing',
    damage: (userData) => rmSync(path.join(levelFolder(userData), 'CURRENT')),
    cause: /emptied/,
  },
  {
    name: 'a LevelDB file cut in half',
    damage: (userData) => {
      const [file = ''] = someFiles(levelFolder(userData), /\.log$/);
      truncateSync(file, Math.floor(readFileSync(file).length / 2));
    },
    cause: /behind/,
  },
  ...(['.log', '.ldb', 'MANIFEST'] as const).map((kind): Case => ({
    name: `64 bytes overwritten in ${kind}`,
    damage: (userData) => {
      for (const file of someFiles(levelFolder(userData), kind === 'MANIFEST' ? /^MANIFEST/ : new RegExp(`\\${kind}$`)))
        overwrite(file, 64);
    },
    cause: /damaged/,
  })),
  {
    name: 'sentinel missing, last line of the journal torn',
    damage: (userData) => {
      rmSync(path.join(userData, 'spaces', spaceName, 'sentinel.json'), { force: true });
      truncateSync(journal(userData), readFileSync(journal(userData)).length - 9);
    },
    cause: null,
  },
  {
    name: 'a byte changed in the journal',
    damage: (userData) => {
      const bytes = readFileSync(journal(userData));
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(journal(userData), bytes);
    },
    cause: /journal-damaged/,
  },
  {
    name: 'IndexedDB deleted, a part of the snapshot cut',
    damage: (userData) => {
      rmSync(path.join(userData, 'IndexedDB'), { recursive: true });
      const snapshots = path.join(userData, 'spaces', spaceName, 'snapshots');
      const [name = ''] = readdirSync(snapshots);
      truncateSync(path.join(snapshots, name, 'part-00001.bin'), 20);
    },
    cause: /emptied/,
  },
];

for (const { name, damage, cause } of cases)
  test(`${name}: all that was acknowledged is there again, and the screen says what happened`, async () => {
    const userData = path.join(makeFolder('damaged'), 'profile');
    cpSync(profile, userData, { recursive: true });
    expect(existsSync(journal(userData))).toBe(true);
    damage(userData);
    const desk = await openDesk({ userData });
    const { recovery } = (await desk.client.call('query', { type: 'status' })) as DataStatus;
    if (cause !== null) expect(recovery?.cause ?? 'nothing was reported').toMatch(cause);
    console.log(`${name}: ${JSON.stringify(recovery)}`);
    if (recovery) await expect(desk.page.getByRole('button', { name: 'Understood' })).toBeVisible();
    await expectAll(desk);
    await desk.kill();
    rmSync(path.dirname(userData), { recursive: true });
  });
