import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../../../server/commands.ts';
import { readCommandLine } from '../../../server/options.ts';
import { openOffice, temporaryDirectory } from '../../helpers/endpoint/open-office.ts';

const run = async (directory: string, ...words: readonly string[]): Promise<readonly string[]> => {
  const said: string[] = [];
  const line = readCommandLine([...words, '--data', directory, '--keep-log', '30'], {});
  await runCommand(
    line,
    (text) => said.push(text),
    async () => await Promise.resolve(''),
  );
  return said;
};

it('the command line tells what is kept, makes a snapshot, and purges, naming the backups that still have it', async () => {
  const directory = temporaryDirectory();
  const office = await openOffice({ kind: 'sqlite', directory });
  const ada = await office.desk('ada', 'administrator');
  ada.edit('record.create', [{ entity: 'person', id: 'p1', fields: { name: 'Quicksilver', email: 'q@example.org' } }]);
  await ada.exchange();
  await office.close();

  expect(await run(directory, 'snapshot', 'make')).toEqual([expect.stringMatching(/^Snapshot of 1 entries: 1 parts/)]);
  const backup = path.join(directory, 'kept.sqlite');
  await run(directory, 'backup', backup);
  const kept = await run(directory, 'storage');
  expect(kept.slice(0, 2)).toEqual(['log\t1 entries, 0 of them cold', 'kept\twarm for 30 days']);
  expect(kept.slice(2).map((text) => text.split('\t')[0])).toEqual(['snapshot', 'backup']);

  const purged = await run(directory, 'purge', 'person', 'p1');
  expect(purged.slice(0, 2)).toEqual(['emptied\tperson/p1\t2 fields', 'log\t1 entries emptied']);
  expect(purged[2]).toMatch(/^delete by hand, it still has it\t.*kept\.sqlite$/);
  expect((await run(directory, 'purge', 'person', 'p1'))[0]).toBe('There is nothing left to empty.');
  await expect(run(directory, 'purge', 'person', 'nobody')).rejects.toThrow('a record of the space');

  await expect(run(directory, 'backup', 'forget', backup)).rejects.toThrow('is still there');
  fs.rmSync(backup);
  expect(await run(directory, 'backup', 'forget', backup)).toEqual([`Forgotten: ${backup}`]);
  expect((await run(directory, 'storage')).some((text) => text.startsWith('backup'))).toBe(false);
});
