import { describe, expect, it } from 'vitest';
import { chooseCommand, chordOf } from '../../../../renderer/app/key-handling.ts';
import type { AppCommand } from '../../../../renderer/widgets/app-command.ts';
import type { Desk } from '../../../../renderer/widgets/desk.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('the chord of a key press', () => {
  it.each([
    [{ key: 'j' }, 'j'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'Enter', ctrlKey: true, shiftKey: true }, 'Mod+Shift+Enter'],
    [{ key: 'Z', ctrlKey: true, shiftKey: true }, 'Mod+Shift+z'],
    [{ key: 'k', metaKey: true }, 'Mod+k'],
    [{ key: 'ArrowLeft', altKey: true }, 'Alt+ArrowLeft'],
    [{ key: '+', ctrlKey: true }, 'Mod++'],
    [{ key: 'F6', shiftKey: true }, 'Shift+F6'],
  ])('of %j is %s', (event, chord) => {
    expect(chordOf({ ...none, ...event })).toBe(chord);
  });
});

describe('of commands with the same keys', () => {
  const at = (screen: string): Desk =>
    ({ getState: () => ({ navigation: { place: { screen, view: '', record: null } } }) }) as unknown as Desk;
  const command = (id: string, change: Partial<AppCommand> = {}): AppCommand => ({
    id,
    title: id,
    group: 'desk',
    keys: ['Mod+z'],
    run: () => undefined,
    ...change,
  });
  const desk = command('undo');
  const sync = command('undo-dismiss', { screen: 'sync' });

  it('that of the screen comes first, on its screen only', () => {
    expect(chooseCommand([desk, sync], at('sync'), false)?.id).toBe('undo-dismiss');
    expect(chooseCommand([desk, sync], at('tickets'), false)?.id).toBe('undo');
  });

  it('one that makes no sense now leaves the key to the others', () => {
    const idle = { ...sync, when: () => false };
    expect(chooseCommand([idle, desk], at('sync'), false)?.id).toBe('undo');
    expect(chooseCommand([idle], at('sync'), false)).toBeUndefined();
  });

  it('none acts while a person types, unless it says so', () => {
    expect(chooseCommand([desk, sync], at('sync'), true)).toBeUndefined();
    expect(chooseCommand([{ ...desk, whileTyping: true }, sync], at('sync'), true)?.id).toBe('undo');
  });
});
