import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Files } from '../../../../electron/main/files.ts';
import { checkSuggestedName } from '../../../../electron/main/suggested-name.ts';
import { MemoryDisk } from '../../../helpers/memory-disk.ts';

async function newFiles(): Promise<{ readonly disk: MemoryDisk; readonly files: Files }> {
  const disk = new MemoryDisk();
  await disk.makeFolder('/home/docs');
  const written = await disk.open('/home/docs/in.csv', 'write');
  await written.write(0, Buffer.from('0123456789'));
  return { disk, files: new Files(disk, randomBytes) };
}

describe('files', () => {
  test('are read by ranges, by a handle that tells nothing', async () => {
    const { files } = await newFiles();
    const { handle, name, bytes } = await files.openForReading('/home/docs/in.csv');
    expect({ name, bytes }).toEqual({ name: 'in.csv', bytes: 10 });
    expect(handle).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(Buffer.from(await files.read(handle, 8, 100)).toString()).toBe('89');
    expect((await files.read(handle, 10, 100)).length).toBe(0);
    await files.close(handle);
    await expect(files.read(handle, 0, 1)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a saved one has its name only when it is whole', async () => {
    const { disk, files } = await newFiles();
    const { handle, name } = await files.beginSaving('/home/docs/out.csv');
    expect(name).toBe('out.csv');
    await files.write(handle, Buffer.from('a,b\n'));
    expect(await disk.list('/home/docs')).not.toContain('out.csv');
    await files.write(handle, Buffer.from('1,2\n'));
    await files.endSaving(handle, 'keep');
    await disk.syncFolder('/');
    await disk.syncFolder('/home');
    disk.cutPower();
    expect(disk.peek('/home/docs/out.csv').toString()).toBe('a,b\n1,2\n');
    expect((await disk.list('/home/docs')).filter((file) => file.includes('.part'))).toEqual([]);
  });

  test('an older file of that name stays until then, and after giving up', async () => {
    const { disk, files } = await newFiles();
    const { handle } = await files.beginSaving('/home/docs/in.csv');
    await files.write(handle, Buffer.from('new'));
    await files.endSaving(handle, 'discard');
    expect(disk.peek('/home/docs/in.csv').toString()).toBe('0123456789');
    const second = await files.beginSaving('/home/docs/in.csv');
    await files.write(second.handle, Buffer.from('new'));
    await files.closeAll();
    expect(await disk.list('/home/docs')).toEqual(['in.csv']);
    expect(disk.peek('/home/docs/in.csv').toString()).toBe('0123456789');
  });

  test('a failed write may be tried again', async () => {
    const { disk, files } = await newFiles();
    const { handle } = await files.beginSaving('/home/docs/out.csv');
    await files.write(handle, Buffer.from('one '));
    disk.failFrom = disk.calls + 1;
    await expect(files.write(handle, Buffer.from('two '))).rejects.toMatchObject({ code: 'EIO' });
    await files.write(handle, Buffer.from('2 '));
    await files.endSaving(handle, 'keep');
    expect(disk.peek('/home/docs/out.csv').toString()).toBe('one 2 ');
  });

  test('a handle serves only what it was made for, and there are not endlessly many', async () => {
    const { disk, files } = await newFiles();
    const reading = await files.openForReading('/home/docs/in.csv');
    await expect(files.write(reading.handle, Buffer.from('x'))).rejects.toMatchObject({ kind: 'conflict' });
    const saving = await files.beginSaving('/home/docs/out.csv');
    await expect(files.read(saving.handle, 0, 1)).rejects.toMatchObject({ kind: 'conflict' });
    for (let n = 2; n < 64; n += 1) await files.openForReading('/home/docs/in.csv');
    await expect(files.openForReading('/home/docs/in.csv')).rejects.toMatchObject({ kind: 'conflict' });
    await expect(files.beginSaving('/home/docs/more.csv')).rejects.toMatchObject({ kind: 'conflict' });
    expect((await disk.list('/home/docs')).filter((name) => name.includes('more'))).toEqual([]);
  });
});

describe('a suggested name', () => {
  test.each([
    ['Open incidents.csv', 'Open incidents.csv'],
    ['Störungen', 'Störungen.csv'],
    ['../../etc/passwd', 'etc-passwd.csv'],
    ['..\\..\\x.csv', 'x.csv'],
    ['/abs', 'abs.csv'],
    ['a:b*c?d', 'a-b-c-d.csv'],
    ['CON', 'holdfast-export.csv'],
    ['nul.csv', 'holdfast-export.csv'],
    ['...', 'holdfast-export.csv'],
    ['x\u202evsc.exe', 'x-vsc.exe.csv'],
    ['line\nbreak', 'line-break.csv'],
  ])('%j becomes %j', (suggested, name) => {
    expect(checkSuggestedName(suggested, 'csv')).toBe(name);
  });

  test('is never a path, whatever is suggested', () => {
    for (const text of ['a/b', 'a\\b', '....//', '~/x', 'C:x', 'x'.repeat(500), '\u0000', 'é\u0301/']) {
      expect(checkSuggestedName(text, 'json')).toMatch(/^[^/\\:]{1,85}\.json$/);
    }
  });
});
