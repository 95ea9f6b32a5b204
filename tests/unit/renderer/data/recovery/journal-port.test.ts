import { describe, expect, it } from 'vitest';
import { desktopInputs, journalAppendLimits } from '../../../../../shared/desktop-api.ts';
import type { DesktopInput } from '../../../../../shared/desktop-api.ts';
import type { DesktopPort } from '../../../../../renderer/data/desktop-port.ts';
import { createJournalWriter } from '../../../../../renderer/data/recovery/journal-port.ts';
import { createMemoryDesktop } from '../../../../helpers/memory-desktop.ts';
import type { MemoryDesktop } from '../../../../helpers/memory-desktop.ts';

const textsFrom = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `{"seq":${first + index}}`);

/** Every append is checked as the boundary checks it. */
function checked(desktop: MemoryDesktop, inputs: DesktopInput<'journalAppend'>[]): DesktopPort {
  return {
    ask: (name, input) => {
      if (name === 'journalAppend') inputs.push(desktopInputs.journalAppend.parse(input));
      return desktop.ask(name, input);
    },
  };
}

describe('the writer of the journal', () => {
  it('cuts what is too much for one call, and all of it arrives', async () => {
    const desktop = createMemoryDesktop();
    const inputs: DesktopInput<'journalAppend'>[] = [];
    const writer = createJournalWriter(checked(desktop, inputs), 'desk');
    await writer.append({ first: 1, texts: textsFrom(1, 9_001) });
    const long = Array.from({ length: 300 }, (_, index) => `${index}`.padEnd(60_000, 'x'));
    await writer.append({ first: 9_002, texts: long });
    expect(inputs.length).toBeGreaterThan(6);
    expect(desktop.files.journal.map((entry) => entry.text)).toEqual([...textsFrom(1, 9_001), ...long]);
    expect(desktop.files.journal.map((entry) => entry.seq)).toEqual(Array.from({ length: 9_301 }, (_, at) => at + 1));
  });

  it('recognises what arrived although the answer was lost, and adds the rest', async () => {
    const desktop = createMemoryDesktop();
    const writer = createJournalWriter(desktop, 'desk');
    await writer.append({ first: 1, texts: textsFrom(1, 3) });
    await writer.append({ first: 2, texts: textsFrom(2, 4) });
    await writer.append({ first: 3, texts: textsFrom(3, 3) });
    expect(desktop.files.journal.map((entry) => entry.text)).toEqual(textsFrom(1, 5));
  });

  it('refuses to take another operation of the same number for its own', async () => {
    const desktop = createMemoryDesktop();
    const writer = createJournalWriter(desktop, 'desk');
    await writer.append({ first: 1, texts: ['{"a":1}'] });
    await expect(writer.append({ first: 1, texts: ['{"a":2}'] })).rejects.toThrow('another operation 1');
    expect(desktop.files.journal).toEqual([{ seq: 1, text: '{"a":1}' }]);
  });
});

describe('the lines of an append', () => {
  const accepts = (lines: string): boolean =>
    desktopInputs.journalAppend.safeParse({ space: 'desk', first: 1, lines }).success;

  it('are 1 to the most, each not empty and not too long', () => {
    expect(accepts('{}')).toBe(true);
    expect(accepts(textsFrom(1, journalAppendLimits.lines).join('\n'))).toBe(true);
    expect(accepts(textsFrom(1, journalAppendLimits.lines + 1).join('\n'))).toBe(false);
    expect(accepts('x'.repeat(journalAppendLimits.lineCharacters))).toBe(true);
    expect(accepts(`{}\n${'x'.repeat(journalAppendLimits.lineCharacters + 1)}`)).toBe(false);
    for (const bad of ['', '\n', '{}\n', '\n{}', '{}\n\n{}', '{}\r\n{}', '{}\r']) expect(accepts(bad), bad).toBe(false);
  });

  it('are cut off at the most characters', () => {
    const line = 'x'.repeat(65_535);
    expect(accepts(Array.from({ length: 256 }, () => line).join('\n'))).toBe(true);
    expect(accepts(Array.from({ length: 257 }, () => line).join('\n'))).toBe(false);
  });
});
