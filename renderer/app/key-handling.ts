import { isAvailable, type AppCommand } from '../widgets/app-command.ts';
import type { Desk } from '../widgets/desk.ts';

/** How long the second key of a sequence such as `g w` may take, in ms. */
const sequenceMs = 1_200;

/** The chord of a key press as the registry writes it: `Mod+Shift+z`, `j`, `Escape`. Letters follow the layout. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const letter = event.key.length === 1;
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    // The shift of a typed character is in the character, unless another key is held with it.
    event.shiftKey && (!letter || event.ctrlKey || event.metaKey || event.altKey) ? 'Shift' : '',
  ].filter((name) => name !== '');
  const key = letter && modifiers.length > 0 ? event.key.toLowerCase() : event.key;
  return [...modifiers, key].join('+');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  );
}

/** Of the commands with the same keys the one that acts here; those of the screen come before those of the desk. */
export function chooseCommand(bound: readonly AppCommand[], desk: Desk, isTyping: boolean): AppCommand | undefined {
  const found = bound.filter((each) => isAvailable(each, desk) && (!isTyping || each.whileTyping === true));
  return found.find(({ screen }) => screen !== undefined) ?? found[0];
}

/** Runs commands by their keys. Single characters never act while a person types, or while something floats. */
export function listenForKeys(
  target: Window,
  commands: readonly AppCommand[],
  desk: Desk,
  now: () => number,
): () => void {
  const byKeys = new Map<string, AppCommand[]>();
  for (const command of commands)
    for (const keys of command.keys) byKeys.set(keys, [...(byKeys.get(keys) ?? []), command]);
  const prefixes = new Set(
    [...byKeys.keys()].filter((keys) => keys.includes(' ')).map((keys) => keys.split(' ', 1)[0] ?? ''),
  );
  let pending: { readonly chord: string; readonly at: number } | null = null;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const chord = chordOf(event);
    const typing = isTyping(event.target);
    const { overlay, appearance } = desk.getState();
    const single = chord.length === 1 || (pending !== null && !chord.includes('+'));
    if (single && (typing || overlay.open !== null || !appearance.singleKeys)) return;
    const sequence = pending !== null && now() - pending.at < sequenceMs ? `${pending.chord} ${chord}` : null;
    pending = null;
    const bound = (sequence === null ? undefined : byKeys.get(sequence)) ?? byKeys.get(chord) ?? [];
    const command = chooseCommand(bound, desk, typing);
    if (command && (overlay.open === null || command.whileTyping === true)) {
      event.preventDefault();
      command.run(desk);
    } else if (prefixes.has(chord) && !typing) pending = { chord, at: now() };
  };
  target.addEventListener('keydown', onKeyDown);
  return () => {
    target.removeEventListener('keydown', onKeyDown);
  };
}
