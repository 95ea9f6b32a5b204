import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './kbd.module.css';

const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);

const shown: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** A chord such as `Mod+Shift+z`, or a sequence such as `g w`, as people read it. */
export function formatKeys(keys: string): string {
  return keys
    .split(' ')
    .map((chord) =>
      splitChord(chord)
        .map(formatKey)
        .join(isMac ? '' : ' '),
    )
    .join(' ');
}

function splitChord(chord: string): readonly string[] {
  // `Mod++` is the plus key with a modifier.
  if (chord.endsWith('++')) return [...chord.slice(0, -2).split('+'), '+'];
  return chord === '+' ? ['+'] : chord.split('+');
}

function formatKey(key: string): string {
  const known = shown[key];
  if (known !== undefined) return known;
  return key.length === 1 ? key.toUpperCase() : key;
}

/** Keys as a key cap. Decoration beside a control that is named already, so screen readers skip it. */
export function Kbd({
  keys,
  tone = 'plain',
}: {
  readonly keys: string;
  readonly tone?: 'plain' | 'inverse';
}): ReactNode {
  return (
    <kbd aria-hidden="true" className={classNames(styles, 'kbd', tone === 'inverse' && 'inverse')}>
      {formatKeys(keys)}
    </kbd>
  );
}
