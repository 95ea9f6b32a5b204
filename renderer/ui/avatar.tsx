import { UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './avatar.module.css';

/** Up to two initials; neutral in colour, since colour means something here. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return '';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 32).trim())
    .join('')
    .toLocaleUpperCase();
}

export function Avatar({
  name,
  size = 'small',
}: {
  readonly name: string | null;
  readonly size?: 'small' | 'large';
}): ReactNode {
  return (
    <span aria-hidden className={classNames(styles, 'avatar', size, name === null && 'nobody')}>
      {name === null ? <UserRound size={12} /> : initialsOf(name)}
    </span>
  );
}
