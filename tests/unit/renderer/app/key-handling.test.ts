import { describe, expect, it } from 'vitest';
import { chordOf } from '../../../../renderer/app/key-handling.ts';

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
