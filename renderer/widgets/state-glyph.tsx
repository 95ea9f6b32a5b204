import type { ReactNode } from 'react';
import type { TicketState } from '../../shared/domain/ticket/ticket.ts';
import type { ChipTone } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './glyphs.module.css';

export const stateTones: Readonly<Record<TicketState, ChipTone>> = {
  new: 'new',
  'in-progress': 'progress',
  'on-hold': 'hold',
  resolved: 'resolved',
  closed: 'closed',
  canceled: 'closed',
};

/** A shape for each state, so that colour is never alone. The word beside it, or the row's label, says it in text. */
export function StateGlyph({ state, size = 14 }: { readonly state: TicketState; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden
      className={classNames(styles, 'glyph', stateTones[state])}
    >
      {shapes[state]}
    </svg>
  );
}

const ring = <circle cx="8" cy="8" r="6" />;

const shapes: Readonly<Record<TicketState, ReactNode>> = {
  new: <circle cx="8" cy="8" r="6" strokeDasharray="2.4 1.9" />,
  'in-progress': (
    <>
      {ring}
      <path d="M8 4.8a3.2 3.2 0 0 1 0 6.4z" fill="currentColor" stroke="none" />
    </>
  ),
  'on-hold': (
    <>
      {ring}
      <path d="M6.4 5.8v4.4M9.6 5.8v4.4" />
    </>
  ),
  resolved: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="currentColor" stroke="none" />
      <path d="m5.2 8.2 1.9 1.9 3.7-3.9" className={classNames(styles, 'cut')} />
    </>
  ),
  closed: (
    <>
      {ring}
      <path d="m5.4 8.2 1.8 1.8 3.4-3.7" />
    </>
  ),
  canceled: (
    <>
      {ring}
      <path d="M4 12 12 4" />
    </>
  ),
};
