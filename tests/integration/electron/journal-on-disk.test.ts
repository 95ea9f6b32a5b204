import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { createBallast } from '../../../electron/main/journal/ballast.ts';
import { nodeFileSystem as disk } from '../../../electron/main/journal/node-file-system.ts';
import { createSpaces, type SpaceStores } from '../../../electron/main/journal/spaces.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = { disk, machine: 'm', now: Date.now, random: randomBytes, segmentBytes: 60_000 };
const openDesk = (root: string): Promise<SpaceStores> =>
  createSpaces(root, { ...place, reserve: { release: async () => false } }).open('desk');

async function readAll({ journal }: SpaceStores): Promise<readonly { readonly seq: number; readonly text: string }[]> {
  const all: { readonly seq: number; readonly text: string }[] = [];
  for (;;) {
    const { entries, more } = await journal.read(all.at(-1)?.seq ?? 0, 5_000);
    all.push(...entries);
    if (!more) return all;
  }
}

describe('R4: kill -9 at any moment', () => {
  const program = path.join(folder, 'program');
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: 'tests/integration/electron/journal-writer.ts',
        outDir: program,
        emptyOutDir: true,
        rolldownOptions: { output: { format: 'es', entryFileNames: 'writer.mjs' } },
      },
    });
  }, 60_000);

  /** @returns the last number acknowledged, and the last draft */
  async function runAndKill(root: string, afterMs: number): Promise<{ readonly seq: number; readonly draft: number }> {
    const child = spawn(process.execPath, [path.join(program, 'writer.mjs'), root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const [seq = '0', draft = '0'] = output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1)?.split(' ') ?? [];
    return { seq: Number(seq), draft: Number(draft) };
  }

  test('12 times on one profile: nothing acknowledged is lost or torn', async () => {
    const root = path.join(folder, 'killed');
    mkdirSync(root);
    let before = 0;
    for (let round = 0; round < 12; round += 1) {
      const acknowledged = await runAndKill(root, (round * 13) % 90);
      const stores = await openDesk(root);
      const entries = await readAll(stores);
      expect(stores.journal.state.damage).toEqual([]);
      expect(stores.journal.state.lastSeq).toBeGreaterThanOrEqual(acknowledged.seq);
      expect(acknowledged.seq).toBeGreaterThan(before);
      expect(entries.map(({ seq }) => seq)).toEqual(
        Array.from({ length: stores.journal.state.lastSeq }, (_, at) => at + 1),
      );
      for (const { seq, text } of entries) expect(JSON.parse(text)).toMatchObject({ n: seq });
      expect(Number(stores.drafts.list()[0]?.text.split(' ')[1])).toBeGreaterThanOrEqual(acknowledged.draft);
      before = acknowledged.seq;
    }
  }, 120_000);
});

/** A file system of 12 MB, where this machine and this user may mount one. */
function mountSmall(): string | null {
  const point = path.join(folder, 'small');
  mkdirSync(point);
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', point], { stdio: 'ignore' });
    return point;
  } catch {
    return null;
  }
}

const small = mountSmall();
afterAll(() => {
  if (small !== null) execFileSync('/bin/umount', [small]);
});

describe.skipIf(small === null)('R8: a disk that is full', () => {
  const root = small ?? '';
  const entry = (seq: number): { readonly seq: number; readonly text: string } => ({
    seq,
    text: `{"n":${seq},"filler":"${'y'.repeat(60_000)}"}`,
  });

  test('loses nothing acknowledged, gives up its ballast last, and goes on when space returns, without a restart', async () => {
    const ballast = createBallast(disk, path.join(root, 'ballast.bin'), 4 * 1024 * 1024);
    await ballast.take();
    const spaces = createSpaces(path.join(root, 'spaces'), { ...place, segmentBytes: 1_000_000, reserve: ballast });
    const stores = await spaces.open('desk');
    const { journal, drafts, snapshots } = stores;
    const filler = await disk.open(path.join(root, 'filler'), 'write');
    await filler.write(0, new Uint8Array(3_000_000));

    const appendUntilRefused = async (): Promise<unknown> => {
      for (;;) {
        try {
          await journal.append([entry(journal.state.lastSeq + 1)]);
        } catch (error) {
          return error;
        }
      }
    };
    const refused = await appendUntilRefused();
    const full = journal.state.lastSeq;
    expect(refused).toMatchObject({ code: 'ENOSPC' });
    expect(full * 60_000).toBeGreaterThan(8_000_000);
    expect(await disk.list(root)).not.toContain('ballast.bin');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(journal.append([entry(full + 1)])).rejects.toMatchObject({ code: 'ENOSPC' });
    }
    const given = await snapshots.begin(1, 1);
    await expect(snapshots.write(given.id, 0, new Uint8Array(200_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    // It has given its room back at once.
    expect(await disk.list(path.join(stores.folder, 'snapshots'))).toEqual([]);
    expect(await readAll(stores)).toEqual(Array.from({ length: full }, (_, at) => entry(at + 1)));

    await filler.truncate(0);
    await journal.append([entry(full + 1)]);
    await drafts.save('a', 'saved again');
    const { id } = await snapshots.begin(1, 1);
    await snapshots.write(id, 0, new Uint8Array(200_000));
    expect(await snapshots.commit(id)).toMatchObject({ verified: true });
    await spaces.close();
    const again = await createSpaces(path.join(root, 'spaces'), { ...place, reserve: ballast }).open('desk');
    expect(again.journal.state).toMatchObject({ lastSeq: full + 1, damage: [] });
    expect(again.drafts.list()).toMatchObject([{ key: 'a', text: 'saved again' }]);
    await filler.close();
  }, 60_000);
});
