import type { ReactNode } from 'react';
import type { Priority } from '../../shared/domain/ticket/ticket.ts';
import type { ChipTone } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './glyphs.module.css';

export const priorityTones: Readonly<Record<Priority, ChipTone>> = {
  '1': 'critical',
  '2': 'high',
  '3': 'moderate',
  '4': 'low',
  '5': 'planning',
};

const lit: Readonly<Record<Priority, number>> = { '1': 3, '2': 3, '3': 2, '4': 1, '5': 0 };
const bars = [
  { x: 1.5, y: 10, height: 4 },
  { x: 6.25, y: 6.5, height: 7.5 },
  { x: 11, y: 3, height: 11 },
] as const;

/** Signal bars; critical is a filled square with an exclamation mark. */
export function PriorityGlyph({
  priority,
  size = 14,
}: {
  readonly priority: Priority;
  readonly size?: number;
}): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden
      className={classNames(styles, 'glyph', priorityTones[priority])}
    >
      {priority === '1' ? (
        <>
          <rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor" />
          <path d="M8 4v4.6M8 11.2v.3" strokeWidth="2" strokeLinecap="round" className={classNames(styles, 'cut')} />
        </>
      ) : (
        bars.map((bar, index) => (
          <rect
            key={bar.x}
            x={bar.x}
            y={bar.y}
            width="3.25"
            height={bar.height}
            rx="1"
            fill="currentColor"
            opacity={index < lit[priority] ? 1 : 0.28}
          />
        ))
      )}
    </svg>
  );
}
